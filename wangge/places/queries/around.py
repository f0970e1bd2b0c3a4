"""What lies at a point: the areas it is in and the nearest buildings."""

from functools import lru_cache
from math import cos, hypot, radians
from typing import NamedTuple

from django.db import connection
from shapely import STRtree
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from wangge.core.spots import Spot
from wangge.places.models import Area, Grid
from wangge.places.queries.finding import Cursor, Hit
from wangge.places.queries.register import Register, Stamp, stamp
from wangge.places.words import Kind, Level

METRES = 111_320.0
NEAREST, LOOKED_AT, FAR = 5, 30, 2_000.0

NEAR = """
select b.id, b.name, c.name, b.grid_id, b.token, b.lon, b.lat from places_building b
  left join places_compound c on c.id = b.compound_id
 order by point(b.lon, b.lat) <-> point(%s, %s) limit %s
"""


class Outlines(NamedTuple):
    """The outlines of all areas in force, as a tree to ask."""

    ids: list[int]
    shapes: list[BaseGeometry]
    tree: STRtree


@lru_cache(maxsize=1)
def _outlines(_: Stamp) -> Outlines:
    """Read when the first point is asked about, and again when places have changed."""
    rows = Area.objects.filter(valid_to__isnull=True, outline__isnull=False).values_list("id", "outline")
    found = [(pk, shape(outline)) for pk, outline in rows if outline is not None]
    return Outlines([pk for pk, _ in found], [each for _, each in found], STRtree([each for _, each in found]))


def areas_at(spot: Spot, register: Register) -> list[Hit]:
    """The areas whose outlines hold the point, the smallest first."""
    held = _outlines(stamp())
    inside = [held.ids[place] for place in held.tree.query(Point(spot.lon, spot.lat), predicate="intersects")]
    ordered = sorted(inside, key=lambda area: (-len(register.path(area)), area))
    tokens = dict(Grid.objects.filter(area__in=inside).values_list("area_id", "token")) if inside else {}
    return [
        Hit(_kind(node.level), area, node.name, node.parent, Cursor(0, order, area), "spot",
            token=tokens.get(area, ""), lon=spot.lon, lat=spot.lat)
        for order, area in enumerate(ordered)
        if (node := register.tree.get(area))
    ]  # fmt: skip


def _kind(level: str) -> str:
    return Kind.GRID if level == Level.GRID else Kind.AREA


def buildings_near(spot: Spot) -> list[Hit]:
    """The nearest buildings within two kilometres, with their distance in metres."""
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [spot.lon, spot.lat, LOOKED_AT])
        rows = cursor.fetchall()
    found = []
    for pk, name, compound, grid, token, lon, lat in rows:
        east = (lon - spot.lon) * cos(radians(spot.lat))
        metres = round(hypot(east, lat - spot.lat) * METRES)
        called = f"{compound} {name}" if compound else name
        place = Cursor(1, metres, pk)
        found.append(Hit(Kind.BUILDING, pk, called, grid, place, "near", token=token, lon=lon, lat=lat, metres=metres))
    return sorted((hit for hit in found if (hit.metres or 0) <= FAR), key=lambda hit: hit.cursor)[:NEAREST]
