"""Flips: nodes on the line between two sides change over while that lowers the cost, both sides staying connected.

Fiduccia and Mattheyses, A linear-time heuristic for improving network partitions, DAC 1982, with limits, shape and
compounds in the gain: the best flip is made even when it costs, and what did not pay in the end is taken back.
"""

from typing import NamedTuple

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.costs import (
    Aim,
    both_sides,
    cut_of,
    grid_cost,
    held_by,
    loads_of,
    moved,
    splits,
    sums_of,
    terms_of,
)
from wangge.core.partition.fields import HOUSEHOLDS, LOADS, SECONDS, Field
from wangge.core.partition.problem import Flags, Reals, Whole

PATIENCE = 30
"""Flips without a gain after which a pass gives up."""
PASSES = 6
FAR = 4000
"""Nodes looked at before a side counts as cut in two."""
LEAST = 1e-6


class Split(NamedTuple):
    """A split at work: sides and what follows from them. `gain` is the cut saved by flipping a node."""

    side: Whole
    sums: Reals
    held: Whole
    gain: Reals
    has_line: Whole  # neighbours on the other side


@loop
def begun(field: Field, side: Whole) -> Split:
    """Return the split for given sides."""
    count = len(side)
    gain, crossing = np.zeros(count), np.zeros(count, np.int64)
    for v in range(count):
        for e in range(field.start[v], field.start[v + 1]):
            differs = side[field.neighbour[e]] != side[v]
            gain[v] += field.weight[e] if differs else -field.weight[e]
            crossing[v] += differs
    return Split(side, sums_of(field, side, 2), held_by(field, side, 2), gain, crossing)


@loop
def cost_of(field: Field, side: Whole, aim: Aim) -> float:
    """Return what a split costs."""
    return (
        both_sides(sums_of(field, side, 2), aim)
        + cut_of(field, side)
        + aim.rule.whole * splits(held_by(field, side, 2))
    )


@loop
def flip(field: Field, split: Split, v: int) -> None:
    """Move node v to the other side and bring everything up to date."""
    here = split.side[v]
    split.side[v] = 1 - here
    for i in range(LOADS):
        split.sums[here, i] -= field.load[v, i]
        split.sums[1 - here, i] += field.load[v, i]
    if field.whole[v] >= 0:
        split.held[field.whole[v], here] -= 1
        split.held[field.whole[v], 1 - here] += 1
    split.gain[v] = -split.gain[v]
    split.has_line[v] = field.start[v + 1] - field.start[v] - split.has_line[v]
    for e in range(field.start[v], field.start[v + 1]):
        u = field.neighbour[e]
        sign = 1 if split.side[u] == here else -1
        split.gain[u] += 2.0 * sign * field.weight[e]
        split.has_line[u] += sign


@loop
def is_removable(field: Field, side: Whole, v: int, seen: Whole, queue: Whole) -> bool:
    """Say whether the side of v stays connected, and is not empty, without v: its neighbours there reach each other."""
    wanted = 0
    tail = 0
    for e in range(field.start[v], field.start[v + 1]):
        u = field.neighbour[e]
        if side[u] == side[v]:
            wanted += 1
            queue[0] = u
    if wanted == 0:
        return False
    seen[:] = 0
    seen[v] = 2
    for e in range(field.start[v], field.start[v + 1]):
        if side[field.neighbour[e]] == side[v]:
            seen[field.neighbour[e]] = 1  # wanted, not reached
    head, tail, reached = 0, 1, 1
    seen[queue[0]] = 2
    while head < tail and reached < wanted and tail < FAR:
        at = queue[head]
        head += 1
        for e in range(field.start[at], field.start[at + 1]):
            u = field.neighbour[e]
            if side[u] == side[v] and seen[u] != 2:
                reached += seen[u]
                seen[u] = 2
                queue[tail] = u
                tail += 1
    return reached == wanted


@loop
def best_flip(field: Field, split: Split, aim: Aim, near: Whole, count: int, is_fixed: Flags) -> tuple[int, float]:
    """Return the node whose flip leaves the lowest cost, and that cost (less the cut); -1 without any."""
    best, least = -1, np.inf
    side, sums, held, gain, has_line = split.side, split.sums, split.held, split.gain, split.has_line
    load, whole, price = field.load, field.whole, aim.rule.whole
    households, seconds = sums[0, HOUSEHOLDS] + sums[1, HOUSEHOLDS], sums[0, SECONDS] + sums[1, SECONDS]
    terms = (terms_of(aim, 0, households, seconds), terms_of(aim, 1, households, seconds))
    for i in range(count):
        v = near[i]
        if has_line[v] == 0 or is_fixed[v]:
            continue
        here = side[v]
        there = 1 - here
        after = grid_cost(terms[here], moved(loads_of(load, v, here), sums, here, here, -1.0)) - gain[v]
        after += grid_cost(terms[there], moved(loads_of(load, v, there), sums, there, there, 1.0))
        c = whole[v]
        if c >= 0:
            after += price * (int(held[c, there] == 0) - int(held[c, here] == 1))
        if after < least:
            best, least = v, after
    return best, least


@loop
def pass_over(field: Field, split: Split, aim: Aim) -> float:
    """Make one pass of flips and take back what did not pay; return how much the cost fell."""
    count = len(split.side)
    is_fixed, is_near = np.zeros(count, np.bool_), split.has_line > 0
    near, made, seen, queue = (
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.zeros(count, np.int64),
        np.empty(count, np.int64),
    )
    first = np.flatnonzero(is_near)
    known = len(first)
    near[:known] = first
    sides = both_sides(split.sums, aim)
    fallen = best = 0.0
    flips = kept = 0
    while flips - kept < PATIENCE:
        v, after = best_flip(field, split, aim, near, known, is_fixed)
        if v < 0:
            break
        is_fixed[v] = True
        if not is_removable(field, split.side, v, seen, queue):
            continue
        fallen += sides - after
        flip(field, split, v)
        sides = both_sides(split.sums, aim)
        made[flips] = v
        flips += 1
        if fallen > best + LEAST:
            best, kept = fallen, flips
        known = noted(field, v, near, known, is_near)
    for i in range(flips - 1, kept - 1, -1):
        flip(field, split, made[i])
    return best


@loop
def noted(field: Field, v: int, near: Whole, known: int, is_near: Flags) -> int:
    """Add the neighbours of a flipped node to those that may be flipped; return how many there are."""
    for e in range(field.start[v], field.start[v + 1]):
        u = field.neighbour[e]
        if not is_near[u]:
            is_near[u] = True
            near[known] = u
            known += 1
    return known


@loop
def refined(field: Field, side: Whole, aim: Aim) -> float:
    """Flip nodes of `side` until nothing is gained; return the cost."""
    split = begun(field, side)
    for _ in range(PASSES):
        if pass_over(field, split, aim) <= LEAST:
            break
    return cost_of(field, side, aim)
