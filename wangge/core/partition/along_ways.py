"""Which units the long edges between two places join: those that stand on one walking network."""

import numpy as np

from wangge.core.partition.problem import NONE, Whole


def along_ways(edges: Whole, at: Whole, way: Whole) -> Whole:
    """Return for each edge between places and each way on which both have units the first such unit of each place.

    `at` is the place of each unit, `way` the network on which it stands (-1: none).
    """
    on = np.flatnonzero(way != NONE)
    if not len(on) or not len(edges):
        return np.empty((0, 2), np.int64)
    width = int(way.max()) + 1
    keys, first = np.unique(at[on] * width + way[on], return_index=True)  # (place, way) in this order
    unit, place = on[first], keys // width
    low, high = np.searchsorted(place, edges[:, 0]), np.searchsorted(place, edges[:, 0], side="right")
    many = high - low
    edge = np.repeat(np.arange(len(edges)), many)
    here = np.repeat(low, many) + np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    wanted = edges[edge, 1] * width + keys[here] % width
    there = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    is_there = keys[there] == wanted
    joined: Whole = np.column_stack([unit[here], unit[there]])[is_there].astype(np.int64)
    return joined
