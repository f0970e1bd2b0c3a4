"""A look at geometry from outside before any library touches it: small, flat, finite, inside the box (trust row 21)."""

import json
import math
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_VERTICES = 10_000
MAX_BYTES = 2_000_000
MAX_DEPTH = 4
_DEPTH_OF = {"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}
_WKB_TYPES = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
}
_SRID_FLAG = 0x20000000


class Rule(StrEnum):
    """The rules a geometry can break."""

    SIZE = "size"  # more bytes than MAX_BYTES
    FORMAT = "format"  # not JSON or WKB at all, or bytes missing or left over
    TYPE = "type"  # none of the six plain types
    COLLECTION = "collection"  # a GeometryCollection
    DEPTH = "depth"  # nested deeper than its type allows
    SHAPE = "shape"  # not as flat lists of positions; empty; too few positions; an open ring
    VERTICES = "vertices"  # more positions than MAX_VERTICES
    FINITE = "finite"  # a coordinate is no finite number
    OUTSIDE = "outside"  # a position lies outside the box


class BadGeometry(ValueError):
    """A geometry that breaks `rule`."""

    def __init__(self, rule: Rule, detail: str) -> None:
        super().__init__(f"{rule.value}: {detail}")
        self.rule = rule


Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees (or any one plane unit); edges belong to it. Raises BadGeometry when inside out."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not all(math.isfinite(edge) for edge in (self.west, self.south, self.east, self.north)):
            raise BadGeometry(Rule.FINITE, "a box needs four finite edges")
        if self.west > self.east or self.south > self.north:
            raise BadGeometry(Rule.SHAPE, "a box is inside out")

    @classmethod
    def around(cls, positions: Iterable[Position]) -> "Box":
        """Return the smallest box around `positions`. Raises BadGeometry when there are none."""
        xs, ys = zip(*positions, strict=True) if (positions := tuple(positions)) else ((), ())
        if not xs:
            raise BadGeometry(Rule.SHAPE, "no positions, no box")
        return cls(min(xs), min(ys), max(xs), max(ys))

    def holds(self, x: float, y: float) -> bool:
        """Say whether a position lies in the box or on its edge."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    def grown(self, by: float) -> "Box":
        """Return the box with every edge moved outward by `by`."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)


def read_geojson(text: str | bytes, box: Box) -> dict[str, object]:
    """Return the GeoJSON geometry in `text` (RFC 7946, two dimensions) after all checks. Raises BadGeometry."""
    if len(text) > MAX_BYTES:
        raise BadGeometry(Rule.SIZE, f"more than {MAX_BYTES} bytes")
    try:
        value = json.loads(text if isinstance(text, str) else text.decode())
    except RecursionError:
        raise BadGeometry(Rule.DEPTH, f"more than {MAX_DEPTH} levels of coordinates") from None
    except ValueError:
        raise BadGeometry(Rule.FORMAT, "not JSON") from None
    check_geojson(value, box)
    return {"type": value["type"], "coordinates": value["coordinates"]}


def check_geojson(value: object, box: Box) -> Box:
    """Check a parsed GeoJSON geometry and return its bounding box. Raises BadGeometry naming the broken rule."""
    if not isinstance(value, dict) or not isinstance(kind := value.get("type"), str):
        raise BadGeometry(Rule.FORMAT, "not a GeoJSON object")
    if kind == "GeometryCollection":
        raise BadGeometry(Rule.COLLECTION, "a GeometryCollection is not taken")
    if kind not in _DEPTH_OF:
        raise BadGeometry(Rule.TYPE, "not a point, line, polygon or several of them")
    lines = _lines(value.get("coordinates"), _DEPTH_OF[kind])
    return _check_lines(kind, lines, box)


def check_wkb(raw: bytes, box: Box) -> Box:
    """Check well-known binary (ISO or with SRID, two dimensions) and return its bounding box. Raises BadGeometry."""
    if len(raw) > MAX_BYTES:
        raise BadGeometry(Rule.SIZE, f"more than {MAX_BYTES} bytes")
    reader = _Wkb(raw)
    kind = reader.head()
    if kind.startswith("Multi"):
        lines: list[list[object]] = []
        for _ in range(reader.count()):
            if reader.head(inner=True) != kind.removeprefix("Multi"):
                raise BadGeometry(Rule.DEPTH, f"a {kind} holds only its own parts")
            lines += reader.lines(kind.removeprefix("Multi"))
    else:
        lines = reader.lines(kind)
    if reader.at != len(raw):
        raise BadGeometry(Rule.FORMAT, "bytes left over")
    if kind == "MultiPoint":
        lines = [[point for line in lines for point in line]]
    return _check_lines(kind, lines, box)


class _Wkb:
    """A cursor over well-known binary; every count is held against the bytes that are left before it is believed."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0
        self.order = "<"

    def take(self, shape: str) -> tuple[float, ...]:
        form = struct.Struct(self.order + shape)
        if self.at + form.size > len(self.raw):
            raise BadGeometry(Rule.FORMAT, "bytes missing")
        values = form.unpack_from(self.raw, self.at)
        self.at += form.size
        return values

    def head(self, *, inner: bool = False) -> str:
        (mark,) = self.take("B")
        if mark not in (0, 1):
            raise BadGeometry(Rule.FORMAT, "no byte order")
        self.order = "<" if mark else ">"
        code = int(self.take("I")[0])
        if code & _SRID_FLAG and not inner:
            self.take("I")
            code ^= _SRID_FLAG
        if code == 7:
            raise BadGeometry(Rule.COLLECTION, "a GeometryCollection is not taken")
        if code not in _WKB_TYPES:
            raise BadGeometry(Rule.TYPE, "not a flat point, line, polygon or several of them")
        return _WKB_TYPES[code]

    def count(self) -> int:
        number = int(self.take("I")[0])
        if number > MAX_VERTICES:
            raise BadGeometry(Rule.VERTICES, f"more than {MAX_VERTICES}")
        return number

    def lines(self, kind: str) -> list[list[object]]:
        if kind == "Point":
            return [[self.take("2d")]]
        rings = self.count() if kind == "Polygon" else 1
        return [self.positions() for _ in range(rings)]

    def positions(self) -> list[object]:
        flat = self.take(f"{2 * self.count()}d")
        return list(zip(flat[::2], flat[1::2], strict=True))


def _lines(coordinates: object, depth: int) -> list[list[object]]:
    """Flatten the levels above lines of positions, one level at a time."""
    level: list[object] = [coordinates]
    if depth == 1:
        return [level]
    for _ in range(depth - 2):
        level = [part for parts in level for part in _list(parts)]
        if len(level) > MAX_VERTICES:
            raise BadGeometry(Rule.VERTICES, f"more than {MAX_VERTICES}")
    return [_list(line) for line in level]


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise BadGeometry(Rule.SHAPE, "an empty list, or none where one belongs")
    return value


def _check_lines(kind: str, lines: list[list[object]], box: Box) -> Box:
    if sum(map(len, lines)) > MAX_VERTICES:
        raise BadGeometry(Rule.VERTICES, f"more than {MAX_VERTICES}")
    least = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}.get(kind, 1)
    found: list[Position] = []
    for line in lines:
        checked = list(_positions(line, box))
        if len(checked) < least or (least == 4 and checked[0] != checked[-1]):
            raise BadGeometry(Rule.SHAPE, "too few positions, or a ring that does not close")
        found += checked
    return Box.around(found)


def _positions(line: list[object], box: Box) -> Iterator[Position]:
    for position in line:
        if not isinstance(position, list | tuple) or len(position) != 2:
            raise BadGeometry(Rule.SHAPE, "a position is two numbers")
        for number in position:
            if isinstance(number, list | tuple):
                raise BadGeometry(Rule.DEPTH, "nested deeper than its type allows")
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise BadGeometry(Rule.SHAPE, "a position is two numbers")
            if isinstance(number, float) and not math.isfinite(number):
                raise BadGeometry(Rule.FINITE, "a coordinate is no finite number")
        x, y = position
        if not box.holds(x, y):
            raise BadGeometry(Rule.OUTSIDE, "a position lies outside the box")
        yield float(x), float(y)
