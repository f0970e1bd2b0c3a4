"""One division of a community beside another: who changes the grid, which grids begin and end."""

from dataclasses import dataclass

import numpy as np

from wangge.core.drafting.drawn import Drawn
from wangge.core.partition.problem import NONE, Whole


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a change of the general grids does, by their keys.

    `moved` are, for each piece, the households that leave a grid they were in; who was in none before moves nowhere.
    `flows` are (from, to, households), the largest first; -1 stands for no grid.
    """

    moved: Whole
    moved_households: int
    moved_share: float
    begun: tuple[int, ...]
    ended: tuple[int, ...]
    kept: tuple[int, ...]
    flows: tuple[tuple[int, int, int], ...]


def compared(before: Drawn, after: Drawn) -> Comparison:
    """Return what changes between two divisions of the same pieces."""
    households = after.pieces.households
    differs = before.general != after.general
    moved = np.where(differs & (before.general != NONE), households, 0)
    old, new = (set(np.unique(one.general).tolist()) - {NONE} for one in (before, after))
    return Comparison(
        moved=moved,
        moved_households=int(moved.sum()),
        moved_share=float(moved.sum() / households.sum()),
        begun=tuple(sorted(new - old)),
        ended=tuple(sorted(old - new)),
        kept=tuple(sorted(old & new)),
        flows=_flows(before.general[differs], after.general[differs], households[differs]),
    )


def _flows(old: Whole, new: Whole, households: Whole) -> tuple[tuple[int, int, int], ...]:
    pairs, own = np.unique(np.column_stack([old, new]), axis=0, return_inverse=True)
    held = np.bincount(own.reshape(-1), households, len(pairs)).astype(np.int64)
    largest = np.lexsort([pairs[:, 1], pairs[:, 0], -held])
    return tuple(
        (old, new, count) for (old, new), count in zip(pairs[largest].tolist(), held[largest].tolist(), strict=True)
    )
