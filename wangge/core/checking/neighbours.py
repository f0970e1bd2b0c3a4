"""The checker's own graph of who is whose neighbour, built from the stated rule.

Delaunay triangulation of the different places of a community (in one line: along it); edges longer than
max(60 m, 1.5 x the 90th percentile of all) dropped; diagonals between four places on one circle dropped, since they
are a matter of chance; edges between two barrier cells dropped, except those some minimum spanning tree needs to join
what is not joined otherwise. Then long edges (no diagonals) between two points with units on one way (walking
network), over a barrier or not: those that some minimum spanning tree needs to join what is still not joined. A place
is a point to the millimetre and a barrier cell: units at one place are together.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError

from wangge.core.checking.joins import Joined
from wangge.core.unit_files.table import NONE, Reals, UnitTable, Whole

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
    ways = _ways(place, table.way.codes)
    edges, across = [np.empty((0, 2), np.int64)], [np.empty(0, np.bool_)]
    for first, last in zip([0, *borders], [*borders, len(places)], strict=True):
        own = {place - first: ways[place] for place in range(first, last) if place in ways}
        found, over = _inside(places[first:last, 1:3], places[first:last, 3], own)
        edges.append(found + first)
        across.append(over)
    every = np.vstack(edges)
    joined = Joined(len(places))
    joined.join_all(map(tuple, every.tolist()))
    return Ground(place, every, np.concatenate(across), np.array(joined.roots(), dtype=np.int64))


def _ways(place: Whole, way: Whole) -> dict[int, set[int]]:
    """Return on which ways the units of a place stand, where they stand on any."""
    found: dict[int, set[int]] = {}
    for unit in np.flatnonzero(way != NONE).tolist():
        found.setdefault(int(place[unit]), set()).add(int(way[unit]))
    return found


def _inside(places: Reals, cells: Reals, ways: dict[int, set[int]]) -> tuple[Whole, NDArray[np.bool_]]:
    """Return the edges of one community and which go over a barrier. One point in two cells counts as two places."""
    points, point = np.unique(places, axis=0, return_inverse=True)
    point = point.reshape(-1)
    short, long = _short_and_long(points)
    near = np.vstack([_lifted(short, point), _stacked(point)])
    pairs = np.vstack([near, _lifted(_walked(long, point, ways), point)])
    is_long = np.arange(len(pairs)) >= len(near)
    across = cells[pairs[:, 0]] != cells[pairs[:, 1]]
    lengths = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    stays = ~across & ~is_long
    joined = Joined(len(places))
    joined.join_all(map(tuple, pairs[stays].tolist()))
    for some in (across & ~is_long, is_long):
        stays[_bridges(joined, pairs, lengths, np.flatnonzero(some))] = True
    return pairs[stays], across[stays]


def _walked(edges: Whole, point: Whole, ways: dict[int, set[int]]) -> Whole:
    """Return the edges between points with units on one way."""
    on: dict[int, set[int]] = {}
    for place, some in ways.items():
        on.setdefault(int(point[place]), set()).update(some)
    found = [(a, b) for a, b in edges.tolist() if not on.get(a, set()).isdisjoint(on.get(b, ()))]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _lifted(edges: Whole, point: Whole) -> Whole:
    """Turn edges between points into edges between places: several where barrier cells share a point."""
    at = _places_at(point)
    if len(at) == len(point):
        order = np.argsort(point)
        return np.asarray(order[edges].tolist(), dtype=np.int64).reshape(-1, 2)
    pairs = [(a, b) for u, v in edges.tolist() for a in at[u] for b in at[v]]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _stacked(point: Whole) -> Whole:
    """Return the edges between places at one point."""
    pairs = [(a, b) for same in _places_at(point).values() for a, b in pairwise(same)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _places_at(point: Whole) -> dict[int, list[int]]:
    at: dict[int, list[int]] = {}
    for place, one in enumerate(point.tolist()):
        at.setdefault(one, []).append(place)
    return at


def _short_and_long(points: Reals) -> tuple[Whole, Whole]:
    """Return the triangulation's edges without the diagonals: the short ones and the long ones."""
    if len(points) < 2:
        return np.empty((0, 2), np.int64), np.empty((0, 2), np.int64)
    edges, diagonal = _triangulation(points)
    lengths = np.hypot(*(points[edges[:, 0]] - points[edges[:, 1]]).T)
    is_short = lengths <= max(SHORT, LONG * float(np.percentile(lengths, 90)))
    return edges[is_short & ~diagonal], edges[~is_short & ~diagonal]


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


def _bridges(joined: Joined, pairs: Whole, lengths: Reals, over: Whole) -> list[int]:
    """Join by the edges `over`, by length; return those that are in some minimum spanning tree (Kruskal)."""
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
