"""Stairwells of buildings as units: where each stands in its building, between which barriers, on which way."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wangge.core.unit_files.barriers import cells_of
from wangge.core.unit_files.lines import edge_of
from wangge.core.unit_files.table import NONE, Plane, Reals, Whole
from wangge.core.unit_files.ways import networks_of

Shapes = NDArray[np.object_]
G = TypeVar("G", BaseGeometry, Shapes)
NEAR = 0.01
"""Degrees round the stairwells within which barriers and ways count, about a kilometre."""
FOUR_CORNERS = 5
"""Coordinates of a ground with four corners, the first once more."""
ONWARD = np.array([1.0, 0.5])
"""The way along which stairwells are counted: hardly a house stands just across it."""


def in_metres(geometry: G, plane: Plane) -> G:
    """Return a geometry in degrees, or an array of them, in metres of the plane."""
    return shapely.transform(geometry, lambda at: np.column_stack(plane.metres(at[:, 0], at[:, 1])))


def side_by_side(grounds: Sequence[BaseGeometry] | Shapes, building: Sequence[int]) -> tuple[Reals, Reals]:
    """Return where stairwells stand: those of a building one after another along its longer middle line.

    `grounds` are the buildings in metres, `building` the number of that of each stairwell. A building that is a point
    or a line has all its stairwells in its middle.
    """
    own = np.asarray(building, np.int64)
    many = np.bincount(own, minlength=len(grounds))
    begin, end = _middle_lines(np.asarray(grounds, dtype=object))
    order = np.argsort(own, kind="stable")
    at = np.empty(len(own), np.int64)
    at[order] = np.arange(len(own)) - np.repeat(np.cumsum(many) - many, many)
    share = ((at + 0.5) / many[own])[:, None]
    places = begin[own] + share * (end[own] - begin[own])
    return places[:, 0], places[:, 1]


def cells_between(plane: Plane, x_m: Reals, y_m: Reals, barriers: Sequence[BaseGeometry]) -> Whole:
    """Return the cell of each place between barriers in degrees: rivers and lakes by their banks, lines as they are."""
    banks = _near(plane, x_m, y_m, barriers)
    return cells_of(x_m, y_m, banks) if banks else np.zeros(len(x_m), np.int64)


def networks_on(plane: Plane, x_m: Reals, y_m: Reals, ways: Sequence[BaseGeometry]) -> Whole:
    """Return the walking network of each place along ways in degrees, -1 for none."""
    lines = _near(plane, x_m, y_m, ways)
    return networks_of(x_m, y_m, lines) if lines else np.full(len(x_m), NONE, np.int64)


def _near(plane: Plane, x_m: Reals, y_m: Reals, lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the lines in degrees that come near these places, in metres; of surfaces their edges."""
    if not len(x_m):
        return []
    lon, lat = plane.degrees(x_m, y_m)
    near = shapely.box(lon.min() - NEAR, lat.min() - NEAR, lon.max() + NEAR, lat.max() + NEAR)
    return [in_metres(edge_of(each), plane) for each in lines if each.intersects(near)]


def _middle_lines(grounds: Shapes) -> tuple[Reals, Reals]:
    """Return from where to where the longer middle line of each ground goes: from the west, or else from the south.

    A ground of four corners is taken as it is; of any other shape the narrowest box round it.
    """
    begin = shapely.get_coordinates(shapely.centroid(grounds))
    end = begin.copy()
    boxes = grounds.copy()
    is_other = shapely.get_num_coordinates(grounds) != FOUR_CORNERS
    boxes[is_other] = shapely.minimum_rotated_rectangle(grounds[is_other])
    wide = shapely.get_type_id(boxes) == shapely.GeometryType.POLYGON
    a, b, c, d = shapely.get_coordinates(boxes[wide]).reshape(-1, FOUR_CORNERS, 2)[:, :4].transpose(1, 0, 2)
    across, along = np.stack([(b + a) / 2, (d + c) / 2]), np.stack([(a + d) / 2, (b + c) / 2])
    is_long = np.hypot(*(across[1] - across[0]).T) > np.hypot(*(along[1] - along[0]).T)
    ends = np.where(is_long[:, None], across, along)
    is_turned = ((ends[0] - ends[1]) @ ONWARD > 0)[:, None]
    begin[wide], end[wide] = np.where(is_turned, ends[1], ends[0]), np.where(is_turned, ends[0], ends[1])
    return begin, end
