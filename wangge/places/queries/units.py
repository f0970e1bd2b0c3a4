"""What a community is divided from: its stairwells with their homes, where they stand, and the grids they lie in."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.db.models import F
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wangge.access.models import Reach
from wangge.core.unit_files.barriers import cells_of
from wangge.core.unit_files.table import NONE, Plane
from wangge.places.models import BaseMap, Building, Grid, MicroUnit
from wangge.places.words import GridKind

WATER = ("river", "canal", "lake", "water")
BARRIERS = (*WATER, "railway", "road")
NEAR = 0.01
"""Degrees round a community within which barriers count, about a kilometre."""


@dataclass(frozen=True)
class Stairs:
    """Stairwells as columns that JSON can keep; ids of buildings, compounds and grids, -1 for none.

    `lon` and `lat` are the middle of the plane on which `x_m` and `y_m` are metres; `bands` are, by row, the
    micro-grids and grids of a stairwell that is shared by floors, from the ground up.
    """

    lon: float
    lat: float
    building: list[int]
    unit: list[str]
    households: list[int]
    floors: list[int]
    lift: list[bool]
    x_m: list[float]
    y_m: list[float]
    compound: list[int]
    cell: list[int]
    grid: list[int]
    micro: list[int]
    bands: dict[str, list[list[int]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.building)

    @property
    def plane(self) -> Plane:
        return Plane(self.lon, self.lat)

    def kept(self) -> dict[str, Any]:
        """The columns as JSON."""
        return asdict(self)


STAIRS = "select building_id, unit, homes, top from places_stairs(%s)"


def stairs_of(community: int) -> Stairs:
    """Read the stairwells of a community. Buildings of dedicated grids and without homes are not divided."""
    buildings = {one.pk: one for one in _buildings(community)}
    with connection.cursor() as cursor:
        cursor.execute(STAIRS, [community])
        counted = [row for row in cursor.fetchall() if row[0] in buildings]
    known = {row[0] for row in counted}
    counted += [(pk, "", one.homes, one.floors) for pk, one in buildings.items() if pk not in known and one.homes]
    counted.sort(key=lambda row: (buildings[row[0]].order, row[0], len(row[1]), row[1]))
    plane = Plane.of(*(np.array([getattr(buildings[row[0]], at) for row in counted]) for at in ("lon", "lat")))
    places = _places(counted, buildings, plane)
    lines = _barriers(plane, places)
    cells = cells_of(*places, lines) if lines and counted else np.zeros(len(counted), np.int64)
    held = _micro(community)
    micro = {at: ids[0][0] for at, ids in held.items() if len(ids) == 1}
    lies_in = {at: ids[0][1] for at, ids in held.items()}
    general = _general(community)
    rows = [buildings[row[0]] for row in counted]
    return Stairs(
        plane.lon, plane.lat, [one.pk for one in rows], [row[1] for row in counted], [row[2] for row in counted],
        [max(one.floors, row[3]) for one, row in zip(rows, counted, strict=True)], [one.lift for one in rows],
        [round(x, 2) for x in places[0].tolist()], [round(y, 2) for y in places[1].tolist()],
        [one.compound_id or NONE for one in rows], cells.tolist(),
        [
            lies_in.get((row[0], row[1]), one.grid_id if one.grid_id in general else NONE)
            for one, row in zip(rows, counted, strict=True)
        ],
        [micro.get((row[0], row[1]), NONE) for row in counted],
        {str(n): held[row[0], row[1]] for n, row in enumerate(counted) if len(held.get((row[0], row[1]), ())) > 1},
    )  # fmt: skip


def _buildings(community: int) -> Iterable[Building]:
    inside = Reach.objects.filter(ancestor_id=community).values("descendant_id")
    dedicated = Grid.objects.filter(kind=GridKind.DEDICATED).values("area_id")
    return Building.objects.filter(grid_id__in=inside).exclude(grid_id__in=dedicated)


def _general(community: int) -> set[int]:
    grids = Grid.objects.filter(area__parent_id=community, area__valid_to__isnull=True, kind=GridKind.GENERAL)
    return set(grids.values_list("area_id", flat=True))


def _micro(community: int) -> dict[tuple[int, str], list[list[int]]]:
    """The micro-grids in force of each stairwell with their grids, from the ground up."""
    held = MicroUnit.objects.filter(micro__grid__parent_id=community, micro__valid_to__isnull=True)
    found: dict[tuple[int, str], list[list[int]]] = {}
    ground_first = held.order_by(F("low").asc(nulls_first=True), "pk")
    for building, unit, *lies in ground_first.values_list("building_id", "unit", "micro_id", "micro__grid_id"):
        found.setdefault((building, unit), []).append(lies)
    return found


def _places(
    counted: Sequence[tuple[Any, ...]], buildings: dict[int, Building], plane: Plane
) -> tuple["np.ndarray[Any, np.dtype[np.float64]]", "np.ndarray[Any, np.dtype[np.float64]]"]:
    """Where the stairwells stand: those of one building side by side along its longer middle line."""
    number: dict[int, int] = {}
    many: dict[int, int] = {}
    for row in counted:
        many[row[0]] = many.get(row[0], 0) + 1
    spots = []
    for row in counted:
        at = number[row[0]] = number.get(row[0], -1) + 1
        spots.append(_spot(footprint(buildings[row[0]], plane), (at + 0.5) / many[row[0]]))
    return np.array([x for x, _y in spots], np.float64), np.array([y for _x, y in spots], np.float64)


def footprint(building: Building, plane: Plane) -> BaseGeometry:
    """The ground of a building in metres of the plane; where nobody drew it, its place."""
    rings = building.footprint
    spots = rings[0] if rings and isinstance(rings[0][0], list) else rings
    if len(spots) < 3:
        return in_metres(shapely.Point(building.lon, building.lat), plane)
    return in_metres(shapely.Polygon([spot[:2] for spot in spots]), plane)


def in_metres(geometry: BaseGeometry, plane: Plane) -> BaseGeometry:
    """Degrees as metres of the plane."""
    return shapely.transform(geometry, lambda at: np.column_stack(plane.metres(at[:, 0], at[:, 1])))


def _spot(ground: BaseGeometry, share: float) -> tuple[float, float]:
    box = shapely.minimum_rotated_rectangle(ground)
    if box.geom_type != "Polygon":
        return ground.centroid.x, ground.centroid.y
    a, b, c, d = shapely.get_coordinates(box)[:4]
    if np.hypot(*(b - a)) < np.hypot(*(c - b)):
        a, b, c, d = b, c, d, a
    begin, end = (a + d) / 2, (b + c) / 2
    x, y = begin + share * (end - begin)
    return float(x), float(y)


def _barriers(plane: Plane, places: tuple[Any, Any]) -> list[BaseGeometry]:
    """Rivers, railways and main roads near the community, as lines in metres."""
    if not len(places[0]):
        return []
    lon, lat = plane.degrees(*places)
    near = shapely.box(lon.min() - NEAR, lat.min() - NEAR, lon.max() + NEAR, lat.max() + NEAR)
    held = BaseMap.objects.filter(kind__in=BARRIERS).values_list("geometry", flat=True)
    lines = [line for line in map(shape, held) if line.intersects(near)]
    return [in_metres(line.boundary if line.geom_type.endswith("Polygon") else line, plane) for line in lines]
