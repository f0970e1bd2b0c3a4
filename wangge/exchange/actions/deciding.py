"""What a person says: to each doubt, and to the whole."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.exchange.actions.moving import locked, move
from wangge.exchange.models import Doubt, Import
from wangge.exchange.rules import may_work_on
from wangge.exchange.words import LIKE, Decision, State


@action("import.decide", needs=may_work_on)
def decide(held: Import, doubts: Sequence[int], decision: str, *, by: Actor, now: datetime) -> Import:
    """Say of these doubts what holds; when none is open any more, the import can be confirmed.

    To join is an answer to a likeness only; where a place lies is no reason to join it with another.
    """
    held = locked(held.pk)
    move(held, "decide")
    asked = Doubt.objects.filter(of=held, pk__in=doubts)
    if decision == Decision.SAME:
        asked = asked.filter(kind__in=LIKE)
    decided = asked.update(decision=Decision(decision), decided_by_id=by.account_id, decided_at=now)
    if held.state == State.CHECKED and not Doubt.objects.filter(of=held, decision=Decision.OPEN).exists():
        move(held, "settle")
        held.save(update_fields=["state"])
    note(doubts=decided, decision=decision)
    return held


@action("import.confirm", needs=may_work_on)
def confirm(held: Import, *, by: Actor, now: datetime, without_faulty: bool = False) -> Import:
    """Let the rows be written from now on. Faulty ones are left out only when a person says so."""
    held = locked(held.pk)
    if Doubt.objects.filter(of=held, decision=Decision.OPEN).exists():
        raise Refused(_("Some doubts are still open. Decide them first."))
    faulty = held.counts.get("faulty", 0)
    if faulty and not without_faulty:
        raise Refused(_("Some rows are faulty. Mend the file, or say that the good rows are taken without them."))
    move(held, "confirm")
    held.rank, held.position = 0, 0
    held.counts = {**held.counts, "done": 0}
    held.save()
    note(without=faulty)
    return held
