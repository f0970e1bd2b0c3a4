"""What a community is divided from: its stairwells with their homes, where they stand, and the grids they lie in."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.db.models import F
from shapely.geometry.base import BaseGeometry

from wangge.access.models import Reach
from wangge.core.unit_files.stairwells import in_metres, side_by_side
from wangge.core.unit_files.table import NONE, Plane
from wangge.places.models import Building, Grid, MicroUnit
from wangge.places.queries.map_lines import on_the_map
from wangge.places.words import GridKind


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
    way: list[int] = field(default_factory=list)
    """The walking network on which each stands; empty in drafts that were begun before ways counted."""

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
    places = places_of(counted, buildings, plane)
    cells, networks = on_the_map(plane, *places)
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
        networks.tolist(),
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


def places_of(
    counted: Sequence[tuple[Any, ...]], buildings: dict[int, Building], plane: Plane
) -> tuple["np.ndarray[Any, np.dtype[np.float64]]", "np.ndarray[Any, np.dtype[np.float64]]"]:
    """Where the stairwells stand: those of one building side by side along its longer middle line."""
    number: dict[int, int] = {}
    building = [number.setdefault(row[0], len(number)) for row in counted]
    return side_by_side([footprint(buildings[pk], plane) for pk in number], building)


def footprint(building: Building, plane: Plane) -> BaseGeometry:
    """The ground of a building in metres of the plane; where nobody drew it, its place."""
    rings = building.footprint
    spots = rings[0] if rings and isinstance(rings[0][0], list) else rings
    if len(spots) < 3:
        return in_metres(shapely.Point(building.lon, building.lat), plane)
    return in_metres(shapely.Polygon([spot[:2] for spot in spots]), plane)
