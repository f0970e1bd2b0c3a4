"""The supervision axis: decisions on time, checks by somebody else, urging, closing, voiding by two."""

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action
from wangge.access.actor import Actor
from wangge.cases.actions.moves import Said, listed, lock, move
from wangge.cases.models import Case
from wangge.cases.rules import may
from wangge.catalogue.words import ReasonList


def _later(until: datetime, now: datetime) -> datetime:
    if until <= now:
        raise Refused(_("The date has to lie in the future."))
    return until


@action("case.grant_extension", needs=may("grant_extension"))
def grant_extension(case: Case, *, until: datetime, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Grant more time, until a date; the reporter is told."""
    changes = {"handle_due_at": _later(until, now)}
    return move(lock(case), "grant_extension", by=by, now=now, said=Said(said.note, until=until), **changes)


@action("case.refuse_extension", needs=may("refuse_extension"))
def refuse_extension(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Refuse more time; the deadline stays."""
    return move(lock(case), "refuse_extension", by=by, now=now, said=said)


@action("case.suspend", needs=may("suspend"))
def suspend(case: Case, *, until: datetime, by: Actor, now: datetime, said: Said) -> Case:
    """Suspend (挂账): it cannot be done now; we answer again by the date, which the reporter is told."""
    return move(lock(case), "suspend", by=by, now=now, said=Said(said.note, until=_later(until, now)))


@action("case.resume", needs=may("resume"))
def resume(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Take up suspended work again, with the pause given back to the deadline."""
    case = lock(case)
    pause = now - case.stage_at
    later = case.handle_due_at + pause if case.handle_due_at else None
    return move(case, "resume", by=by, now=now, said=said, handle_due_at=later)


@action("case.send_to_check", needs=may("send_to_check"))
def send_to_check(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Have somebody else go and look."""
    return move(lock(case), "send_to_check", by=by, now=now, said=said)


@action("case.pass_check", needs=may("pass_check"))
def pass_check(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Confirm on site that it is done; now the resident is asked."""
    return move(lock(case), "pass_check", by=by, now=now, said=said)


@action("case.fail_check", needs=may("fail_check"))
def fail_check(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Send back for rework; counted."""
    return move(lock(case), "fail_check", by=by, now=now, said=said, reworks=case.reworks + 1)


@action("case.close_case", needs=may("close_case"))
def close_case(case: Case, *, reason: str, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Close with a final code of the closed list, when the resident was asked or could not be reached."""
    said = listed(ReasonList.CLOSED, reason, said)
    return move(lock(case), "close_case", by=by, now=now, said=said)


@action("case.urge", needs=may("urge"))
def urge(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Push whoever has it now (催办)."""
    return move(lock(case), "urge", by=by, now=now, said=said)


@action("case.add_note", needs=may("add_note"))
def add_note(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Add words to the timeline, for staff only."""
    return move(lock(case), "add_note", by=by, now=now, said=said)


@action("case.ask_void", needs=may("ask_void"))
def ask_void(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Ask that the case be taken off the list; a second person decides."""
    return move(lock(case), "ask_void", by=by, now=now, said=said, void_asked_by_id=by.account_id)


@action("case.void", needs=may("void"))
def void(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Void as the second person; it stays in the statistics."""
    return move(lock(case), "void", by=by, now=now, said=said)
