"""Systems of coordinates a Chinese list may be in, and the way from each to WGS84 longitude and latitude."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import median

from pyproj import Transformer

from wangge.core.geometry import Box

Spot = tuple[float, float]
_A, _EE = 6378245.0, 0.00669342162296594323  # Krassowsky 1940, on which GCJ-02 was made
_X = math.pi * 3000.0 / 180.0
_CHINA = Box(72.004, 0.8293, 137.8347, 55.8271)  # where GCJ-02 shifts; everywhere else it is WGS84
_ZONES = range(25, 46)
"""3° zones of China: number 25 has its middle at 75° E, number 45 at 135° E."""
EARTH = 6_371_008.8


class Kind(StrEnum):
    """The systems."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    CGCS2000 = "cgcs2000"
    GAUSS = "gauss3"
    LOCAL = "local"


class BadSystem(ValueError):
    """A system that cannot be used: `rule` is meridian, zone, few_points, same_points or one_line."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Known:
    """A point known in a local system and in WGS84."""

    x: float
    y: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class System:
    """A system and what it needs: `meridian` where the zone is not in the numbers, `known` points of a local one.

    `north_first` says that the first number counts to the north, as surveyors write it (x = north, y = east), or that
    latitude stands in the column of longitude.
    """

    kind: Kind = Kind.WGS84
    meridian: int | None = None
    north_first: bool = False
    known: tuple[Known, ...] = ()
    affine: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """How well a system fits: the share of points it puts inside the county, and whether the columns are swapped."""

    kind: Kind
    inside: float
    north_first: bool
    meridian: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A local system fitted to its known points: the residual of each in metres, and their root mean square."""

    place: Callable[[float, float], Spot]
    residuals: tuple[float, ...]
    rms: float


def metres(a: Spot, b: Spot) -> float:
    """Return the distance between two positions (longitude, latitude) in metres, along the sphere."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def gcj_of_wgs(lon: float, lat: float) -> Spot:
    """Return GCJ-02 (火星坐标) from WGS84; outside China nothing changes."""
    if not _CHINA.holds(lon, lat):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    wave = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    south = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    south += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    south += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    radians = math.radians(lat)
    magic = 1 - _EE * math.sin(radians) ** 2
    root = math.sqrt(magic)
    return (
        lon + east * 180.0 / (_A / root * math.cos(radians) * math.pi),
        lat + south * 180.0 / (_A * (1 - _EE) / (magic * root) * math.pi),
    )


def bd_of_gcj(lon: float, lat: float) -> Spot:
    """Return BD-09 (百度坐标) from GCJ-02."""
    z = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _X)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _X)
    return z * math.cos(angle) + 0.0065, z * math.sin(angle) + 0.006


def bd_of_wgs(lon: float, lat: float) -> Spot:
    """Return BD-09 from WGS84; outside China nothing changes."""
    return bd_of_gcj(*gcj_of_wgs(lon, lat)) if _CHINA.holds(lon, lat) else (lon, lat)


def _turned_back(there: Callable[[float, float], Spot], lon: float, lat: float) -> Spot:
    """Undo a small shift by going back what it goes too far, until nothing is left (below 1e-10 degree)."""
    x, y = lon, lat
    for _ in range(50):
        far_x, far_y = there(x, y)
        x, y = x - (far_x - lon), y - (far_y - lat)
        if abs(far_x - lon) < 1e-10 and abs(far_y - lat) < 1e-10:
            break
    return x, y


def wgs_of_gcj(lon: float, lat: float) -> Spot:
    """Return WGS84 from GCJ-02, right to less than 1e-6 degree; outside China nothing changes."""
    return _turned_back(gcj_of_wgs, lon, lat) if _CHINA.holds(lon, lat) else (lon, lat)


def wgs_of_bd(lon: float, lat: float) -> Spot:
    """Return WGS84 from BD-09, right to less than 1e-6 degree; outside China nothing changes."""
    return wgs_of_gcj(*_turned_back(bd_of_gcj, lon, lat)) if _CHINA.holds(lon, lat) else (lon, lat)


@lru_cache(maxsize=64)
def _gauss(zone: int, *, numbered: bool) -> Transformer:
    """CGCS2000 / 3-degree Gauss-Krüger: EPSG 4513 to 4533 with the zone in the numbers, 4534 to 4554 without."""
    return Transformer.from_crs(4488 + zone if numbered else 4509 + zone, 4326, always_xy=True)


def _zone(meridian: int | None) -> int:
    if meridian is None or meridian % 3 or meridian // 3 not in _ZONES:
        raise BadSystem("meridian")
    return meridian // 3


def wgs_of_gauss(east: float, north: float, meridian: int | None = None) -> Spot:
    """Return WGS84 from 3° Gauss-Krüger metres; the zone is read from the easting (40 551 234) or its meridian given.

    CGCS2000 and WGS84 are the same to less than a decimetre, which is taken as none. Raises BadSystem.
    """
    numbered = east >= 1_000_000
    zone = int(east // 1_000_000) if numbered else _zone(meridian)
    if zone not in _ZONES:
        raise BadSystem("zone")
    lon, lat = _gauss(zone, numbered=numbered).transform(east, north)
    return float(lon), float(lat)


def fit(known: Sequence[Known], *, north_first: bool = False, affine: bool = False) -> Fit:
    """Fit a local system: turned, scaled and moved by 2 points or more; skewed too (affine) by 3 or more.

    Raises BadSystem: few_points, same_points, one_line.
    """
    if len(known) < (3 if affine else 2):
        raise BadSystem("few_points")
    middle = (sum(p.lon for p in known) / len(known), sum(p.lat for p in known) / len(known))
    plane = Transformer.from_crs(
        4326, f"+proj=aeqd +lat_0={middle[1]} +lon_0={middle[0]} +datum=WGS84 +units=m", always_xy=True
    )
    source = [(p.y, p.x) if north_first else (p.x, p.y) for p in known]
    target = [tuple(map(float, plane.transform(p.lon, p.lat))) for p in known]
    centre = (sum(x for x, _ in source) / len(known), sum(y for _, y in source) / len(known))
    flat = [(x - centre[0], y - centre[1]) for x, y in source]
    solve = _affine if affine else _similarity
    a, b, c, d, e, f = solve(flat, [(u, v) for u, v in target])

    def on_plane(x: float, y: float) -> Spot:
        x, y = (y, x) if north_first else (x, y)
        x, y = x - centre[0], y - centre[1]
        return a * x + b * y + c, d * x + e * y + f

    def place(x: float, y: float) -> Spot:
        lon, lat = plane.transform(*on_plane(x, y), direction="INVERSE")
        return float(lon), float(lat)

    off = tuple(math.dist(on_plane(p.x, p.y), (u, v)) for p, (u, v) in zip(known, target, strict=True))
    return Fit(place, off, math.sqrt(sum(one * one for one in off) / len(off)))


Six = tuple[float, float, float, float, float, float]


def _similarity(source: Sequence[Spot], target: Sequence[Spot]) -> Six:
    """Least squares with complex numbers: w = m·z + t, where z is centred already."""
    here = [complex(x, y) for x, y in source]
    there = [complex(u, v) for u, v in target]
    spread = sum(abs(z) ** 2 for z in here)
    if spread < 1e-6:
        raise BadSystem("same_points")
    move = sum(there) / len(there)
    turn = sum(z.conjugate() * (w - move) for z, w in zip(here, there, strict=True)) / spread
    return turn.real, -turn.imag, move.real, turn.imag, turn.real, move.imag


def _affine(source: Sequence[Spot], target: Sequence[Spot]) -> Six:
    """Least squares by the two normal equations of centred points."""
    xx, yy, xy = sum(x * x for x, _ in source), sum(y * y for _, y in source), sum(x * y for x, y in source)
    apart = xx * yy - xy * xy
    if apart < 1e-9 * (xx + yy) ** 2 or xx + yy < 1e-6:
        raise BadSystem("one_line")

    def row(values: Sequence[float]) -> tuple[float, float, float]:
        mean = sum(values) / len(values)
        xv = sum(x * (v - mean) for (x, _), v in zip(source, values, strict=True))
        yv = sum(y * (v - mean) for (_, y), v in zip(source, values, strict=True))
        return (xv * yy - yv * xy) / apart, (yv * xx - xv * xy) / apart, mean

    return *row([u for u, _ in target]), *row([v for _, v in target])


def converter(system: System) -> Callable[[float, float], Spot]:
    """Return the function from the two numbers of a row to WGS84. Raises BadSystem when the system lacks something."""
    match system.kind:
        case Kind.LOCAL:
            return fit(system.known, north_first=system.north_first, affine=system.affine).place
        case Kind.GAUSS:
            if system.meridian is not None:
                _zone(system.meridian)
            change: Callable[[float, float], Spot] = lambda x, y: wgs_of_gauss(x, y, system.meridian)  # noqa: E731 - three of a kind
        case Kind.GCJ02:
            change = wgs_of_gcj
        case Kind.BD09:
            change = wgs_of_bd
        case _:
            change = _unchanged
    return (lambda x, y: change(y, x)) if system.north_first else change


def _unchanged(lon: float, lat: float) -> Spot:
    return lon, lat


def guess(pairs: Iterable[Spot], county: Box) -> tuple[Guess, ...]:
    """Return the systems that put points inside the county, the best first; of equals the one with the smaller shift.

    WGS84, GCJ-02 and BD-09 lie some hundred metres apart: a county's box alone cannot tell them apart (`shift` can).
    """
    spots = list(pairs)[:500]
    if not spots:
        return ()
    found = [one for system in _candidates(spots, county) if (one := _judged(system, spots, county)).inside > 0]
    return tuple(sorted(found, key=lambda one: -one.inside))


def _candidates(spots: Sequence[Spot], county: Box) -> Iterable[System]:
    degrees = sum(abs(x) <= 180 and abs(y) <= 180 for x, y in spots) * 2 >= len(spots)
    middle = round((county.west + county.east) / 6) * 3
    for swapped in (False, True):
        if degrees:
            for kind in (Kind.WGS84, Kind.GCJ02, Kind.BD09):
                yield System(kind, north_first=swapped)
        else:
            for meridian in (middle, middle - 3, middle + 3):
                yield System(Kind.GAUSS, meridian, north_first=swapped)


def _judged(system: System, spots: Sequence[Spot], county: Box) -> Guess:
    change, inside = converter(system), 0
    for x, y in spots:
        try:
            lon, lat = change(x, y)
        except BadSystem:
            continue
        inside += math.isfinite(lon) and math.isfinite(lat) and county.holds(lon, lat)
    return Guess(system.kind, inside / len(spots), system.north_first, system.meridian)


def shift(pairs: Iterable[tuple[Spot, Spot]], system: System) -> float:
    """Return the middle distance in metres between converted points and where the same places are known to be.

    The pairs are (numbers of the row, known longitude and latitude), at least one.
    """
    change = converter(system)
    return median(metres(change(*given), known) for given, known in pairs)
