"""What the resident says: a word more, the answer whether it is solved, and that it is not over."""

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action
from wangge.access.actor import Actor
from wangge.cases.actions.moves import Said, listed, lock, move
from wangge.cases.models import Case
from wangge.cases.rules import REOPEN_DAYS, may, still_reopenable
from wangge.catalogue.words import ReasonList


@action("case.supplement", needs=may("supplement"))
def supplement(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Add a word or a photo to one's own report."""
    return move(lock(case), "supplement", by=by, now=now, said=said)


@action("case.rate_solved", needs=may("rate_solved"))
def rate_solved(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Say that it is solved; the case closes."""
    return move(lock(case), "rate_solved", by=by, now=now, said=said, rating="solved")


@action("case.rate_partly", needs=may("rate_partly"))
def rate_partly(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Say what is still missing; the case opens again with the same number."""
    return move(lock(case), "rate_partly", by=by, now=now, said=said, rating="partly", reopens=case.reopens + 1)


@action("case.rate_unsolved", needs=may("rate_unsolved"))
def rate_unsolved(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Say that it is not solved; the case opens again with the same number."""
    return move(lock(case), "rate_unsolved", by=by, now=now, said=said, rating="unsolved", reopens=case.reopens + 1)


@action("case.reopen", needs=may("reopen"))
def reopen(case: Case, *, reason: str, by: Actor, now: datetime, said: Said) -> Case:
    """Open a finished case again within 15 days, with new facts or because it is unsolved."""
    said = listed(ReasonList.REOPENED, reason, said)
    case = lock(case)
    if not still_reopenable(case, now):
        raise Refused(_("More than %(days)s days have passed. Report it again, it gets a new number.")
                      % {"days": REOPEN_DAYS})  # fmt: skip
    return move(case, "reopen", by=by, now=now, said=said, reopens=case.reopens + 1)
