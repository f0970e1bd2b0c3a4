"""The moves of the command axis: accept, file, dispatch, and take back what was just done."""

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.cases.actions.moves import Said, chosen, listed, lock, move
from wangge.cases.models import Case
from wangge.cases.rules import TAKE_BACK, may
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import ReasonList
from wangge.teams.models import Organisation


@action("case.verify_first", needs=may("verify_first"))
def verify_first(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Send a grid worker to see it before anything is decided."""
    return move(lock(case), "verify_first", by=by, now=now, said=said)


@action("case.accept", needs=may("accept"))
def accept(case: Case, *, category: str, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Take the case as ours, under the wording of the category in force now."""
    found = chosen(catalogue.category, category)
    note(category=category, version=found.number)
    changes = {"category_id": found.version_id, "category_code": category}
    return move(lock(case), "accept", by=by, now=now, said=said, urgent=case.urgent or found.entry.urgent, **changes)


@action("case.not_accept", needs=may("not_accept"))
def not_accept(case: Case, *, reason: str, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Say that it is not ours, with a reason of the closed list and the channel to use instead."""
    said = listed(ReasonList.NOT_ACCEPTED, reason, said)
    return move(lock(case), "not_accept", by=by, now=now, said=said)


@action("case.file_case", needs=may("file_case"))
def file_case(case: Case, *, by: Actor, now: datetime, category: str = "", said: Said = Said()) -> Case:
    """Open the case under its standard; the category may be corrected for the last time."""
    if not category:
        return move(lock(case), "file_case", by=by, now=now, said=said)
    found = chosen(catalogue.category, category)
    note(category=category, version=found.number)
    changes = {"category_id": found.version_id, "category_code": category}
    return move(lock(case), "file_case", by=by, now=now, said=said, **changes)


@action("case.dispatch", needs=may("dispatch"))
def dispatch(case: Case, *, organisation: Organisation, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Send the case to the unit that can solve it.

    The deadline starts again, since the new unit did not choose the delay of the old one.
    """
    note(organisation=organisation.code)
    return move(lock(case), "dispatch", by=by, now=now, said=said, lead=organisation, dispatched_at=now)


@action("case.take_back", needs=may("take_back"))
def take_back(case: Case, *, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Undo one's own last move within seconds; that it was undone stays in the book."""
    case = lock(case)
    last = case.steps.order_by("-at", "-pk").first()
    if last is None or last.actor_id != by.account_id or now - last.at > TAKE_BACK:
        raise Refused(_("Too late to undo, or somebody else went on with it."))
    note(undone=last.verb)
    return move(case, "take_back", by=by, now=now, said=said, lead=None, handle_due_at=None, dispatched_at=None)
