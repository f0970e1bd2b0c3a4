"""The sketch map of a grid card: outline, buildings with their names, roads and water around, as SVG in metres."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, radians
from statistics import median
from typing import Any

from shapely.geometry import LineString, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from wangge.places.models import Area, BaseMap, Building

METRES = 111_320.0
ROOM = 0.06  # of the grid's size, free at each edge
SMALLEST = 60.0  # metres across, for the sketch of a single house
WATER = ("river", "water", "lake", "canal")
ROADS = ("road", "lane", "bridge")


@dataclass(frozen=True)
class Label:
    """A name in the drawing."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class House:
    """A building as an SVG path; `is_here` marks the one the sheet hangs at."""

    path: str
    is_here: bool


@dataclass
class Sketch:
    """Everything the template draws; lengths in metres, y to the south."""

    width: float
    height: float
    outline: str = ""
    water: list[str] = field(default_factory=list)
    green: list[str] = field(default_factory=list)
    roads: list[str] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    names: list[Label] = field(default_factory=list)
    streets: list[Label] = field(default_factory=list)
    letter: float = 0

    @property
    def stroke(self) -> float:
        """The width of the outline; roads and walls are drawn in proportion to it."""
        return round(self.width / 300, 2)

    @property
    def road(self) -> float:
        return round(self.stroke * 3, 2)

    @property
    def casing(self) -> float:
        return round(self.stroke * 4, 2)

    @property
    def wall(self) -> float:
        return round(self.stroke / 2, 2)


class Plane:
    """Degrees to metres around the grid, in a window of the wanted shape (width : height)."""

    def __init__(self, bounds: tuple[float, float, float, float], shape_of: float) -> None:
        west, south, east, north = bounds
        self.narrow = METRES * cos(radians((south + north) / 2))
        across, down = (east - west) * self.narrow, (north - south) * METRES
        across, down = (max(span * (1 + 2 * ROOM), SMALLEST) for span in (across, down))
        self.width, self.height = max(across, down * shape_of), max(down, across / shape_of)
        self.west = (west + east) / 2 - self.width / self.narrow / 2
        self.north = (south + north) / 2 + self.height / METRES / 2
        east_edge, south_edge = self.west + self.width / self.narrow, self.north - self.height / METRES
        self.window = box(self.west, south_edge, east_edge, self.north)

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        return round((lon - self.west) * self.narrow, 1), round((self.north - lat) * METRES, 1)

    def path(self, geometry: BaseGeometry) -> str:
        """The geometry as an SVG path."""
        if isinstance(geometry, Polygon):
            return "".join(self._line(ring.coords) + "z" for ring in (geometry.exterior, *geometry.interiors))
        if isinstance(geometry, LineString):
            return self._line(geometry.coords)
        return "".join(self.path(part) for part in getattr(geometry, "geoms", ()))

    def _line(self, coordinates: Any) -> str:
        return "M" + "L".join("{:g} {:g}".format(*self.spot(x, y)) for x, y, *_ in coordinates)


def of_grid(area: Area, *, shape_of: float, here: Building | None = None) -> Sketch | None:
    """The sketch of a grid in a window of the wanted shape; None where there is nothing to draw."""
    buildings = list(Building.objects.filter(grid_id=area.pk).order_by("order"))
    outline = shape(area.outline) if area.outline else None
    parts = [outline] if outline is not None else [_footprint(each) for each in buildings]
    if not parts:
        return None
    bounds = [part.bounds for part in parts]
    plane = Plane(
        (min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)),
        shape_of,
    )
    sketch = Sketch(round(plane.width, 1), round(plane.height, 1), plane.path(outline) if outline is not None else "")
    _ground(sketch, plane)
    _houses(sketch, plane, buildings, here)
    return sketch


def _footprint(building: Building) -> Polygon:
    ring = building.footprint
    return Polygon(ring[0] if ring and isinstance(ring[0][0], list) else ring)


def _ground(sketch: Sketch, plane: Plane) -> None:
    """Water, green and roads that lie in the window, roads with their names once each."""
    named: set[str] = set()
    for held in BaseMap.objects.order_by("pk"):
        seen = shape(held.geometry).intersection(plane.window)
        if seen.is_empty:
            continue
        if held.kind in ROADS:
            sketch.roads.append(plane.path(seen))
        elif held.kind in WATER:
            sketch.water.append(plane.path(seen))
        else:
            sketch.green.append(plane.path(seen))
        if held.name and held.name not in named and held.kind not in ("lane", "bridge"):
            named.add(held.name)
            middle = seen.interpolate(0.5, normalized=True) if held.kind in ROADS else seen.representative_point()
            sketch.streets.append(Label(*plane.spot(middle.x, middle.y), held.name))


def _houses(sketch: Sketch, plane: Plane, buildings: list[Building], here: Building | None) -> None:
    """Footprints, and as many names as stand beside each other without touching."""
    drawn = [(each, _footprint(each)) for each in buildings]
    sketch.houses = [House(plane.path(ground), here is not None and each.pk == here.pk) for each, ground in drawn]
    if not drawn:
        return
    wide = median((g.bounds[2] - g.bounds[0]) * plane.narrow for _each, g in drawn)
    sketch.letter = round(min(max(wide / 3, plane.width / 60), plane.width / 28), 1)
    taken: list[BaseGeometry] = []
    for each, ground in sorted(drawn, key=lambda pair: here is None or pair[0].pk != here.pk):
        x, y = plane.spot(ground.centroid.x, ground.centroid.y)
        half = sketch.letter * len(each.name) * 0.36
        room = box(x - half, y - sketch.letter * 0.6, x + half, y + sketch.letter * 0.6)
        if not any(room.intersects(other) for other in taken):
            taken.append(room)
            sketch.names.append(Label(x, round(y + sketch.letter * 0.35, 1), each.name))
    sketch.streets = list(_readable(sketch, taken))


def _readable(sketch: Sketch, taken: list[BaseGeometry]) -> Iterator[Label]:
    """Names of streets that lie whole in the drawing and touch no other name."""
    whole = box(0, 0, sketch.width, sketch.height)
    for street in sketch.streets:
        half = sketch.letter * len(street.text) * 0.5
        room = box(street.x - half, street.y - sketch.letter, street.x + half, street.y + sketch.letter * 0.3)
        if room.within(whole) and not any(room.intersects(other) for other in taken):
            taken.append(room)
            yield street
