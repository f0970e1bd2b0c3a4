"""A list of persons: its app keeps the rows sealed, from the file to the register; here go only numbers and rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wangge.access.actor import Actor
from wangge.exchange.importer import Checked, Fault, Importer, Values


@dataclass(frozen=True)
class Decided:
    """What a person said to a doubt: of which row, and with which other row or record."""

    number: int
    decision: str
    other_row: int | None
    other_record: int | None


@dataclass(frozen=True)
class Gone:
    """A piece given back: how many records went, how many stayed for which reason, and where the next piece begins."""

    counts: Mapping[str, int]
    after: int


class SealedList(Importer):
    """A kind of list whose rows lie sealed at every step. `seals` is the compartment of the vault.

    Its file is sealed on the disk, its name is not kept, and of its rows `exchange` holds only those with something
    to say: number, column and rule, never a cell.
    """

    keeps_unread = False

    def stage(self, rows: Sequence[Checked], options: Values, *, by: Actor, now: datetime, of: int) -> list[Values]:
        """Keep the good rows sealed; add faults and hints to the others. Returns doubts, as fields of a doubt."""
        raise NotImplementedError

    def unstage(self, of: int, first: int, last: int) -> None:
        """Remove staged rows, the first and the last by their numbers and all between them."""
        raise NotImplementedError

    def doubled(self, of: int) -> list[tuple[int, Fault]]:
        """Later rows that are the same as an earlier one of the file; they are no longer staged."""
        raise NotImplementedError

    def fates(self, of: int) -> dict[str, int]:
        """How many staged rows are new, changed, the same."""
        raise NotImplementedError

    def settle(self, of: int, decided: Iterable[Decided], *, now: datetime) -> None:
        """Let the staged rows be what a person decided of them, before the first is written."""
        raise NotImplementedError

    def piece_end(self, of: int, after: int) -> int | None:
        """The place after the piece that begins after a place; None at the end."""
        raise NotImplementedError

    def take_piece(self, of: int, after: int, *, by: Actor, now: datetime) -> tuple[int, int] | None:
        """Write the next piece by an action of the app: how many rows, and the place after them; None at the end.

        Written once already, it is not written again.
        """
        raise NotImplementedError

    def outcomes(self, of: int) -> dict[str, int]:
        """What became of the staged rows, by outcome."""
        raise NotImplementedError

    def written(self, of: int) -> int:
        """How many records the import made, for the progress of giving back."""
        raise NotImplementedError

    def give_back_piece(self, of: int, after: int, *, by: Actor, now: datetime) -> Gone | None:
        """Give the next piece back by an action of the app; None at the end."""
        raise NotImplementedError

    def forget(self, of: int) -> None:
        """Remove the staged rows."""
        raise NotImplementedError

    def shown(self, of: int, doubts: Sequence[Any]) -> dict[int, tuple[str, str]]:
        """For a page of doubts both names as the page may show them, opened and masked for it alone."""
        raise NotImplementedError
