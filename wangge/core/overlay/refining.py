"""The common refinement (每一小块): the pieces into which several divisions together cut the ground."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wangge.core.overlay.crossing import Whole


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece: the grid it is in by each division, how many units and households it has."""

    grids: tuple[int, ...]
    units: int
    households: int


def refined(divisions: Sequence[Whole]) -> Whole:
    """Return for each unit the number of its piece, from 0: two units have one where every division has them in one.

    That a division has no grid for them (-1) is a grid like another. Numbered by the codes of the divisions.
    """
    _, at = np.unique(np.column_stack(list(divisions)), axis=0, return_inverse=True)
    return at.reshape(-1).astype(np.int64)


def cells(divisions: Sequence[Whole], households: Whole) -> tuple[Cell, ...]:
    """Return the pieces in the order of `refined`."""
    table = np.column_stack(list(divisions))
    rows, at = np.unique(table, axis=0, return_inverse=True)
    at = at.reshape(-1)
    units, held = np.bincount(at, minlength=len(rows)), np.bincount(at, households, len(rows)).astype(np.int64)
    return tuple(
        Cell(tuple(grids), count, n)
        for grids, count, n in zip(rows.tolist(), units.tolist(), held.tolist(), strict=True)
    )
