"""The moves of the handling unit: start, return once, ask for time, record as done."""

from datetime import datetime

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action
from wangge.access.actor import Actor
from wangge.cases.actions.moves import Said, listed, lock, move
from wangge.cases.models import Case
from wangge.cases.rules import may
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import ReasonList, Stage
from wangge.clocks import queries as clocks
from wangge.core.deadlines import due


@action("case.start", needs=may("start"))
def start(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Begin the work; the deadline set at dispatch stays."""
    return move(lock(case), "start", by=by, now=now, said=said)


@action("case.return_case", needs=may("return_case"))
def return_case(case: Case, *, reason: str, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Send it back as wrongly dispatched: once, with a reason, within the limit for returning."""
    said = listed(ReasonList.RETURNED, reason, said)
    case = lock(case)
    limit = catalogue.limit(Stage.RETURN, urgent=case.urgent)
    if case.dispatched_at is not None and now > due(case.dispatched_at, limit, clocks.calendar(get_default_timezone())):
        raise Refused(_("The time for returning is over: ask the duty chief."))
    changes = {"returns": case.returns + 1, "handle_due_at": None}  # the unit keeps sight of it until it is sent on
    return move(case, "return_case", by=by, now=now, said=said, **changes)


@action("case.ask_extension", needs=may("ask_extension"))
def ask_extension(case: Case, *, until: datetime, by: Actor, now: datetime, said: Said) -> Case:
    """Ask for more time before the deadline, with a reason and a new date; the duty chief decides."""
    case = lock(case)
    if now > case.due_at:
        raise Refused(_("The deadline has passed: more time is asked for before it."))
    if until <= case.due_at:
        raise Refused(_("The new date has to lie after the present deadline."))
    case = move(case, "ask_extension", by=by, now=now, said=Said(said.note, "", said.photos))
    case.steps.filter(verb="ask_extension", at=now).update(until=until)
    return case


@action("case.handle", needs=may("handle"))
def handle(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Record as done, with what was done; somebody else will look."""
    return move(lock(case), "handle", by=by, now=now, said=said, handled_by_id=by.account_id)
