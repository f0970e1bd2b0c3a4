"""The areas of a map as SVG paths, in a drawing 1,000 wide, north up; drawn once in five minutes for an area."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.core.cache import cache
from django.db import connection
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wangge.places.models import Area

WIDE, HIGHEST = 1000.0, 900.0
FINE = 0.7  # a corner that lies nearer than this to the line is left out
KEPT = 300


@dataclass(frozen=True)
class Shape:
    """An area as a path, and where its name may stand."""

    id: int
    name: str
    path: str
    x: float
    y: float
    wide: float


@dataclass(frozen=True)
class Drawing:
    """The areas, the lines of those between them and the whole, and the size of the sheet."""

    high: float
    shapes: tuple[Shape, ...]
    lines: tuple[Shape, ...]


def drawing(area: int, parts: list[int], branches: list[int]) -> Drawing | None:
    """The parts of an area with the lines of its branches; None where no outline is known."""
    key = f"insight.drawing.{connection.settings_dict['NAME']}.{area}.{hash((*parts, *branches))}"
    found: Drawing | None = cache.get(key)
    if found is None:
        rows = Area.objects.filter(pk__in={*parts, *branches}, outline__isnull=False)
        held = {pk: (name, outline) for pk, name, outline in rows.values_list("pk", "name", "outline")}
        found = _drawn(held, parts, branches) if any(part in held for part in parts) else None
        cache.set(key, found, KEPT)
    return found


def _drawn(held: dict[int, tuple[str, Any]], parts: list[int], branches: list[int]) -> Drawing:
    bounds = [shape(outline).bounds for _name, outline in held.values()]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    narrow = cos(radians((south + north) / 2))
    scale = min(WIDE / ((east - west) * narrow), HIGHEST / (north - south))
    left = (WIDE - (east - west) * narrow * scale) / 2

    def drawn(pk: int) -> Shape:
        name, outline = held[pk]
        ground = shape(outline).simplify(FINE / scale)
        rings = [
            "".join("M" + "L".join(f"{left + (x - west) * narrow * scale:.0f} {(north - y) * scale:.0f}"
                                   for x, y, *_ in ring.coords) + "Z" for ring in (part.exterior, *part.interiors))
            for part in _polygons(ground)
        ]  # fmt: skip
        middle = ground.representative_point()
        wide = (ground.bounds[2] - ground.bounds[0]) * narrow * scale
        return Shape(pk, name, "".join(rings), round(left + (middle.x - west) * narrow * scale),
                     round((north - middle.y) * scale), round(wide))  # fmt: skip

    return Drawing(
        round((north - south) * scale), tuple(drawn(pk) for pk in parts if pk in held),
        tuple(drawn(pk) for pk in branches if pk in held and pk not in parts),
    )  # fmt: skip


def _polygons(ground: BaseGeometry) -> list[Any]:
    return [part for part in getattr(ground, "geoms", [ground]) if part.geom_type == "Polygon"]
