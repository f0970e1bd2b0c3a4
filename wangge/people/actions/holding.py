"""Holds: a category or the rows of one person stay until a day, for a reason of a closed list, by a law in force."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.catalogue import queries as catalogue
from wangge.exchange.queries import constraints
from wangge.jobs.keeping import categories
from wangge.people.models import RetentionHold
from wangge.people.rules import may_run_retention
from wangge.people.words import HoldGround

LONGEST = timedelta(days=366)
REFERENCE = re.compile(r"[\w()（）〔〕\[\]./\- 第号字]{3,40}")
MANY_DIGITS = re.compile(r"[0-9]{11,}")


@dataclass(frozen=True)
class Reason:
    """Why something stays: the kind of reason, the law it stands on, the number of the file."""

    ground: HoldGround
    law: str
    article: str
    reference: str


@action("retention.hold", needs=may_run_retention)
def hold(
    reason: Reason, *, until: date, by: Actor, now: datetime, category: str = "", person_id: int | None = None
) -> RetentionHold:
    """Keep a category, or the rows of one person, until a day, its last day included."""
    _check(reason, until=until, today=localdate(now))
    if bool(category) == bool(person_id) or (category and category not in categories()):
        raise Refused(_("Name either a category or the number of a person."))
    held = RetentionHold(
        category=category, person_id=person_id, ground=HoldGround(reason.ground), law=reason.law,
        article=reason.article, reference=reason.reference.strip(), until=until, by_id=by.account_id, at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            held.save(force_insert=True)
            constraints.check_now()
    except IntegrityError:
        raise Refused(_("Nobody in the registry has this number.")) from None
    note(category=category, person=person_id, ground=held.ground, law=reason.law, article=reason.article,
         until=until.isoformat())  # fmt: skip
    return held


def _check(reason: Reason, *, until: date, today: date) -> None:
    law = catalogue.laws().get(reason.law)
    if law is None or not law.entry.is_in_force(today):
        raise Refused(_("Choose a law that is in force."))
    if reason.article and law.entry.article(reason.article) is None:
        raise Refused(_("The register of laws has no such article. Leave it empty or choose another."))
    if not REFERENCE.fullmatch(reason.reference.strip()) or MANY_DIGITS.search(reason.reference):
        raise Refused(_("Give the number of the file: letters, digits and signs, no name and no telephone."))
    if not today <= until <= today + LONGEST:
        raise Refused(_("A hold ends within a year; if the reason is still there then, it is written down again."))


@action("retention.release", needs=may_run_retention)
def release(held: RetentionHold, *, by: Actor, now: datetime) -> RetentionHold:
    """End a hold before its day: what is over goes with the next run."""
    kept = RetentionHold.objects.select_for_update().get(pk=held.pk)
    if kept.ended_at is not None:
        raise Refused(_("This hold has ended already."))
    kept.ended_at, kept.ended_by_id = now, by.account_id
    kept.save(update_fields=["ended_at", "ended_by"])
    note(category=kept.category, person=kept.person_id)
    return kept
