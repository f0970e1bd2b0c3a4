"""Sheets of cells: which encoding and separator a file has, where its header stands, its rows as people number them."""

import codecs
import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_COLUMNS = 200
MOST_TEXT = 100_000
"""Characters of one cell: more is an open quotation mark that swallows the rest of the file."""
LOOKED_AT = 10_000
BROKEN = "\ufffd"
SEPARATORS = (",", ";", "\t", "，")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENOUGH = 4
"""So many characters beyond ASCII do not come out of another encoding by chance."""
_PLACES = ("lon", "lat")


class Unreadable(ValueError):
    """A file that is no sheet: `rule` is empty, binary, encoding, quote, columns, geojson or no_header."""

    def __init__(self, rule: str, detail: str = "") -> None:
        super().__init__(f"{rule}: {detail}" if detail else rule)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number people see beside it in their program, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Head:
    """The header: the numbers of its first and last row, and a name for each column, none twice."""

    first: int
    last: int
    names: tuple[str, ...]


def encoding_of(chunks: Iterable[bytes]) -> str:
    """Return the encoding of a text file: UTF-8, UTF-16 with its mark, or GB18030 (国标). Raises Unreadable.

    Single broken places do not change the answer: they come out as U+FFFD and are a fault of their cell.
    """
    utf8, gb = codecs.getincrementaldecoder("utf-8")(), codecs.getincrementaldecoder("gb18030")("replace")
    beyond = broken = total = size = 0
    is_utf8 = True
    for chunk in chunks:
        if not size and (known := next((name for mark, name in _BOMS if chunk.startswith(mark)), "")):
            return known
        size += len(chunk)
        if b"\0" in chunk:
            raise Unreadable("binary")
        if beyond >= _ENOUGH:
            continue  # nothing further on says otherwise
        if is_utf8:
            try:
                beyond += _beyond_ascii(utf8.decode(chunk))
            except UnicodeDecodeError as problem:
                beyond += _beyond_ascii(chunk[: problem.start].decode("utf-8", "ignore"))
                is_utf8 = False
        text = gb.decode(chunk)
        total += len(text)
        broken += text.count(BROKEN)
    if not size:
        raise Unreadable("empty")
    if is_utf8 or beyond >= _ENOUGH:
        return "utf-8"
    if broken * 50 > total:
        raise Unreadable("encoding")
    return "gb18030"


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def separator_of(text: str) -> str:
    """Return the separator of a CSV from its first lines: the one that cuts most of them alike."""
    lines = [line[:LOOKED_AT] for line in text.splitlines() if line.strip()][:20]

    def fit(separator: str) -> tuple[int, int]:
        counts = [len(_plain(line, separator)) - 1 for line in lines]
        most = max(counts, default=0)
        return (sum(count == most for count in counts) if most else 0, most)

    return max(SEPARATORS, key=fit)


def _plain(line: str, separator: str) -> list[str]:
    """Cut one line outside quotation marks."""
    return next(csv.reader([line], delimiter=separator), [])


def rows_of(lines: Iterable[str], separator: str) -> Iterator[Row]:
    """Yield the rows of a CSV; a line break inside quotation marks belongs to its cell. Raises Unreadable."""
    csv.field_size_limit(MOST_TEXT)
    number = 0
    try:
        for cells in csv.reader(lines, delimiter=separator):
            number += 1
            if len(cells) > MOST_COLUMNS:
                raise Unreadable("columns", str(number))
            yield Row(number, tuple(cells))
    except csv.Error:
        raise Unreadable("quote", str(number + 1)) from None


def head_of(rows: Sequence[Row]) -> Head:
    """Find the header among the first rows: below titles, above the data, one or two rows high. Raises Unreadable.

    A merged heading (位置 above 经度, 纬度) stands in its first cell alone: it is carried on to the next heading and
    joined with the row below.
    """
    filled = [[cell.strip() for cell in row.cells] for row in rows[:20]]
    widest = max((sum(map(bool, cells)) for cells in filled), default=0)
    at = next((i for i, cells in enumerate(filled) if cells and sum(map(bool, cells)) >= max(1, widest * 0.6)), None)
    if at is None:
        raise Unreadable("no_header")
    upper = filled[at]
    lower = filled[at + 1] if at + 1 < len(filled) else []
    if _is_second(upper, lower):
        return Head(rows[at].number, rows[at + 1].number, _unique(_joined(upper, lower)))
    return Head(rows[at].number, rows[at].number, _unique(upper))


def _is_second(upper: list[str], lower: list[str]) -> bool:
    """A second row of a header fills gaps of the first, under a heading, and holds words alone."""
    under = [i for i, cell in enumerate(lower) if cell]
    gaps = [i for i in under if i >= len(upper) or not upper[i]]
    return bool(gaps) and min(gaps) > 0 and len(under) < len(upper) and not any(_has_digit(lower[i]) for i in under)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    names, above = [], ""
    for i in range(max(len(upper), len(lower))):
        above = (upper[i] if i < len(upper) else "") or above
        below = lower[i] if i < len(lower) else ""
        names.append(f"{above} {below}".strip() if below else (upper[i] if i < len(upper) else ""))
    return names


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found: list[str] = []
    for i, name in enumerate(names):
        plain = " ".join(name.split()) or f"#{i + 1}"
        seen[plain] = seen.get(plain, 0) + 1
        found.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return tuple(found)


def rows_of_geojson(value: object) -> Iterator[Row]:
    """Yield a FeatureCollection as rows: a header of all properties with lon, lat and geometry, then one per feature.

    Raises Unreadable. Geometry is passed on as text: whoever uses it checks it first.
    """
    features = value.get("features") if isinstance(value, dict) else None
    if not isinstance(features, list):
        raise Unreadable("geojson")
    names: dict[str, None] = {}
    for feature in features:
        names |= dict.fromkeys(str(name) for name in _properties(feature))
    if len(names) > MOST_COLUMNS:
        raise Unreadable("columns")
    own = [name for name in (*_PLACES, "geometry") if name not in names]
    yield Row(1, (*names, *own))
    for number, feature in enumerate(features, 2):
        given = _properties(feature)
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        drawn = dict(zip(_PLACES, _place(geometry), strict=True)) | {"geometry": _text(geometry)}
        yield Row(number, tuple(_text(given.get(name)) for name in names) + tuple(drawn[name] for name in own))


def _properties(feature: object) -> dict[str, object]:
    given = feature.get("properties") if isinstance(feature, dict) else None
    return given if isinstance(given, dict) else {}


def _place(geometry: object) -> tuple[str, str]:
    """Longitude and latitude of a point; of anything else the middle of its corners."""
    corners = list(_positions(geometry.get("coordinates"), 0)) if isinstance(geometry, dict) else []
    if not corners:
        return "", ""
    xs, ys = zip(*corners, strict=True)
    if len(corners) == 1:
        return _text(xs[0]), _text(ys[0])
    return f"{(min(xs) + max(xs)) / 2:.7f}", f"{(min(ys) + max(ys)) / 2:.7f}"


def _positions(part: object, depth: int) -> Iterator[tuple[float, float]]:
    if not isinstance(part, list) or depth > 4:
        return
    if len(part) >= 2 and all(isinstance(one, int | float) for one in part[:2]):
        yield part[0], part[1]
        return
    for one in part:
        yield from _positions(one, depth + 1)


def _text(value: object) -> str:
    """A JSON value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
