"""Who is whose neighbour: the triangulation of a community without long edges and, but for bridges, across barriers.

The rule, in full, so that anybody can build the same graph:

1. Delaunay triangulation of the different places of a community; places in one line are joined along it.
2. Edges longer than max(60 m, 1.5 x the 90th percentile of all lengths) are dropped.
3. Of the edges between two barrier cells only those stay that a minimum spanning tree needs to join what nothing else
   joins (bridges).
4. Where four and more places lie on one empty circle the triangulation is not unique, and its diagonals depend on the
   order of the rows: they are dropped. What is left is part of every triangulation.
5. Units at one place are joined in a row, and share the edges of their place evenly.
6. Edges that are too long (and no diagonals) stay between two places with units on one walking network (way) where a
   minimum spanning tree needs them to join what nothing else joins: after 3, the shortest first, across a barrier or
   not.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError

from wangge.core.partition.along_ways import along_ways
from wangge.core.partition.problem import NONE, Flags, Reals, Whole

SHORT = 60.0
"""Metres that are never too long for an edge."""
LONG = 1.5
INSIDE, BETWEEN, ACROSS = 3.0, 1.0, 0.3
"""Weights of an edge: inside a compound, between, across a barrier."""
ROUND = 1e-7
"""How near to one circle, as a share of its size, four places count as lying on it."""


@dataclass(frozen=True)
class Graph:
    """Neighbours of n nodes: those of node v are `neighbour[start[v]:start[v + 1]]`, with their weights."""

    start: Whole
    neighbour: Whole
    weight: Reals

    def __len__(self) -> int:
        return len(self.start) - 1

    def parts(self) -> Whole:
        """Return for each node the number of the connected part it is in."""
        shape = (len(self), len(self))
        tails = np.repeat(np.arange(len(self)), np.diff(self.start))
        links = coo_array((np.ones(len(tails)), (tails, self.neighbour)), shape=shape)
        return connected_components(links, directed=False)[1].astype(np.int64)


def graph_of(x: Reals, y: Reals, compound: Whole, barrier_cell: Whole, way: Whole) -> Graph:
    """Return the neighbours inside one community.

    Coordinates in metres; codes of compound, barrier cell and way (-1: on none).
    """
    spots = np.round(np.column_stack([x - x.min(), y - y.min()]), 3)
    places, at = np.unique(spots, axis=0, return_inverse=True)
    short, long = _short_and_long(places)
    near, far = _between_units(short, at), along_ways(long, at, way)
    edges, is_far = np.vstack([near, far]), np.repeat([False, True], [len(near), len(far)])
    lengths = np.hypot(*(spots[edges[:, 0]] - spots[edges[:, 1]]).T)
    is_across = barrier_cell[edges[:, 0]] != barrier_cell[edges[:, 1]]
    rank = np.where(is_far, 2, is_across)
    stays = (rank == 0) | _needed(len(x), edges, lengths, rank)
    same = compound[edges[:, 0]] == compound[edges[:, 1]]
    weights = np.where(same & (compound[edges[:, 0]] != NONE), INSIDE, BETWEEN)
    return linked(len(x), edges[stays], np.where(is_across, ACROSS, weights)[stays])


def with_rows(ground: Graph, node: Whole) -> Graph:
    """Return the graph whose node i is a piece of node `node[i]` (ascending): pieces of one stand on each other."""
    first = np.searchsorted(node, np.arange(len(ground)))
    tails = np.repeat(np.arange(len(ground)), np.diff(ground.start))
    once = tails < ground.neighbour
    edges = np.column_stack([first[tails[once]], first[ground.neighbour[once]]])
    upper = np.flatnonzero(node[1:] == node[:-1]) + 1
    stairs = np.column_stack([upper - 1, upper])
    return linked(len(node), np.vstack([edges, stairs]), np.r_[ground.weight[once], np.full(len(upper), INSIDE)])


def _short_and_long(places: Reals) -> tuple[Whole, Whole]:
    """Return the edges between different places that are no diagonals, as pairs: those not too long, and the others."""
    if len(places) < 2:
        return np.empty((0, 2), np.int64), np.empty((0, 2), np.int64)
    edges, is_diagonal = _triangulated(places)
    lengths = np.hypot(*(places[edges[:, 0]] - places[edges[:, 1]]).T)
    limit = max(SHORT, LONG * float(np.quantile(lengths, 0.9)))
    is_short = lengths <= limit
    return edges[is_short & ~is_diagonal], edges[~is_short & ~is_diagonal]


def _triangulated(places: Reals) -> tuple[Whole, Flags]:
    """Return all edges of the triangulation, and which of them are diagonals."""
    try:
        found = Delaunay(places)
    except (QhullError, ValueError):  # fewer than three places, or all in one line
        along = int(np.ptp(places[:, 1]) > np.ptp(places[:, 0]))
        order = np.argsort(places[:, along], kind="stable")
        return np.column_stack([order[:-1], order[1:]]).astype(np.int64), np.zeros(len(places) - 1, np.bool_)
    edges, is_diagonal = _edges(places, found.simplices.astype(np.int64), found.neighbors.astype(np.int64))
    left_out = np.asarray(found.coplanar, np.int64).reshape(-1, 3)[:, [0, 2]]  # with the vertex nearest to each
    return np.vstack([edges, left_out]), np.r_[is_diagonal, np.zeros(len(left_out), np.bool_)]


def _edges(places: Reals, triangles: Whole, beside: Whole) -> tuple[Whole, Flags]:
    """Return the edges of triangles, and which lie between two triangles on one circle."""
    one, corner = np.repeat(np.arange(len(triangles)), 3), np.tile(np.arange(3), len(triangles))
    other = beside.ravel().astype(np.int64)
    once = one > other  # also where there is no other (-1)
    one, other, corner = one[once], other[once], corner[once]
    edges = np.column_stack([triangles[one, (corner + 1) % 3], triangles[one, (corner + 2) % 3]])
    far = triangles[other].sum(axis=1) - edges.sum(axis=1)
    is_diagonal = np.zeros(len(edges), np.bool_)
    has_other = other >= 0
    a, b = places[edges[has_other, 0]], places[edges[has_other, 1]]
    is_diagonal[has_other] = _is_one_circle(a, b, places[triangles[one, corner][has_other]], places[far[has_other]])
    return edges, is_diagonal


def _is_one_circle(a: Reals, b: Reals, c: Reals, d: Reals) -> Flags:
    """Say whether c and d, on two sides of ab, lie with them on one circle: the angles at c and d make 180 degrees."""
    ca, cb, da, db = a - c, b - c, a - d, b - d
    sine_c, cosine_c = ca[:, 0] * cb[:, 1] - ca[:, 1] * cb[:, 0], (ca * cb).sum(axis=1)
    sine_d, cosine_d = db[:, 0] * da[:, 1] - db[:, 1] * da[:, 0], (da * db).sum(axis=1)
    size = np.hypot(sine_c, cosine_c) * np.hypot(sine_d, cosine_d)
    is_one: Flags = np.abs(sine_c * cosine_d + cosine_c * sine_d) <= ROUND * size
    return is_one


def _between_units(edges: Whole, at: Whole) -> Whole:
    """Return edges between units from edges between places; `at` is the place of each unit."""
    order = np.argsort(at, kind="stable")
    place = at[order]
    row = np.flatnonzero(place[1:] == place[:-1])
    beside = np.column_stack([order[row], order[row + 1]])
    first, many = np.searchsorted(place, np.arange(place[-1] + 1)), np.bincount(at)
    times = np.maximum(many[edges[:, 0]], many[edges[:, 1]])
    turn = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    ends = [order[first[end] + turn % many[end]] for end in np.repeat(edges, times, axis=0).T]
    joined: Whole = np.vstack([beside, np.column_stack(ends)]).astype(np.int64)
    return joined


def _needed(count: int, edges: Whole, lengths: Reals, rank: Whole) -> Flags:
    """Say which edges a minimum spanning tree takes that uses those of a higher rank only where it must.

    Ranks: 0 short, 1 short and across a barrier, 2 long and along a way.
    """
    if not rank.any():
        return np.zeros(len(edges), np.bool_)
    cost = 1.0 + lengths + rank * (1.0 + lengths.sum())
    low, high = edges.min(axis=1), edges.max(axis=1)
    tree = minimum_spanning_tree(coo_array((cost, (low, high)), shape=(count, count)).tocsr()).tocoo()
    return np.isin(low * count + high, tree.row.astype(np.int64) * count + tree.col)


def linked(count: int, edges: Whole, weights: Reals) -> Graph:
    """Return the graph of `count` nodes with these edges, each given once."""
    tails, heads = np.r_[edges[:, 0], edges[:, 1]], np.r_[edges[:, 1], edges[:, 0]]
    order = np.lexsort([heads, tails])
    start = np.r_[0, np.cumsum(np.bincount(tails, minlength=count))]
    return Graph(start.astype(np.int64), heads[order], np.r_[weights, weights][order])
