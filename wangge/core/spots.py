"""A place written as two coordinates, in the many ways people copy them: which is longitude, which latitude."""

import re
import unicodedata
from dataclasses import dataclass

HALF = re.compile(
    r"""(?P<before>[NSEW]|北纬|南纬|东经|西经)?\s*[::]?\s*
        (?P<degrees>[-+]?\d{1,3}(?:\.\d{1,12})?)\s*[°º度]?\s*
        (?:(?P<minutes>\d{1,2}(?:\.\d{1,10})?)\s*['′分’]\s*)?
        (?:(?P<seconds>\d{1,2}(?:\.\d{1,8})?)\s*(?:["″秒”]|''|′′)\s*)?
        (?P<after>[NSEW])?""",
    re.VERBOSE,
)
PARTED = re.compile(r"\s*[,;、/]\s*|\s+")
SOUTH_WEST = ("S", "W", "南纬", "西经")
LATITUDES, LONGITUDES = ("N", "S", "北纬", "南纬"), ("E", "W", "东经", "西经")
STEEPEST, WIDEST = 90.0, 180.0
UNITS = tuple("°º度′'分’″\"秒”")
PRECISE = re.compile(r"\.\d|[°º度]")


@dataclass(frozen=True)
class Spot:
    """A point in degrees."""

    lon: float
    lat: float


@dataclass(frozen=True)
class Half:
    """One of the two coordinates; `axis` is lon, lat, or empty where nothing says so."""

    value: float
    axis: str


def spot_of(text: str) -> Spot | None:
    """Return the point a text names, or None when it is something else.

    Without a sign of its own the pair is read as latitude and longitude, unless only the other order is possible or
    (as everywhere in China) the first is the greater: then it is longitude and latitude.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    first = HALF.match(plain)
    if first is None or not PRECISE.search(plain):
        return None
    end = first.start() + len(first[0].rstrip())
    gap = PARTED.match(plain, end)
    second = HALF.fullmatch(plain, gap.end() if gap else end)
    if second is None or (gap is None and not (first["after"] or second["before"] or first[0].rstrip()[-1:] in UNITS)):
        return None
    return _paired(_half(first), _half(second))


def _half(found: re.Match[str]) -> Half:
    sign = found["before"] or found["after"] or ""
    value = abs(float(found["degrees"])) + float(found["minutes"] or 0) / 60 + float(found["seconds"] or 0) / 3600
    is_negative = found["degrees"].startswith("-") or sign in SOUTH_WEST
    axis = "lat" if sign in LATITUDES else "lon" if sign in LONGITUDES else ""
    return Half(-value if is_negative else value, axis)


def _paired(first: Half, second: Half) -> Spot | None:
    axes = {first.axis, second.axis} - {""}
    if first.axis and first.axis == second.axis:
        return None
    lon_first = first.axis == "lon" or second.axis == "lat" if axes else abs(first.value) > abs(second.value)
    lon, lat = (first.value, second.value) if lon_first else (second.value, first.value)
    return Spot(lon, lat) if abs(lat) <= STEEPEST and abs(lon) <= WIDEST else None
