"""What a grid worker does on site before the centre decides."""

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.cases.actions.moves import Said, lock, move
from wangge.cases.models import Case
from wangge.cases.rules import may
from wangge.cases.words import Outcome


@action("case.verify", needs=may("verify"))
def verify(case: Case, *, outcome: str, by: Actor, now: datetime, said: Said = Said()) -> Case:
    """Record what is there: it exists, there is nothing to be seen, or it cannot be verified (GB/T 30428)."""
    if outcome not in Outcome.values:
        raise Refused(_("Choose what you found on site."))
    note(outcome=outcome)
    return move(lock(case), "verify", by=by, now=now, said=said, verification=outcome)


@action("case.self_handle", needs=may("self_handle"))
def self_handle(case: Case, *, by: Actor, now: datetime, said: Said) -> Case:
    """Record what was solved on the spot; the centre samples these."""
    return move(lock(case), "self_handle", by=by, now=now, said=said, handled_by_id=by.account_id)
