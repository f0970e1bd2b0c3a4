"""The shortest closed way through some stops: nearest neighbour, then 2-opt and or-opt until neither finds more.

Compiled by numba on first use and kept on the disk. Distances are worked out where they are needed: a round has some
twenty stops, and a table of them would cost more than it saves.
"""

import math

import numpy as np
from numpy.typing import NDArray

from wangge.core.loops import loop

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]

LEAST = 1e-7
"""Metres below which nothing is gained: rounding must not turn a tour back and forth for ever."""
LONGEST_PIECE = 3


@loop
def apart(x: Reals, y: Reals, a: int, b: int) -> float:
    """Return the straight metres between two stops."""
    return math.sqrt((x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2)


@loop
def is_sooner(x: Reals, y: Reals, a: int, b: int) -> bool:
    """Say whether stop `a` comes before `b` from west to east, then from south to north."""
    return bool(x[a] < x[b] or (x[a] == x[b] and y[a] < y[b]))


@loop
def nearest_neighbour(x: Reals, y: Reals) -> Whole:
    """Return the order that always goes on to the nearest stop left, from the westernmost; ties go west, then south."""
    n = len(x)
    order = np.arange(n)
    for k in range(n - 1):
        here = k - 1
        best = k
        for j in range(k + 1, n):
            gain = 0.0 if here < 0 else apart(x, y, order[here], order[best]) - apart(x, y, order[here], order[j])
            if gain > 0.0 or (gain == 0.0 and is_sooner(x, y, order[j], order[best])):
                best = j
        order[k], order[best] = order[best], order[k]
    return order


@loop
def turn(order: Whole, first: int, last: int) -> None:
    """Walk the stops from position `first` to `last` the other way round."""
    while first < last:
        order[first], order[last] = order[last], order[first]
        first += 1
        last -= 1


@loop
def uncross(x: Reals, y: Reals, order: Whole) -> bool:
    """Replace two ways by two shorter ones wherever that helps (2-opt); say whether it did."""
    n = len(order)
    helped = False
    for i in range(n - 2):
        for j in range(i + 2, n):
            a, b, c, d = order[i], order[i + 1], order[j], order[(j + 1) % n]
            if d == a:
                continue
            now = apart(x, y, a, b) + apart(x, y, c, d)
            if now - apart(x, y, a, c) - apart(x, y, b, d) > LEAST:
                turn(order, i + 1, j)
                helped = True
    return helped


@loop
def carry(order: Whole, at: int, size: int, to: int, is_turned: bool) -> None:  # noqa: FBT001 - numba takes no keywords
    """Move `size` stops from position `at` to behind position `to`, which lies outside them (no position wraps)."""
    piece = order[at : at + size].copy()
    if is_turned:
        piece = piece[::-1].copy()
    if to < at:
        for k in range(at - 1, to, -1):
            order[k + size] = order[k]
        order[to + 1 : to + 1 + size] = piece
    else:
        for k in range(at + size, to + 1):
            order[k - size] = order[k]
        order[to - size + 1 : to + 1] = piece


@loop
def best_place(x: Reals, y: Reals, order: Whole, at: int, size: int) -> tuple[int, bool]:
    """Return behind which position a piece is best put and whether turned; its own position when nothing is gained."""
    n = len(order)
    first, last = order[at], order[at + size - 1]
    before, after = order[at - 1], order[(at + size) % n]
    freed = apart(x, y, before, first) + apart(x, y, last, after) - apart(x, y, before, after)
    most, where, is_turned = LEAST, at, False
    for to in range(n):
        if at - 1 <= to < at + size or (at == 0 and to == n - 1):
            continue
        a, b = order[to], order[(to + 1) % n]
        gap = freed + apart(x, y, a, b)
        straight = gap - apart(x, y, a, first) - apart(x, y, last, b)
        back = gap - apart(x, y, a, last) - apart(x, y, first, b)
        if straight > most:
            most, where, is_turned = straight, to, False
        if back > most:
            most, where, is_turned = back, to, True
    return where, is_turned


@loop
def shift(x: Reals, y: Reals, order: Whole) -> bool:
    """Move one, two or three stops in a row to where they are less out of the way (or-opt); say whether it helped."""
    n = len(order)
    helped = False
    for size in range(1, min(LONGEST_PIECE, n - 3) + 1):
        for at in range(n - size + 1):
            to, is_turned = best_place(x, y, order, at, size)
            if to != at:
                carry(order, at, size, to, is_turned)
                helped = True
    return helped


@loop
def length(x: Reals, y: Reals, order: Whole) -> float:
    """Return the metres of a closed way."""
    total = 0.0
    for k in range(len(order)):
        total += apart(x, y, order[k - 1], order[k])
    return total


@loop
def closed_tour(x: Reals, y: Reals) -> tuple[Whole, float]:
    """Return the order of a short closed way through all points, and its metres.

    The same points give the same way; stops at one place or in one line are as good as any. Of n points a look costs
    n x n steps: meant for rounds, good for a thousand.
    """
    order = nearest_neighbour(x, y)
    improves = len(order) > 3
    while improves:
        improves = uncross(x, y, order)
        improves = shift(x, y, order) or improves
    return order, length(x, y, order)
