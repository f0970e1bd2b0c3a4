"""A dedicated grid as a drawing: its outline, the houses on it and round it, the grids beside it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from shapely import make_valid
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from wangge.places.models import Area, Building
from wangge.places.queries.outlines import Outline
from wangge.places.queries.premises import households, houses, standing
from wangge.places.queries.sketch import Plane
from wangge.places.words import GridKind

SHAPE = 1.6  # width to height
BESIDE = 0.0012  # degrees round an outline that are shown as well, about 120 metres
MOST_NAMES = 60


@dataclass(frozen=True)
class Mark:
    """A shape with its name and where that stands; `look` is home, bare or picked."""

    path: str
    name: str
    x: float
    y: float
    look: str = ""


@dataclass
class Drawing:
    """Lengths in metres, y to the south."""

    width: float
    height: float
    edge: str = ""
    general: list[str] = field(default_factory=list)
    dedicated: list[Mark] = field(default_factory=list)
    houses: list[Mark] = field(default_factory=list)
    outline: str = ""
    is_named: bool = False

    @property
    def letter(self) -> float:
        return round(self.width / 45, 1)

    @property
    def stroke(self) -> float:
        """The width of a border; walls are thinner, dots and gaps measured by it."""
        return round(self.width / 350, 2)

    @property
    def wall(self) -> float:
        return round(self.stroke / 2, 2)

    @property
    def dots(self) -> str:
        return f"{self.stroke:g} {2 * self.stroke:g}"


def drawn(community: Area, outline: Outline | None = None, picked: Collection[int] = ()) -> Drawing | None:
    """The community, or where an outline is given what lies round that; None where nothing is known to draw."""
    held = list(houses(community.pk)) + list(Building.objects.filter(pk__in=picked).select_related("compound"))
    own = {one.pk: one for one in held}
    around = make_valid(shape(community.outline)) if community.outline else None
    inside = make_valid(shape(outline)) if outline else None
    seen = inside.buffer(BESIDE) if inside is not None else around
    bounds = seen.bounds if seen is not None else _round(list(own.values()))
    if bounds is None:
        return None
    plane = Plane(bounds, SHAPE)
    found = Drawing(round(plane.width, 1), round(plane.height, 1))
    found.edge = plane.path(around.intersection(plane.window)) if around is not None else ""
    found.outline = plane.path(inside) if inside is not None else ""
    _grids(found, plane, community)
    homes = households(community.pk)
    shown = [(one, ground) for one in own.values() if (ground := _ground(one)).intersects(plane.window)]
    for one, ground in shown:
        look = "picked" if one.pk in picked else "home" if homes.get(one.pk) else "bare"
        found.houses.append(_mark(plane, ground, one.name, look))
    found.is_named = sum(mark.look != "home" for mark in found.houses) <= MOST_NAMES
    return found


def _grids(found: Drawing, plane: Plane, community: Area) -> None:
    general = Area.objects.filter(parent=community, valid_to__isnull=True, grid__kind=GridKind.GENERAL)
    for outline in general.values_list("outline", flat=True):
        if outline:
            found.general.append(plane.path(make_valid(shape(outline)).intersection(plane.window)))
    for grid in standing([community.pk]).defer(None):
        seen = make_valid(shape(grid.area.outline)).intersection(plane.window) if grid.area.outline else None
        if seen is not None and not seen.is_empty:
            found.dedicated.append(_mark(plane, seen, grid.area.name, ""))


def _mark(plane: Plane, ground: BaseGeometry, name: str, look: str) -> Mark:
    spot = ground.representative_point()
    return Mark(plane.path(ground), name, *plane.spot(spot.x, spot.y), look)


def _ground(one: Building) -> BaseGeometry:
    rings = one.footprint
    spots = rings[0] if rings and isinstance(rings[0][0], list) else rings
    return Polygon(spots) if len(spots) >= 3 else Point(one.lon, one.lat).buffer(0.00005, quad_segs=2)


def _round(found: list[Building]) -> tuple[float, float, float, float] | None:
    lon, lat = [one.lon for one in found], [one.lat for one in found]
    return (min(lon), min(lat), max(lon), max(lat)) if found else None
