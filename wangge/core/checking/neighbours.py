"""The checker's own graph of who is whose neighbour, built from the stated rule.

Delaunay triangulation of the different places of a community (in one line: along it); edges longer than
max(60 m, 1.5 x the 90th percentile of all) dropped; diagonals between four places on one circle dropped, since they
are a matter of chance; edges between two barrier cells dropped, except those some minimum spanning tree needs to join
what is not joined otherwise. A place is a point to the millimetre and a barrier cell: units at one place are together.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError

from wangge.core.checking.joins import Joined
from wangge.core.unit_files.table import Reals, UnitTable, Whole

SHORT = 60.0
LONG = 1.5
SAME_CIRCLE = 1e-9
"""Share of a circle's radius by which a place may miss it: tighter than anybody who drops diagonals would ask."""
SAME_LENGTH = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The places of all communities: which unit stands where, and which places are neighbours."""

    place: Whole  # of each unit
    edges: Whole  # pairs of places
    across: NDArray[np.bool_]  # of each edge: over a barrier
    part: Whole  # of each place: number of the connected part of the community


def ground_of(table: UnitTable) -> Ground:
    """Return the graph of all units. Communities have no edges between them."""
    spots = np.round(np.column_stack([table.x_m - table.x_m.min(), table.y_m - table.y_m.min()]), 3)
    keys = np.column_stack([table.community.codes, spots, table.barrier_cell.codes])
    places, place = np.unique(keys, axis=0, return_inverse=True)
    place = place.reshape(-1).astype(np.int64)
    borders = np.flatnonzero(np.diff(places[:, 0])) + 1
    edges, across = [np.empty((0, 2), np.int64)], [np.empty(0, np.bool_)]
    for first, last in zip([0, *borders], [*borders, len(places)], strict=True):
        found, over = _inside(places[first:last, 1:3], places[first:last, 3])
        edges.append(found + first)
        across.append(over)
    every = np.vstack(edges)
    joined = Joined(len(places))
    joined.join_all(map(tuple, every.tolist()))
    return Ground(place, every, np.concatenate(across), np.array(joined.roots(), dtype=np.int64))


def _inside(places: Reals, cells: Reals) -> tuple[Whole, NDArray[np.bool_]]:
    """Return the edges of one community and which go over a barrier. One point in two cells counts as two places."""
    points, point = np.unique(places, axis=0, return_inverse=True)
    point = point.reshape(-1)
    pairs = _lifted(_short(points), point)
    across = cells[pairs[:, 0]] != cells[pairs[:, 1]]
    lengths = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    stays = ~across
    stays[_bridges(len(places), pairs, lengths, across)] = True
    return pairs[stays], across[stays]


def _lifted(edges: Whole, point: Whole) -> Whole:
    """Turn edges between points into edges between places: several where barrier cells share a point."""
    at: dict[int, list[int]] = {}
    for place, one in enumerate(point.tolist()):
        at.setdefault(one, []).append(place)
    if len(at) == len(point):
        order = np.argsort(point)
        return np.asarray(order[edges].tolist(), dtype=np.int64).reshape(-1, 2)
    pairs = [(a, b) for u, v in edges.tolist() for a in at[u] for b in at[v]]
    pairs += [(a, b) for same in at.values() for a, b in pairwise(same)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _short(points: Reals) -> Whole:
    """Return the triangulation's edges without the long ones and the diagonals."""
    if len(points) < 2:
        return np.empty((0, 2), np.int64)
    edges, diagonal = _triangulation(points)
    lengths = np.hypot(*(points[edges[:, 0]] - points[edges[:, 1]]).T)
    is_short = lengths <= max(SHORT, LONG * float(np.percentile(lengths, 90)))
    return np.asarray(edges[is_short & ~diagonal], dtype=np.int64)


def _triangulation(points: Reals) -> tuple[Whole, NDArray[np.bool_]]:
    try:
        found = Delaunay(points)
    except (QhullError, ValueError):
        return _in_line(points)
    corners = found.simplices.astype(np.int64)
    sides: dict[tuple[int, int], list[int]] = {}
    for triangle, (a, b, c) in enumerate(corners.tolist()):
        for one, two, opposite in ((a, b, c), (b, c, a), (c, a, b)):
            sides.setdefault((min(one, two), max(one, two)), []).extend((triangle, opposite))
    sides |= {(min(p, v), max(p, v)): [-1, -1] for p, _, v in found.coplanar.tolist()}
    edges = np.array(list(sides), dtype=np.int64)
    inner = np.array([row if len(row) == 4 else [-1] * 4 for row in sides.values()], dtype=np.int64)
    return edges, _on_one_circle(points, corners, inner)


def _in_line(points: Reals) -> tuple[Whole, NDArray[np.bool_]]:
    """Places in one line, or two of them, are joined one to the next."""
    along = points @ (points[-1] - points[0])
    order = np.argsort(along, kind="stable").astype(np.int64)
    return np.column_stack([order[:-1], order[1:]]), np.zeros(len(order) - 1, np.bool_)


def _on_one_circle(points: Reals, corners: Whole, inner: Whole) -> NDArray[np.bool_]:
    """Say of each edge whether the far corner of the second triangle lies on the circle of the first."""
    a, b, c = (points[corners[inner[:, 0], k]] for k in range(3))
    u, v = b - a, c - a
    doubled = 2 * (u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
    doubled[doubled == 0] = np.inf
    uu, vv = (u * u).sum(axis=1), (v * v).sum(axis=1)
    centre = np.column_stack([v[:, 1] * uu - u[:, 1] * vv, u[:, 0] * vv - v[:, 0] * uu]) / doubled[:, None]
    radius = np.hypot(*centre.T)
    off = np.abs(np.hypot(*(points[inner[:, 3]] - a - centre).T) - radius)
    return np.asarray((inner[:, 0] >= 0) & (off <= SAME_CIRCLE * np.maximum(radius, 1.0)), dtype=np.bool_)


def _bridges(count: int, pairs: Whole, lengths: Reals, across: NDArray[np.bool_]) -> list[int]:
    """Return the edges over barriers that are in some minimum spanning tree of what they join (Kruskal by length)."""
    joined = Joined(count)
    joined.join_all(map(tuple, pairs[~across].tolist()))
    over = np.flatnonzero(across)
    over = over[np.argsort(lengths[over], kind="stable")]
    needed: list[int] = []
    at = 0
    while at < len(over):
        last = at
        while last < len(over) and lengths[over[last]] <= lengths[over[at]] * (1 + SAME_LENGTH):
            last += 1
        alike = [int(k) for k in over[at:last] if joined.root(int(pairs[k, 0])) != joined.root(int(pairs[k, 1]))]
        needed += alike
        joined.join_all((int(pairs[k, 0]), int(pairs[k, 1])) for k in alike)
        at = last
    return needed
