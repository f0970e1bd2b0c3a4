"""The real round of every micro-grid: the tour through its stops, and when the work at each is done (a loop)."""

import math

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.fields import grouped
from wangge.core.partition.problem import Reals, Whole
from wangge.core.rounds.kernels import closed_tour


@loop
def toured(grid: Whole, count: int, x: Reals, y: Reals) -> tuple[Reals, Reals, Whole]:
    """Return the metres of the tour of each grid, those to each piece from the one before, and the pieces in order.

    Pieces stand grid by grid as they are walked; the first of a grid has no way, that back to it is in the tour alone.
    """
    metres, legs, way = np.zeros(count), np.zeros(len(grid)), np.zeros(len(grid), np.int64)
    first, order = grouped(grid, count)
    for g in range(count):
        nodes = order[first[g] : first[g + 1]]
        tour, metres[g] = closed_tour(x[nodes], y[nodes])
        for i in range(len(nodes)):
            way[first[g] + i] = v = nodes[tour[i]]
            if i:
                before = way[first[g] + i - 1]
                legs[v] = math.hypot(x[v] - x[before], y[v] - y[before])
    return metres, legs, way


@loop
def done_after(way: Whole, grid: Whole, seconds: Reals) -> Reals:
    """Return the seconds from the begin of its round until each piece is done; `seconds` are those of way and work."""
    done = np.zeros(len(way))
    for i in range(len(way)):
        v = way[i]
        done[v] = seconds[v]
        if i and grid[way[i - 1]] == grid[v]:
            done[v] += done[way[i - 1]]
    return done
