"""How far two divisions agree, in households.

Two measures. `rand` is the adjusted Rand index over pairs of households (Hubert and Arabie, Comparing partitions,
Journal of Classification 2, 1985): 1 where the divisions are the same, about 0 where they agree by chance alone.
`share` asks for less, namely that no border is in the way: of the households that lie in a grid of both, those in the
largest part of their grid of ours or in the largest part of the layer's. It is 1 also where grids of one lie whole in
those of the other, as one police post serves several grids. It follows the purity of clusters (Manning, Raghavan,
Schütze, Introduction to Information Retrieval, 2008, 16.3), taken from both sides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wangge.core.overlay.crossing import NONE, Cross, Whole, crossed


@dataclass(frozen=True, slots=True)
class Agreement:
    """`covered` households lie in a grid of both; `disagreeing` of them are where a border is in the way."""

    households: int
    covered: int
    disagreeing: int
    rand: float

    @property
    def share(self) -> float:
        """Return the share of the covered households that do not disagree; 1 where none is covered."""
        return 1.0 - self.disagreeing / self.covered if self.covered else 1.0


def agreed(own: Whole, layer: Whole, households: Whole) -> Agreement:
    """Return how far a layer agrees with our grids."""
    both = (own != NONE) & (layer != NONE)
    apart = disagreeing(own, layer, households)
    rand = adjusted_rand(own[both], layer[both], households[both])
    return Agreement(int(households.sum()), int(households[both].sum()), int(households[apart].sum()), rand)


def disagreeing(own: Whole, layer: Whole, households: Whole) -> NDArray[np.bool_]:
    """Say of each unit whether it lies neither in the largest part of its own grid nor in that of the layer's."""
    both = (own != NONE) & (layer != NONE)
    cross = crossed(own[both], layer[both], households[both])
    most_own, most_layer = _most(cross.own, cross.households), _most(cross.layer, cross.households)
    apart = {
        (a, b)
        for a, b, n in zip(cross.own.tolist(), cross.layer.tolist(), cross.households.tolist(), strict=True)
        if n < most_own[a] and n < most_layer[b]
    }
    return np.array([pair in apart for pair in zip(own.tolist(), layer.tolist(), strict=True)], np.bool_)


def _most(codes: Whole, households: Whole) -> dict[int, int]:
    most: dict[int, int] = {}
    for code, n in zip(codes.tolist(), households.tolist(), strict=True):
        most[code] = max(n, most.get(code, 0))
    return most


def adjusted_rand(one: Whole, other: Whole, households: Whole) -> float:
    """Return the adjusted Rand index of two divisions in which every unit has a grid; 1 where there is nothing to tell.

    Units count with their households: a stairwell of ten is ten that lie together in both.
    """
    cross = crossed(one, other, households)
    together, all_pairs = _pairs(cross.households), _pair(int(households.sum()))
    if not all_pairs:
        return 1.0
    sides = [_pairs(np.array([*sums.values()], np.int64)) for sums in (_by(cross, "own"), _by(cross, "layer"))]
    by_chance = sides[0] * sides[1] / all_pairs
    most = (sides[0] + sides[1]) / 2
    return 1.0 if most == by_chance else float((together - by_chance) / (most - by_chance))


def _by(cross: Cross, side: str) -> dict[int, int]:
    return cross.of_own() if side == "own" else cross.of_layer()


def _pairs(counts: Whole) -> float:
    return float(sum(_pair(n) for n in counts.tolist()))


def _pair(count: int) -> int:
    return count * (count - 1) // 2
