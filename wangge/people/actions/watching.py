"""Impact assessments, and what looks that stood out were about: written once, never changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids
from wangge.catalogue import queries as catalogue
from wangge.core.looking import Sign
from wangge.core.redaction import find
from wangge.people.models import Assessment, AssessmentReview, LookReview
from wangge.people.rules import may_assess
from wangge.people.words import COMPARTMENT, Conclusion, Outcome
from wangge.vault import actions as vault

LONGEST = timedelta(days=3 * 366)
"""For so long at most an assessment counts before somebody looks at it again."""
POST = "security_admin"


@action("assessment.record", needs=may_assess)
def record_assessment(
    *, title: str, purposes: Sequence[str], done_on: date, risks: str, measures: str, conclusion: Conclusion,
    review_by: date, by: Actor, now: datetime,
) -> Assessment:  # fmt: skip
    """Write down what purposes do to people, what is done about it, and what follows (PIPL Art. 55, 56)."""
    if not purposes or set(purposes) - set(catalogue.purposes()):
        raise Refused(_("Name the purposes of the register that were assessed."))
    if done_on > localdate(now):
        raise Refused(_("An assessment is written down when it is done: that day is still to come."))
    _counts_until(review_by, after=done_on)
    _of_nobody(title, risks, measures)
    note(purposes=",".join(sorted(purposes)), conclusion=conclusion.value, review_by=review_by.isoformat())
    return Assessment.objects.create(
        title=title, purposes=sorted(purposes), done_on=done_on, risks=risks, measures=measures, conclusion=conclusion,
        review_by=review_by, account=by.account_id, role=POST,
    )  # fmt: skip


@action("assessment.review", needs=may_assess)
def review_assessment(
    assessment: Assessment, *, conclusion: Conclusion, text: str, review_by: date, by: Actor, now: datetime
) -> Assessment:
    """Look at an assessment again: what holds now, and until when."""
    today = localdate(now)
    _counts_until(review_by, after=today)
    _of_nobody(text)
    note(conclusion=conclusion.value, review_by=review_by.isoformat())
    AssessmentReview.objects.create(
        assessment=assessment, done_on=today, note=text, conclusion=conclusion, review_by=review_by,
        account=by.account_id, role=POST,
    )  # fmt: skip
    return assessment


@action("look.review", needs=may_assess)
def review_looks(
    *, account: int, day: date, signs: Sequence[Sign], outcome: Outcome, text: str, by: Actor, now: datetime
) -> LookReview:
    """Write down what the looks of an account on a day were about; nobody answers for himself. The text is sealed."""
    if account == by.account_id:
        raise Refused(_("These are your own looks: another security administrator asks about them."))
    if outcome is not Outcome.EXPLAINED and not text.strip():
        raise Refused(_("Write down in a sentence what was found."))
    (pk,) = ids(LookReview, 1)
    where = {"table": LookReview._meta.db_table, "column": "note", "row": str(pk)}
    sealed = vault.seal(COMPARTMENT, text.strip(), **where) if text.strip() else None
    codes = [sign.value for sign in signs]
    note(account=account, day=day.isoformat(), signs=",".join(codes), outcome=outcome.value)
    return LookReview.objects.create(
        pk=pk, account=account, day=day, signs=codes, outcome=outcome, note=sealed, by=by.account_id, at=now
    )


def _counts_until(review_by: date, *, after: date) -> None:
    if not after < review_by <= after + LONGEST:
        raise Refused(_("It is looked at again within three years: choose a day after it was done."))


def _of_nobody(*texts: str) -> None:
    if any(find(text) for text in texts):
        raise Refused(_("A number of a person stands in the text. An assessment is about work: leave it out."))
