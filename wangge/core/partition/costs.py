"""What a side of a split costs: first of all its distance from the limits, then the soft wishes (numba)."""

import math
from typing import NamedTuple

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.fields import EAST, HOUSEHOLDS, MOMENT, NORTH, SECONDS, TO_FIRST, TO_SECOND, Field
from wangge.core.partition.problem import Reals, Whole

BIG = 1e4
"""What one household too many or too few costs: more than all wishes together."""


Loads = tuple[float, float, float, float, float, float]


class Rule(NamedTuple):
    """Limits of one grid and what the wishes weigh, in units of one edge cut between two compounds.

    `spread` is for each household and metre of the root mean square distance from the centre, `evenness` for the
    squared difference from an even share, as parts of `high` and of `cap`, `whole` for each further grid a compound
    lies in, `stay` for each household that leaves its previous grid.
    """

    low: float
    high: float
    cap: float  # seconds
    spread: float
    evenness: float
    whole: float
    stay: float


class Aim(NamedTuple):
    """What is wanted of the two sides of a split: limits of each, the share of the first, the weights."""

    low: Reals
    high: Reals
    cap: Reals
    share: float
    rule: Rule


@loop
def aim_for(rule: Rule, households: float, first: int, second: int) -> Aim:
    """Return the aim of a split into sides for `first` and `second` grids.

    Where a side is divided again, the split keeps to the inner half of what is possible: the next one needs room.
    """
    middle = households * first / (first + second)
    low, high = first * rule.low, first * rule.high
    if first + second > 2:
        least = max(low, households - second * rule.high)
        most = min(high, households - second * rule.low)
        if least <= middle <= most:
            low, high = (least + middle) / 2, (most + middle) / 2
    lows = np.array([low, households - high])
    highs = np.array([high, households - low])
    if first + second == 2:
        lows[1], highs[1] = rule.low, rule.high
    return Aim(lows, highs, np.array([first * rule.cap, second * rule.cap]), first / (first + second), rule)


@loop
def excess(households: float, seconds: float, low: float, high: float, cap: float) -> float:
    """Return by how many households (or as many as the time is too long) a grid is outside its limits."""
    return max(low - households, 0.0) + max(households - high, 0.0) + max(seconds - cap, 0.0) / cap * high


@loop
def breadth(households: float, east: float, north: float, moment: float) -> float:
    """Return households x the root mean square of their distance from their centre."""
    return math.sqrt(max(households * moment - east * east - north * north, 0.0))


class Terms(NamedTuple):
    """What one side is held against, as plain numbers: the innermost loop asks for nothing else."""

    low: float
    high: float
    cap: float
    wanted: float
    wanted_seconds: float
    scale: float
    scale_seconds: float
    spread: float
    evenness: float
    stay: float


@loop
def terms_of(aim: Aim, side: int, households: float, seconds: float) -> Terms:
    """Return the terms of one side of an aim; `households` and `seconds` are those of both sides."""
    share = aim.share if side == 0 else 1.0 - aim.share
    low, high, cap, rule = aim.low[side], aim.high[side], aim.cap[side], aim.rule
    wanted = (households * share, seconds * share)
    return Terms(low, high, cap, *wanted, rule.high, rule.cap, rule.spread, rule.evenness, rule.stay)


@loop
def grid_cost(terms: Terms, load: Loads) -> float:
    """Return what a side with these loads costs; the last of them are households away from home."""
    households, seconds, east, north, moment, moved = load
    uneven = ((households - terms.wanted) / terms.scale) ** 2 + (
        (seconds - terms.wanted_seconds) / terms.scale_seconds
    ) ** 2
    over = excess(households, seconds, terms.low, terms.high, terms.cap)
    wide = terms.spread * breadth(households, east, north, moment)
    cost: float = BIG * over + wide + terms.evenness * uneven + terms.stay * moved
    return cost


@loop
def loads_of(sums: Reals, row: int, side: int) -> Loads:
    """Return the loads in a row as plain numbers, seen from a side."""
    away = TO_SECOND if side == 0 else TO_FIRST
    first = (sums[row, HOUSEHOLDS], sums[row, SECONDS], sums[row, EAST])
    return (*first, sums[row, NORTH], sums[row, MOMENT], sums[row, away])


@loop
def moved(load: Loads, sums: Reals, row: int, side: int, sign: float) -> Loads:
    """Return the loads in a row, seen from a side, after others were added (`sign` 1) or taken away (-1)."""
    a, b, c, d, e, f = load
    g, h, i, j, k, m = loads_of(sums, row, side)
    return (g + sign * a, h + sign * b, i + sign * c, j + sign * d, k + sign * e, m + sign * f)


@loop
def both_sides(sums: Reals, aim: Aim) -> float:
    """Return what two sides cost, but for the cut and the compounds between them."""
    households, seconds = sums[0, HOUSEHOLDS] + sums[1, HOUSEHOLDS], sums[0, SECONDS] + sums[1, SECONDS]
    first = grid_cost(terms_of(aim, 0, households, seconds), loads_of(sums, 0, 0))
    return first + grid_cost(terms_of(aim, 1, households, seconds), loads_of(sums, 1, 1))


@loop
def sums_of(field: Field, part: Whole, count: int) -> Reals:
    """Return the loads of each of `count` parts."""
    sums = np.zeros((count, field.load.shape[1]))
    for v in range(len(part)):
        for i in range(field.load.shape[1]):
            sums[part[v], i] += field.load[v, i]
    return sums


@loop
def cut_of(field: Field, part: Whole) -> float:
    """Return the weights of the edges between different parts."""
    total = 0.0
    for v in range(len(part)):
        for e in range(field.start[v], field.start[v + 1]):
            if part[field.neighbour[e]] != part[v]:
                total += field.weight[e]
    return total / 2.0


@loop
def held_by(field: Field, part: Whole, count: int) -> Whole:
    """Return how many nodes of each compound that should stay whole lie in each part."""
    held = np.zeros((field.whole.max() + 1, count), np.int64)
    for v in range(len(part)):
        if field.whole[v] >= 0:
            held[field.whole[v], part[v]] += 1
    return held


@loop
def splits(held: Whole) -> int:
    """Return in how many parts compounds lie beyond the first of each."""
    total = 0
    for c in range(held.shape[0]):
        total += max(0, (held[c] > 0).sum() - 1)
    return total


@loop
def total_excess(field: Field, part: Whole, count: int, rule: Rule) -> float:
    """Return by how many households all parts together are outside their limits."""
    sums = sums_of(field, part, count)
    over = 0.0
    for p in range(count):
        over += excess(sums[p, HOUSEHOLDS], sums[p, SECONDS], rule.low, rule.high, rule.cap)
    return over


@loop
def total_cost(field: Field, part: Whole, count: int, rule: Rule) -> float:
    """Return what a division into `count` parts costs; parts are numbered like the homes."""
    sums = sums_of(field, part, count)
    households, seconds = sums[:, HOUSEHOLDS].sum(), sums[:, SECONDS].sum()
    cost = cut_of(field, part) + rule.whole * splits(held_by(field, part, count))
    aim = Aim(np.array([rule.low]), np.array([rule.high]), np.array([rule.cap]), 1.0 / count, rule)
    terms = terms_of(aim, 0, households, seconds)
    for p in range(count):
        cost += grid_cost(terms, loads_of(sums, p, 0))
    for v in range(len(part)):
        if field.home[v] >= 0 and field.home[v] != part[v]:
            cost += rule.stay * field.load[v, HOUSEHOLDS]
    return cost
