"""Where few large units leave no way by halves: grids round one out of its band are set together anew in every way.

Towers of 269 households fit with few neighbours only; splits and flips that lower the cost step by step do not get
there. Here the units of some neighbouring grids are covered exactly by connected sets within the band: depth first,
what is left must hang together in parts that the band allows, and no rest is tried twice (numba; sets are bits).
"""

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.chance import State, shuffled
from wangge.core.partition.costs import Rule
from wangge.core.partition.fields import HOUSEHOLDS, Field, cut_out
from wangge.core.partition.problem import Reals, Whole
from wangge.core.partition.sweeps import named_as_before, nodes_of, outside, round_about

MOST = 62
"""Units that are set together anew at once: bits of a number with a sign."""
WIDE = 16
"""Grids taken at most."""
LOOKS = 4
"""Neighbourhoods of each width that are looked at."""
STEPS = 20_000
"""Sets looked at before a neighbourhood is given up."""


@loop
def covered(beside: Whole, households: Reals, low: float, high: float) -> tuple[int, Whole]:
    """Return how many connected sets within the band cover all units (0: none found), and the set of each unit.

    `beside` holds the neighbours of each unit as bits.
    """
    count = len(households)
    closed = np.zeros(count + 1, np.int64)
    stack = np.zeros((4 * count + 8, 4), np.int64)  # what is left, the grid at work, what it may not take, its number
    stack[0, 0] = (1 << count) - 1
    tried = {stack[0, 0]}
    top = 1
    for _ in range(STEPS):
        if top == 0:
            break
        top -= 1
        left, own, barred, number = stack[top, 0], stack[top, 1], stack[top, 2], stack[top, 3]
        if left == 0:
            return number, numbered(closed[:number], count)
        if own == 0:
            own = 1 << tightest(beside, households, left)
        held, near = weighed(beside, households, own)
        near, barred = near & left & ~own & ~barred, barred | too_large(households, high - held)
        one = near & ~barred & -(near & ~barred)
        if one:
            stack[top] = (left, own, barred | one, number)
            top += weighed(beside, households, reached(beside, own, left & ~(barred | one)))[0] >= low
            stack[top] = (left, own | one, barred, number)
            top += 1
        rest = left & ~own
        if low <= held <= high and rest not in tried and is_allowed(beside, households, rest, low, high):
            tried.add(rest)
            closed[number] = own
            stack[top] = (rest, 0, 0, number + 1)
            top += 1
    return 0, numbered(closed[:0], count)


@loop
def too_large(households: Reals, room: float) -> int:
    """Return the units that no longer fit in."""
    units = 0
    for v in range(len(households)):
        if households[v] > room:
            units |= 1 << v
    return units


@loop
def numbered(sets: Whole, count: int) -> Whole:
    """Return the number of the set each unit is in."""
    number = np.zeros(count, np.int64)
    for g in range(len(sets)):
        for v in range(count):
            if sets[g] >> v & 1:
                number[v] = g
    return number


@loop
def weighed(beside: Whole, households: Reals, own: int) -> tuple[float, int]:
    """Return the households of a set, and all that is beside any of it."""
    held, near = 0.0, 0
    for v in range(len(households)):
        if own >> v & 1:
            held += households[v]
            near |= beside[v]
    return held, near


@loop
def reached(beside: Whole, own: int, within: int) -> int:
    """Return what is reached from a set inside another."""
    before = 0
    while own != before:
        before = own
        for v in range(len(beside)):
            if own >> v & 1:
                own |= beside[v] & within
    return own


@loop
def tightest(beside: Whole, households: Reals, left: int) -> int:
    """Return the unit with fewest neighbours among those left, of these the largest."""
    best, least, most = -1, len(beside) + 1, 0.0
    for v in range(len(beside)):
        if left >> v & 1:
            near, many = beside[v] & left, 0
            while near:
                near &= near - 1
                many += 1
            if many < least or (many == least and households[v] > most):
                best, least, most = v, many, households[v]
    return best


@loop
def is_allowed(beside: Whole, households: Reals, left: int, low: float, high: float) -> bool:
    """Say whether the band allows the households of each part that hangs together."""
    while left:
        part = reached(beside, left & -left, left)
        held = weighed(beside, households, part)[0]
        if np.ceil(held / high) > np.floor(held / low):
            return False
        left &= ~part
    return True


@loop
def fitted(field: Field, part: Whole, count: int, rule: Rule, state: State) -> Whole:
    """Return the parts after neighbourhoods of those out of the band were covered anew where that can be.

    Numbers from `count` on are new parts, and some may be gone. What could not be placed stays as it was.
    """
    part = part.copy()
    for seed in first_nodes(part, outside(field, part, count, rule)):
        for look in range(LOOKS * (WIDE - 1)):
            is_in = round_about(field, part, seed, count, 2 + look // LOOKS, state)
            nodes = nodes_of(field, part, seed, is_in)
            if len(nodes) > MOST:
                break
            if set_anew(field, part, nodes[shuffled(len(nodes), state)], count, rule):
                count = max(count, part.max() + 1)
                break
    return part


@loop
def set_anew(field: Field, part: Whole, nodes: Whole, count: int, rule: Rule) -> bool:
    """Cover the nodes of some parts anew, if they can be; each part keeps the number of which it holds most."""
    inner = cut_out(field, nodes)
    number, grid = covered(bits_of(inner), inner.load[:, HOUSEHOLDS], rule.low, rule.high)
    if number == 0:
        return False
    names = np.unique(part[nodes])
    inner.home[:] = np.searchsorted(names, part[nodes])
    named_as_before(inner, grid, max(number, len(names)))
    for i in range(len(nodes)):
        part[nodes[i]] = names[grid[i]] if grid[i] < len(names) else count + grid[i] - len(names)
    return True


@loop
def first_nodes(part: Whole, wrong: Whole) -> Whole:
    """Return one node of each of some parts; empty parts have none."""
    seeds = np.full(len(wrong), -1, np.int64)
    for i in range(len(wrong)):
        for v in range(len(part)):
            if part[v] == wrong[i]:
                seeds[i] = v
                break
    return seeds[seeds >= 0]


@loop
def bits_of(field: Field) -> Whole:
    """Return the neighbours of each node as bits."""
    beside = np.zeros(len(field.compound), np.int64)
    for v in range(len(beside)):
        for e in range(field.start[v], field.start[v + 1]):
            beside[v] |= 1 << field.neighbour[e]
    return beside
