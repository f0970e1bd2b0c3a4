"""What needs somebody now: the few things that do not wait, the worst first, each with its list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.insight.queries.cockpit import Board


@dataclass(frozen=True)
class Need:
    """One thing to see to. `query` narrows the list of cases that it opens; `grids` opens the grids instead."""

    icon: str
    tone: str
    label: str | Promise
    count: int
    query: dict[str, str]
    grids: bool = False


def needs(board: Board) -> list[Need]:
    """What there is to see to in an area; nothing is a good answer."""
    states = board.states
    unnamed = next((unit.over for unit in board.units if not unit.id), 0)
    worst = next((unit for unit in board.units if unit.id), None)
    found = [
        Need("urgent", "bad", _("Danger, not over yet"), board.open.danger, {"danger": "1", "due": "open"}),
        Need("alarm", "bad", _("Overdue, and no unit has it"), unnamed, {"due": "over", "unit": "0"}),
        Need("arrow-back-up", "hold", _("Sent back: name another unit"), states.get("returned", 0),
             {"state": "returned"}),
        Need("refresh", "warn", _("Opened again: send it on"), states.get("reopened", 0), {"state": "reopened"}),
        Need("clock-plus", "hold", _("More time asked for: decide"), states.get("extension", 0),
             {"state": "extension"}),
        Need("user-exclamation", "warn", _("Grids without a worker"), board.unstaffed, {}, grids=True),
    ]  # fmt: skip
    if worst:
        label = _("Most overdue: %(unit)s") % {"unit": worst.name}
        found.insert(2, Need("building", "bad", label, worst.over, {"due": "over", "unit": str(worst.id)}))
    return [need for need in found if need.count]
