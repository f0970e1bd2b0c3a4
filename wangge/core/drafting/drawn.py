"""The division of one community under a person's hands, and what is refused to them."""

from dataclasses import dataclass
from enum import StrEnum

from wangge.core.partition.problem import Pieces, Units, Whole


class Refusal(StrEnum):
    """Why a verb does nothing."""

    LOCKED = "locked"  # a grid that it would touch is locked
    UNKNOWN_GRID = "unknown_grid"  # no piece is in a grid of this key
    UNKNOWN_PIECE = "unknown_piece"
    NOTHING = "nothing"  # everything is so already
    ONE_GRID = "one_grid"  # a merge needs two
    EMPTY = "empty"  # a general grid would be left with nothing, or a line cuts nothing off


class Refused(ValueError):
    """A verb that was not carried out; `reason` says why."""

    def __init__(self, reason: Refusal, about: str = "") -> None:
        super().__init__(f"{reason.value}: {about}" if about else reason.value)
        self.reason = reason


@dataclass(frozen=True, eq=False)
class Drawn:
    """One community's division under work (草案): row p of each column is piece p.

    `general` and `micro` are the keys of the grids each piece is in, -1 for none. A micro-grid lies in one general
    grid. Keys are stable: no verb gives another key to a grid that stays. Nobody touches the general grids in `locked`.
    """

    units: Units
    pieces: Pieces
    general: Whole
    micro: Whole
    locked: frozenset[int] = frozenset()


def next_key(label: Whole, in_force: Whole) -> int:
    """Return the next free key of a tier: also those of the division in force are never given to another grid."""
    return 1 + max(int(label.max()), int(in_force.max()))
