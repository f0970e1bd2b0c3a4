"""The ground of each grid of a draft, and its micro-grids with the stairwells in walking order."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wangge.core import drafting
from wangge.core.division_files.naming import in_reading_order
from wangge.core.division_files.outlines import cells_of_places, ground_of
from wangge.core.drafting import Drawn, GridRow
from wangge.core.partition.problem import Whole
from wangge.core.rounds.kernels import closed_tour
from wangge.core.unit_files.stairwells import in_metres
from wangge.places.models import Area
from wangge.places.queries.drafted import Under
from wangge.places.queries.outlines import Outline, drawn_as
from wangge.places.words import GridKind

FINE = 1.0
"""Metres to which the zigzag between the houses of two grids is smoothed."""


@dataclass(frozen=True)
class Walk:
    """A micro-grid with its pieces in the order of the round."""

    row: GridRow
    pieces: list[int]


def cells(under: Under, community: Area) -> list[BaseGeometry]:
    """The ground of each stairwell: what is nearer to it than to any other, as far as the community reaches.

    Where houses stand beyond the outline that the register has of their community, it reaches round them as well.
    """
    places = np.array(under.stairs.x_m), np.array(under.stairs.y_m)
    ground, points = None, np.asarray(shapely.points(*places), dtype=object)
    if community.outline is not None:
        ground = in_metres(shapely.make_valid(shape(community.outline)), under.stairs.plane)
        for held in Area.objects.filter(parent=community, grid__kind=GridKind.DEDICATED, valid_to__isnull=True):
            if held.outline is not None:
                ground = ground.difference(in_metres(shape(held.outline), under.stairs.plane))
        beyond = points[~shapely.contains_xy(ground, *places)]
        ground = ground.union(ground_of(beyond)) if len(beyond) else ground
    return cells_of_places(*places, ground=ground)


def joined(
    own: list[BaseGeometry], drawn: Drawn, keys: "np.ndarray[tuple[int], np.dtype[np.int64]]", key: int
) -> BaseGeometry:
    """The ground of a grid: the cells of its stairwells."""
    return shapely.union_all([own[unit] for unit in sorted(set(drawn.pieces.unit[keys == key].tolist()))])


def grounds(under: Under, community: Area) -> dict[int, Outline]:
    """The outline of each general grid of the draft in degrees, as the register keeps it."""
    return _outlines(under, cells(under, community), under.drawn.general)


def micro_grounds(under: Under, community: Area, general: Collection[int]) -> dict[int, Outline]:
    """The outline of each micro-grid of some general grids in degrees; a shared stairwell is ground of each."""
    wanted = {*under.drawn.micro[np.isin(under.drawn.general, list(general))].tolist()}
    found = _outlines(under, cells(under, community), under.drawn.micro)
    return {key: outline for key, outline in found.items() if key in wanted}


def _outlines(under: Under, own: list[BaseGeometry], keys: Whole) -> dict[int, Outline]:
    """Outlines smoothed all at once, so that neighbours keep one border between them, without gap or overlap."""
    plane, found = under.stairs.plane, {}
    for key, ground in _smoothed(under, own, keys).items():
        degrees = shapely.transform(ground, lambda at: np.column_stack(plane.degrees(at[:, 0], at[:, 1])))
        if (outline := drawn_as(degrees)) is not None:
            found[key] = outline
    return found


def _smoothed(under: Under, own: list[BaseGeometry], keys: Whole) -> dict[int, BaseGeometry]:
    """The ground of each grid in metres. A place that several share belongs to the first; the others get it on top."""
    units, places = under.drawn.pieces.unit.tolist(), [*zip(under.stairs.x_m, under.stairs.y_m, strict=True)]
    owner: dict[tuple[float, float], int] = {}
    cell: dict[int, list[BaseGeometry]] = {}
    shared: dict[int, list[BaseGeometry]] = {}
    for unit, key in zip(units, keys.tolist(), strict=True):
        if key < 0:
            continue
        if places[unit] not in owner:
            owner[places[unit]] = key
            cell.setdefault(key, []).append(own[unit])
        elif owner[places[unit]] != key:
            shared.setdefault(key, []).append(own[unit])
    whole = [shapely.coverage_union_all(cell[key]) for key in sorted(cell)]
    smooth = shapely.coverage_simplify(whole, FINE, simplify_boundary=False)
    found = dict(zip(sorted(cell), smooth, strict=True))
    for key, more in shared.items():
        found[key] = shapely.union_all([*more, *([found[key]] if key in found else [])])
    return found


def micro_grids(under: Under, general: int) -> Iterator[Walk]:
    """The micro-grids of a general grid, numbered as a page is read."""
    drawn, stairs = under.drawn, under.stairs
    rows = [row for row in drafting.rows(drawn, under.options) if row.outer == general]
    x, y = np.array(stairs.x_m), np.array(stairs.y_m)
    for at in in_reading_order(np.array([row.x_m for row in rows]), np.array([row.y_m for row in rows])).tolist():
        pieces = np.flatnonzero(drawn.micro == rows[at].key)
        unit = drawn.pieces.unit[pieces]
        order, _metres = closed_tour(x[unit], y[unit])
        yield Walk(rows[at], pieces[order].tolist())
