"""Repair: the previous division stays, and only what is out of its limits is mended, with few households moved."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wangge.core.partition.chance import State
from wangge.core.partition.costs import Rule, total_excess
from wangge.core.partition.covering import fitted
from wangge.core.partition.fields import HOUSEHOLDS, Field
from wangge.core.partition.problem import NONE, Whole
from wangge.core.partition.settling import relieved, settled, smallest_neighbour, split_off, worst
from wangge.core.partition.sweeps import mended

STAY = 5.0
"""What a household that leaves its grid weighs against one edge cut between two compounds."""
MENDS = 12
STEPS = 3
"""How often the number of grids is changed by one."""


@dataclass(frozen=True)
class Kept:
    """A repaired division: the part of each node, and of each part the grid it was before (-1 for a new one)."""

    part: Whole
    names: Whole
    over: float

    @property
    def count(self) -> int:
        """Return how many parts there are."""
        return len(self.names)


def at_home(field: Field, previous: Whole) -> tuple[Field, Whole]:
    """Return the field with each node's previous grid as its home, numbered from 0, and the codes of these grids."""
    names = np.unique(previous[previous != NONE])
    home = np.where(previous == NONE, NONE, np.searchsorted(names, previous)).astype(np.int64)
    return field._replace(home=home), names


def repaired(field: Field, previous: Whole, rule: Rule, state: State) -> Kept | None:
    """Return the previous division, mended where it is out of the limits; None where there was none."""
    field, names = at_home(field, previous)
    if not len(names):
        return None
    rule = rule._replace(stay=STAY)
    best = _mended(field, settled(field, len(names)), names, previous, rule, state)
    for _ in range(STEPS):
        if best.over == 0:
            break
        others = [_mended(field, part, own, previous, rule, state) for part, own in _others(field, best, rule, state)]
        better = min(others, key=lambda one: (one.over, moved(field, one, previous)), default=best)
        if better.over >= best.over:
            break
        best = better
    return best if best.over == 0 or rule.low == 0 else _fitted(field, best, rule, state)


def _fitted(field: Field, kept: Kept, rule: Rule, state: State) -> Kept:
    """Set grids together anew round those that are still out of the band."""
    used, part = np.unique(fitted(field, kept.part, kept.count, rule, state), return_inverse=True)
    names = np.r_[kept.names, np.full(int(used[-1]) + 1, NONE)][used]  # as many as there may be new ones
    return Kept(part, names, total_excess(field, part, len(names), rule))


def moved(field: Field, kept: Kept, previous: Whole) -> float:
    """Return how many households are in another grid than before."""
    differs = (previous != NONE) & (kept.names[kept.part] != previous)
    return float(field.load[differs, HOUSEHOLDS].sum())


def _mended(field: Field, part: Whole, names: Whole, previous: Whole, rule: Rule, state: State) -> Kept:
    """Mend parts whose names are `names`, homes numbered like the parts."""
    number = {name: p for p, name in enumerate(names.tolist()) if name != NONE}
    home = np.array([number.get(code, NONE) for code in previous.tolist()], np.int64)
    own = field._replace(home=home)
    part, count = part.copy(), len(names)
    if total_excess(own, part, count, rule) > 0:
        relieved(own, part, count, rule, state)
        mended(own, part, count, rule, MENDS, np.inf, state)
    return Kept(part, names, total_excess(own, part, count, rule))


def _others(field: Field, kept: Kept, rule: Rule, state: State) -> Iterator[tuple[Whole, Whole]]:
    """Yield the division with one grid more and, if any can be too small, with one fewer."""
    yield split_off(field, kept.part, kept.count, rule, state), np.r_[kept.names, NONE]
    if rule.low == 0:
        return
    gone = worst(field, kept.part, kept.count, rule)
    into = smallest_neighbour(field, kept.part, kept.count, gone)
    if into >= 0:
        part = np.where(kept.part == gone, into, kept.part)
        yield part - (part > gone), np.delete(kept.names, gone)
