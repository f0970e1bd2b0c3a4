"""The pieces between borders, put together until the households of each can be divided within the band."""

import numpy as np

from wangge.core.partition.graph import Graph, graph_of
from wangge.core.partition.problem import Band, Units, Whole


def blocks(units: Units, ground: Whole, band: Band) -> Whole:
    """Return a block for each unit: pieces of `ground` that hang together, each block dividable by its number.

    A piece that is not connected counts as several. The smallest that cannot be divided joins the neighbour with which
    it can, else the one it has most ways to; a part of the community without a way out stays as it is.
    """
    graph = graph_of(units.x_m, units.y_m, units.compound, units.barrier_cell, units.way)
    tails = np.repeat(np.arange(len(graph)), np.diff(graph.start))
    block = _connected(graph, tails, ground)
    while True:
        held = np.bincount(block, units.households, int(block.max()) + 1).astype(np.int64)
        step = _next(block, held, (tails, graph.neighbour), band)
        if step is None:
            return np.unique(block, return_inverse=True)[1].reshape(-1).astype(np.int64)
        block = np.where(block == step[0], step[1], block)


def _connected(graph: Graph, tails: Whole, ground: Whole) -> Whole:
    same = ground[tails] == ground[graph.neighbour]
    start = np.r_[0, np.cumsum(np.bincount(tails[same], minlength=len(graph)))]
    return Graph(start.astype(np.int64), graph.neighbour[same], graph.weight[same]).parts()


def _next(block: Whole, held: Whole, ways: tuple[Whole, Whole], band: Band) -> tuple[int, int] | None:
    """Return which block goes into which; None when nothing is left to be done."""
    for own in sorted({*block.tolist()}, key=lambda one: (held[one], one)):
        if band.allows(int(held[own])):
            continue
        beside, many = np.unique(block[ways[1][block[ways[0]] == own]], return_counts=True)
        near = [(other, n) for other, n in zip(beside.tolist(), many.tolist(), strict=True) if other != own]
        if near:
            other, _n = max(near, key=lambda one: (band.allows(int(held[own] + held[one[0]])), one[1], -one[0]))
            return own, other
    return None
