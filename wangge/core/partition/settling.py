"""Previous grids as a start: what hangs together keeps its grid, what is new or cut off joins a neighbour (numba)."""

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.chance import State, shuffled
from wangge.core.partition.costs import Rule, aim_for, excess, sums_of
from wangge.core.partition.fields import HOUSEHOLDS, SECONDS, Field, cut_out
from wangge.core.partition.problem import Flags, Whole
from wangge.core.partition.splitting import bisected
from wangge.core.partition.sweeps import borders, nodes_of, outside, resplit


@loop
def settled(field: Field, count: int) -> Whole:
    """Return a part for each node: of each home the connected piece with most households, and round it what is left."""
    largest = np.zeros(count)
    part = np.full(len(field.home), -1, np.int64)
    seen = np.zeros(len(field.home), np.bool_)
    for v in range(len(field.home)):
        home = field.home[v]
        if home < 0 or seen[v]:
            continue
        piece = piece_from(field, v)
        seen[piece] = True
        held = field.load[piece, HOUSEHOLDS].sum()
        if held > largest[home]:
            largest[home] = held
            part[part == home] = -1
            part[piece] = home
    return flooded(field, part)


@loop
def lodged(field: Field, home: Whole, is_free: Flags, rule: Rule) -> None:
    """Let nodes whose home is their own alone (`is_free`) share the fullest home beside them that still holds them."""
    sums = sums_of(field, np.where(home < 0, len(is_free), home), len(is_free) + 1)
    for v in range(len(home)):
        if home[v] < 0 or not is_free[home[v]]:
            continue
        own, best = home[v], -1
        for e in range(field.start[v], field.start[v + 1]):
            other = home[field.neighbour[e]]
            if other < 0 or other == own or (best >= 0 and sums[other, HOUSEHOLDS] <= sums[best, HOUSEHOLDS]):
                continue
            households, seconds = sums[own] + sums[other], sums[own, SECONDS] + sums[other, SECONDS]
            if excess(households[HOUSEHOLDS], seconds, 0.0, rule.high, rule.cap) == 0:
                best = other
        if best >= 0:
            sums[best] += sums[own]
            sums[own] = 0.0
            home[home == own] = best


@loop
def piece_from(field: Field, seed: int) -> Whole:
    """Return the nodes with the home of `seed` that are reached from it through each other."""
    is_in = np.zeros(field.home.max() + 2, np.bool_)
    is_in[field.home[seed]] = True
    return nodes_of(field, field.home, seed, is_in)


@loop
def flooded(field: Field, part: Whole) -> Whole:
    """Give nodes without a part that of the neighbour they are reached from first."""
    queue = np.empty(len(part), np.int64)
    tail = 0
    for v in np.flatnonzero(part >= 0):
        queue[tail] = v
        tail += 1
    head = 0
    while head < tail:
        v = queue[head]
        head += 1
        for e in range(field.start[v], field.start[v + 1]):
            u = field.neighbour[e]
            if part[u] < 0:
                part[u] = part[v]
                queue[tail] = u
                tail += 1
    return part


def relieved(field: Field, part: Whole, count: int, rule: Rule, state: State) -> None:
    """Let parts out of their limits give to, or take from, one neighbour at a time while that helps."""
    helped = True
    while helped:
        helped = False
        is_out = np.zeros(count, np.bool_)
        is_out[outside(field, part, count, rule)] = True
        pairs = borders(field, part, count)
        for i in shuffled(len(pairs), state):
            first, second = part[pairs[i, 0]], part[pairs[i, 1]]
            if first == second or not (is_out[first] or is_out[second]):
                continue
            is_in = np.zeros(count, np.bool_)
            is_in[first] = is_in[second] = True
            nodes = nodes_of(field, part, pairs[i, 0], is_in)
            if resplit(field, part, nodes, first, second, rule, 1, state):
                helped = True


@loop
def worst(field: Field, part: Whole, count: int, rule: Rule) -> int:
    """Return the part furthest out of its limits."""
    sums = sums_of(field, part, count)
    over = np.zeros(count)
    for p in range(count):
        over[p] = excess(sums[p, HOUSEHOLDS], sums[p, SECONDS], rule.low, rule.high, rule.cap)
    return int(np.argmax(over))


def split_off(field: Field, part: Whole, count: int, rule: Rule, state: State) -> Whole:
    """Return the division in which the part furthest out is two; the new one is `count`."""
    other = part.copy()
    nodes = np.flatnonzero(part == worst(field, part, count, rule))
    if len(nodes) > 1:
        inner = cut_out(field, nodes)
        side = bisected(inner, aim_for(rule, inner.load[:, HOUSEHOLDS].sum(), 1, 1), 2, state)[1]
        other[nodes[side == 1]] = count
    return other


def smallest_neighbour(field: Field, part: Whole, count: int, p: int) -> int:
    """Return the neighbouring part with fewest households; -1 without neighbours."""
    heads = part[np.repeat(np.arange(len(part)), np.diff(field.start))]
    beside = np.unique(part[field.neighbour][heads == p])
    beside = beside[beside != p]
    sums = sums_of(field, part, count)
    return int(beside[np.argmin(sums[beside, HOUSEHOLDS])]) if len(beside) else -1
