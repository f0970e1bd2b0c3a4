"""A small drawing of the place: the buildings of the grid around it, in metres, north up."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from wangge.cases.models import Case
from wangge.places.models import Building

METRES = 111_320.0
WIDE, HIGH = 150.0, 62.0  # metres to each side of the place


@dataclass(frozen=True)
class Shape:
    """A footprint as the points of an SVG polygon."""

    points: str
    is_here: bool


@dataclass(frozen=True)
class Sketch:
    """The drawing: a view box around the place, which lies at 0 0."""

    box: str
    shapes: list[Shape]


def around(case: Case) -> Sketch | None:
    """The drawing for a case; None when the place has no point."""
    if case.lon is None or case.lat is None:
        return None
    lon, lat, narrow = case.lon, case.lat, cos(radians(case.lat))
    east, north = WIDE / METRES / narrow, HIGH / METRES
    near = Building.objects.filter(
        grid_id=case.area_id, lon__range=(lon - east, lon + east), lat__range=(lat - north, lat + north)
    )
    shapes = []
    for pk, ring in near.values_list("pk", "footprint"):
        points = (f"{(x - lon) * METRES * narrow:.1f},{(lat - y) * METRES:.1f}" for x, y in _outer(ring))
        shapes.append(Shape(" ".join(points), pk == case.building_id))
    return Sketch(f"{-WIDE:g} {-HIGH:g} {2 * WIDE:g} {2 * HIGH:g}", shapes)


def _outer(ring: Any) -> list[tuple[float, float]]:
    """The outer ring, given as points or as GeoJSON coordinates of a polygon."""
    points = ring[0] if ring and isinstance(ring[0][0], list) else ring
    return [(float(point[0]), float(point[1])) for point in points]
