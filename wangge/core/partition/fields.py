"""A field: a small graph with what a division has to know of each node, cut out or made coarser as needed (numba)."""

from typing import NamedTuple

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.chance import State, shuffled
from wangge.core.partition.problem import Reals, Whole

HOUSEHOLDS, SECONDS, EAST, NORTH, MOMENT, TO_FIRST, TO_SECOND = range(7)
"""Columns of `load`, all of which add up over a set of nodes: households, seconds of a round, households x place,
households x squared distance from the origin, and households whose home is the first or the second of two sides."""
LOADS = 7


class Field(NamedTuple):
    """Nodes with their neighbours (as in Graph), loads and compound codes.

    `compound` is -1 outside; `whole` is the same code where the compound fits into one grid and should stay whole.
    `home` is the grid of a previous division, -1 without.
    """

    start: Whole
    neighbour: Whole
    weight: Reals
    load: Reals
    compound: Whole
    whole: Whole
    home: Whole


@loop
def cut_out(field: Field, nodes: Whole) -> Field:
    """Return the field of some nodes, numbered as in `nodes`."""
    count = len(nodes)
    at = np.full(len(field.compound), -1, np.int64)
    for i in range(count):
        at[nodes[i]] = i
    start = np.zeros(count + 1, np.int64)
    for i in range(count):
        v = nodes[i]
        kept = 0
        for e in range(field.start[v], field.start[v + 1]):
            kept += at[field.neighbour[e]] >= 0
        start[i + 1] = start[i] + kept
    neighbour = np.empty(start[count], np.int64)
    weight = np.empty(start[count])
    for i in range(count):
        to = start[i]
        for e in range(field.start[nodes[i]], field.start[nodes[i] + 1]):
            if at[field.neighbour[e]] >= 0:
                neighbour[to] = at[field.neighbour[e]]
                weight[to] = field.weight[e]
                to += 1
    picked = field.load[nodes]
    return Field(start, neighbour, weight, picked, field.compound[nodes], field.whole[nodes], field.home[nodes])


@loop
def clusters(field: Field, grain: float, roof: float, state: State) -> tuple[Whole, int]:
    """Return a random clustering: compounds that may stay whole up to `roof` households, other nodes up to `grain`.

    No cluster reaches across a barrier, out of a compound or out of a grid of the previous division.
    """
    count = len(field.compound)
    cluster = np.full(count, -1, np.int64)
    queue = np.empty(count, np.int64)
    number = 0
    for seed in shuffled(count, state):
        if cluster[seed] >= 0:
            continue
        limit = roof if field.whole[seed] >= 0 else grain
        grow_cluster(field, seed, number, limit, cluster, queue)
        number += 1
    return cluster, number


@loop
def grow_cluster(field: Field, seed: int, number: int, limit: float, cluster: Whole, queue: Whole) -> None:
    """Give a seed and its like within reach one number, breadth first, until `limit` households are in."""
    cluster[seed] = number
    queue[0] = seed
    size = field.load[seed, HOUSEHOLDS]
    head, tail = 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        for e in range(field.start[v], field.start[v + 1]):
            u = field.neighbour[e]
            grown = size + field.load[u, HOUSEHOLDS]
            if cluster[u] < 0 and grown <= limit and is_like(field, v, u, field.weight[e]):
                cluster[u] = number
                size = grown
                queue[tail] = u
                tail += 1


@loop
def is_like(field: Field, v: int, u: int, weight: float) -> bool:
    """Say whether two neighbours may be in one cluster."""
    return bool(weight >= 1.0 and field.compound[u] == field.compound[v] and field.home[u] == field.home[v])


@loop
def coarser(field: Field, cluster: Whole, count: int) -> Field:
    """Return the field whose nodes are the clusters; edges between two clusters are added up."""
    load = np.zeros((count, LOADS))
    compound = np.full(count, -1, np.int64)
    whole = np.full(count, -1, np.int64)
    home = np.full(count, -1, np.int64)
    for v in range(len(cluster)):
        c = cluster[v]
        for i in range(LOADS):
            load[c, i] += field.load[v, i]
        compound[c] = field.compound[v]
        whole[c] = field.whole[v]
        home[c] = field.home[v]
    start, neighbour, weight = gathered(field, cluster, count)
    return Field(start, neighbour, weight, load, compound, whole, home)


@loop
def grouped(label: Whole, count: int) -> tuple[Whole, Whole]:
    """Return (first, order): the nodes of label c are order[first[c]:first[c + 1]], ascending."""
    first = np.zeros(count + 1, np.int64)
    for v in range(len(label)):
        first[label[v] + 1] += 1
    for c in range(count):
        first[c + 1] += first[c]
    at = first[:-1].copy()
    order = np.empty(len(label), np.int64)
    for v in range(len(label)):
        order[at[label[v]]] = v
        at[label[v]] += 1
    return first, order


@loop
def gathered(field: Field, cluster: Whole, count: int) -> tuple[Whole, Whole, Reals]:
    """Return the neighbours of clusters, with the sum of the weights between each two."""
    first, order = grouped(cluster, count)
    start = np.zeros(count + 1, np.int64)
    neighbour = np.empty(len(field.neighbour), np.int64)
    weight = np.empty(len(field.neighbour))
    seen = np.full(count, -1, np.int64)  # where the edge to a cluster was put
    to = 0
    for c in range(count):
        for v in order[first[c] : first[c + 1]]:
            for e in range(field.start[v], field.start[v + 1]):
                other = cluster[field.neighbour[e]]
                if other == c:
                    continue
                if seen[other] < start[c]:
                    seen[other] = to
                    neighbour[to] = other
                    weight[to] = 0.0
                    to += 1
                weight[seen[other]] += field.weight[e]
        start[c + 1] = to
    return start, neighbour[:to].copy(), weight[:to].copy()
