"""Outlines of grids for a map: the ground of each community shared out among its units, without overlap or gap.

Every point belongs to the nearest unit (Voronoi 1908), as far as the ground of the community reaches; the cells of the
units of a grid are its outline. The outlines are for looking at: what binds is the list of units.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wangge.core.partition.problem import Division, Reals, Units, Whole

Shapes = NDArray[np.object_]
REACH = 45.0
"""Metres that the ground of a community reaches beyond its outermost units."""
SMOOTH = 60.0
"""Metres of the gaps between units that are ground as well."""
CORNERS = 3
"""Segments of a quarter of a circle: outlines are for the eye."""


@dataclass(frozen=True)
class Outline:
    """The outline of one general grid, in metres."""

    grid: int
    community: int
    shape: BaseGeometry


def outlines(units: Units, division: Division) -> Iterator[Outline]:
    """Yield the outline of each general grid, community by community."""
    unit, first = np.unique(division.pieces.unit, return_index=True)
    grid = division.general[first]  # of a shared unit the grid of its ground floor
    for community in np.unique(units.community[unit]).tolist():
        own = units.community[unit] == community
        for code, shape in shared_out(units.x_m[unit[own]], units.y_m[unit[own]], grid[own]):
            yield Outline(code, community, shape)


def shared_out(
    x: Reals, y: Reals, grid: Whole, ground: BaseGeometry | None = None
) -> Iterator[tuple[int, BaseGeometry]]:
    """Yield the ground of each grid; together they cover all of it. Without a ground it is what lies round the places.

    Where units of two grids stand at one place it belongs to the first.
    """
    places, first = np.unique(np.column_stack([x, y]), axis=0, return_index=True)
    owner = grid[first]
    points: Shapes = np.asarray(shapely.points(places), dtype=object)
    cells = _cells(points, ground_of(points) if ground is None else ground)
    for code in np.unique(owner).tolist():
        shape = shapely.coverage_union_all(cells[owner == code])
        if not shape.is_empty:
            yield int(code), shape


def cells_of_places(x: Reals, y: Reals, ground: BaseGeometry | None = None) -> list[BaseGeometry]:
    """Return the part of the ground that is nearer to each place than to any other; places that coincide share one.

    Without a ground it is what lies round the places.
    """
    places, cell = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)
    points: Shapes = np.asarray(shapely.points(places), dtype=object)
    cells = _cells(points, ground_of(points) if ground is None else ground)
    return [cells[at] for at in cell.ravel().tolist()]


def ground_of(points: Shapes) -> BaseGeometry:
    """Return the ground round these points: everything within reach, small gaps closed."""
    wide = shapely.union_all(shapely.buffer(points, REACH + SMOOTH, quad_segs=CORNERS))
    return shapely.simplify(shapely.buffer(wide, -SMOOTH, quad_segs=CORNERS), 1.0)


def _cells(points: Shapes, ground: BaseGeometry) -> Shapes:
    """Return the part of the ground that is nearer to each point than to any other."""
    if len(points) == 1:
        return np.array([ground], dtype=object)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(points.tolist()), extend_to=ground, ordered=True)
    )
    shapely.prepare(ground)
    inside = shapely.contains_properly(ground, cells)
    cut = cells.copy()
    cut[~inside] = shapely.intersection(cells[~inside], ground)
    return cut
