"""A division in plain columns, the same for ours and for any rival's, kept in a file between two processes."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from wangge.core.partition import Division
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.table import NONE, Reals, UnitTable, Whole


@dataclass(frozen=True)
class Answer:
    """One row for each unit or floor band: its unit, band, households, grids (-1 for none) and minutes (or NaN)."""

    unit: Whole
    part: Whole
    households: Whole
    general: Whole
    micro: Whole
    done: Reals

    @classmethod
    def of(cls, division: Division) -> "Answer":
        """Return our own division."""
        pieces = division.pieces
        return cls(pieces.unit, pieces.part, pieces.households, division.general, division.micro, division.done)

    @classmethod
    def load(cls, path: Path) -> "Answer":
        """Return what was kept."""
        with np.load(path) as kept:
            return cls(**kept)

    def save(self, path: Path) -> None:
        """Keep it for the judge."""
        np.savez(path, **asdict(self))

    def of_units(self, count: int) -> tuple[Whole, Whole]:
        """Return the grids of each unit: of its lowest floor band."""
        general, micro = np.full((2, count), NONE, np.int64)
        first = np.flatnonzero(self.part == 0)
        general[self.unit[first]], micro[self.unit[first]] = self.general[first], self.micro[first]
        return general, micro

    def assignment(self, table: UnitTable) -> Assignment:
        """Return the rows that the judge reads."""
        unit = self.unit.tolist()
        return Assignment(
            rows=np.arange(2, len(unit) + 2), ids=tuple(table.ids[at] for at in unit), part=self.part,
            community=tuple(table.community.name(at) for at in unit),
            general=tuple(f"g{code}" if code != NONE else "" for code in self.general.tolist()),
            micro=tuple(f"m{code}" if code != NONE else "" for code in self.micro.tolist()),
            households=self.households, minutes=np.where(self.micro == NONE, np.nan, self.done),
        )  # fmt: skip
