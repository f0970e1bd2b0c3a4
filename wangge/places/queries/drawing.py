"""Areas, grids and buildings as GeoJSON for maps: the public register, rounded, bounded in number and bytes."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from shapely import STRtree
from shapely.geometry import shape

from wangge.access.context import reach_version
from wangge.places.models import Area, Building

DECIMALS = 6  # about ten centimetres
MOST_BUILDINGS = 7_000
MOST_BYTES = 1_500_000
LARGEST = 0.03  # square degrees: what a wide screen shows at the scale from which buildings are drawn, with room
TINTS = 5
KEPT = 300  # seconds
Feature = dict[str, Any]


class TooMuch(ValueError):
    """The piece of the map holds more than a page can draw: look closer."""


@dataclass(frozen=True)
class Box:
    """A piece of the map in degrees (WGS84)."""

    west: float
    south: float
    east: float
    north: float

    @property
    def size(self) -> float:
        return (self.east - self.west) * (self.north - self.south)

    def __str__(self) -> str:
        return f"{self.west:.5f},{self.south:.5f},{self.east:.5f},{self.north:.5f}"


def box_of(text: str) -> Box:
    """Read `west,south,east,north`. Raises ValueError."""
    if len(text) > 200:
        raise ValueError("too long")
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("west is not west of east, or south not south of north")
    return Box(west, south, east, north)


def collection(features: list[Feature]) -> Feature:
    return {"type": "FeatureCollection", "features": features}


def feature(row: int | str, geometry: Feature, **properties: Any) -> Feature:
    return {"type": "Feature", "id": row, "geometry": geometry, "properties": {"id": row, **properties}}


def rounded(part: Any) -> Any:
    """Coordinates of any depth, rounded."""
    return [rounded(one) for one in part] if isinstance(part, list) else round(part, DECIMALS)


def outline(held: Feature) -> Feature:
    return {"type": held["type"], "coordinates": rounded(held["coordinates"])}


def footprint(ring: list[list[float]]) -> Feature:
    """A ring of points as a polygon, closed where it was left open."""
    points = rounded(ring)
    return {"type": "Polygon", "coordinates": [points if points[0] == points[-1] else [*points, points[0]]]}


def areas() -> list[Feature]:
    """Towns and communities with their names."""
    key = f"places.drawing.areas.{reach_version()}"
    found: list[Feature] | None = cache.get(key)
    if found is None:
        rows = Area.objects.filter(valid_to__isnull=True, outline__isnull=False).exclude(level="grid")
        found = [feature(a.pk, outline(a.outline or {}), name=a.name, level=a.level) for a in rows.order_by("pk")]
        cache.set(key, found, KEPT)
    return found


def grids() -> list[Feature]:
    """Grids with a tint by which neighbours differ and which means nothing else."""
    key = f"places.drawing.grids.{reach_version()}"
    found: list[Feature] | None = cache.get(key)
    if found is None:
        rows = list(Area.objects.filter(valid_to__isnull=True, outline__isnull=False, level="grid").order_by("pk"))
        tints = tints_of([row.outline or {} for row in rows])
        found = [
            feature(row.pk, outline(row.outline or {}), name=row.name, tint=tint)
            for row, tint in zip(rows, tints, strict=True)
        ]
        cache.set(key, found, KEPT)
    return found


def tints_of(outlines: list[Feature]) -> list[int]:
    """A tint per outline, the least its earlier neighbours have not taken; the same input gives the same tints."""
    shapes = [shape(held) for held in outlines]
    tree = STRtree(shapes)
    tints: list[int] = []
    for at, drawn in enumerate(shapes):
        near = {int(n) for n in tree.query(drawn, predicate="dwithin", distance=0.0005) if n < at}
        taken = {tints[n] for n in near}
        tints.append(next((tint for tint in range(TINTS) if tint not in taken), at % TINTS))
    return tints


def buildings(box: Box) -> str:
    """The GeoJSON text of the buildings in a piece of the map. Raises TooMuch."""
    if box.size > LARGEST:
        raise TooMuch("box")
    rows = Building.objects.filter(
        lon__gte=box.west, lon__lte=box.east, lat__gte=box.south, lat__lte=box.north
    ).order_by("pk")
    found = list(rows.values_list("pk", "name", "footprint")[: MOST_BUILDINGS + 1])
    if len(found) > MOST_BUILDINGS:
        raise TooMuch("buildings")
    drawn = [feature(pk, footprint(ring), name=name) for pk, name, ring in found]
    text = json.dumps(collection(drawn), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > MOST_BYTES:
        raise TooMuch("bytes")
    return text


def extent(features: list[Feature]) -> Box | None:
    """The smallest box round all features."""
    if not features:
        return None
    bounds = [shape(one["geometry"]).bounds for one in features]
    return Box(
        min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)
    )
