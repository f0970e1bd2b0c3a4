"""How far two divisions agree, in households.

Two measures. `rand` is the adjusted Rand index over pairs of households (Hubert and Arabie, Comparing partitions,
Journal of Classification 2, 1985): 1 where the divisions are the same, about 0 where they agree by chance alone.
`share` asks for less, namely that no border is in the way: it is 1 also where grids of one lie whole in those of the
other, as one police post serves several grids. Seen as a graph whose edges are the parts that two grids have in common,
that is so where the edges make stars. Households of the edges that have to go until only stars are left disagree. The
fewest are hard to find (Nguyen and others, Approximating the spanning star forest problem, SIAM Journal on Computing
38, 2008); here the largest parts are kept first: never less than the fewest, and none where none is needed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wangge.core.overlay.crossing import NONE, Cross, Whole, crossed


@dataclass(frozen=True, slots=True)
class Agreement:
    """`covered` households lie in a grid of both; a border is in the way of those of them that are `disagreeing`."""

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
    """Say of each unit whether a border is in its way: it would have to change sides so that grids lie whole in grids.

    Units that are in no grid of the one or the other are in nobody's way.
    """
    both = (own != NONE) & (layer != NONE)
    kept = _stars(crossed(own[both], layer[both], households[both]))
    pairs = zip(own.tolist(), layer.tolist(), strict=True)
    apart: NDArray[np.bool_] = both & np.array([pair not in kept for pair in pairs], np.bool_)
    return apart


def _stars(cross: Cross) -> set[tuple[int, int]]:
    """Return the parts that are kept, the largest first: of each, one grid at least has no other part that is kept."""
    order = np.lexsort([cross.layer, cross.own, -cross.households])
    own, layer = dict[int, list[int]](), dict[int, list[int]]()
    for a, b in zip(cross.own[order].tolist(), cross.layer[order].tolist(), strict=True):
        ours, theirs = own.setdefault(a, []), layer.setdefault(b, [])
        if _is_star(ours, theirs, layer) or _is_star(theirs, ours, own):
            ours.append(b)
            theirs.append(a)
    return {(a, b) for a, held in own.items() for b in held}


def _is_star(centre: list[int], leaf: list[int], leaves: dict[int, list[int]]) -> bool:
    """Say whether a grid without any part yet can join those round another, none of which has a part elsewhere."""
    return not leaf and all(len(leaves[other]) == 1 for other in centre)


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
