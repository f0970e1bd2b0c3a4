"""The preview's map: the rows as points over our own base map, as numbers for an SVG in metres."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from wangge.core.coordinates import Spot
from wangge.exchange.importer import Ground

METRES = 111_320.0
ROOM = 0.3
WIDE = 1000.0
ORDER = ("same", "new", "changed", "doubtful", "faulty")


@dataclass(frozen=True)
class Drawing:
    """What the template draws: paths by kind, points by fate, in a window of WIDE units across."""

    width: float
    height: float
    ground: tuple[tuple[str, str], ...]
    points: tuple[tuple[float, float, str], ...]
    outside: int


def draw(points: Sequence[tuple[float, float, str]], ground: Iterable[Ground]) -> Drawing | None:
    """The middle of the points with what lies there; what is far off is counted, not drawn."""
    if not points:
        return None
    west, east = _window([lon for lon, _, _ in points])
    south, north = _window([lat for _, lat, _ in points])
    narrow = METRES * cos(radians((south + north) / 2))
    scale = WIDE / max((east - west) * narrow, 1.0)
    height = round(min(max((north - south) * METRES * scale, WIDE * 0.4), WIDE * 1.2), 1)

    def spot(place: Spot) -> Spot:
        return round((place[0] - west) * narrow * scale, 1), round((north - place[1]) * METRES * scale, 1)

    inside = [(lon, lat, fate) for lon, lat, fate in points if west <= lon <= east and south <= lat <= north]
    drawn = sorted(((*spot((lon, lat)), fate) for lon, lat, fate in inside), key=lambda one: ORDER.index(one[2]))
    paths = tuple((one.kind, _path(one, spot)) for one in ground if _touches(one, (west, south, east, north)))
    return Drawing(WIDE, height, paths, tuple(drawn), len(points) - len(inside))


def _window(values: list[float]) -> Spot:
    """The middle nine tenths with as much room again: a point a thousand kilometres off must not shrink the rest."""
    held = sorted(values)
    low, high = held[int(len(held) * 0.05)], held[int((len(held) - 1) * 0.95)]
    room = max((high - low) * ROOM, 0.002)
    return low - room, high + room


def _path(one: Ground, spot: object) -> str:
    assert callable(spot)
    lines = ["M" + "L".join("{:g} {:g}".format(*spot(place)) for place in ring) for ring in one.rings]
    return ("z" if one.is_closed else "").join(lines) + ("z" if one.is_closed else "")


def _touches(one: Ground, window: tuple[float, float, float, float]) -> bool:
    west, south, east, north = window
    xs = [x for ring in one.rings for x, _ in ring]
    ys = [y for ring in one.rings for _, y in ring]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south
