"""The bytes of a CSV or GeoJSON file, packed or not, as columns of cells under the names of the fields we know."""

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, islice, zip_longest

from wangge.core.columns import Wanted, propose
from wangge.core.sheets import Row, Unreadable, encoding_of, head_of, rows_of, rows_of_geojson, separator_of
from wangge.core.unit_files.faults import BadFile, Fault, of_sheet

PACKED = b"\x1f\x8b"
MOST_BYTES = 1 << 30
MARKS = b"\xef\xbb\xbf \t\r\n"
"""A byte order mark and space, which may stand before JSON."""
FIRST = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells by field, all of one length, the row number of each, and under which heading a field stood."""

    rows: tuple[int, ...]
    cells: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, str]
    file_has: tuple[str, ...]

    def named(self, field: str) -> str:
        """Return the heading a field stands under in the file, for messages."""
        return self.headings.get(field, field)

    def only(self, kept: Sequence[bool]) -> "Columns":
        """Return some of the rows."""
        cells = {field: tuple(compress(column, kept)) for field, column in self.cells.items()}
        return Columns(tuple(compress(self.rows, kept)), cells, self.headings, self.file_has)


def unpacked(raw: bytes) -> bytes:
    """Return the bytes inside a gzip file (of several parts too), or those of any other file. Raises BadFile."""
    if not raw.startswith(PACKED):
        return raw
    parts, size = [], 0
    while raw.startswith(PACKED):
        opener = zlib.decompressobj(wbits=31)
        try:
            parts.append(opener.decompress(raw, MOST_BYTES - size + 1))
        except zlib.error:
            raise BadFile([Fault("packed")]) from None
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise BadFile([Fault("too_big", detail=str(MOST_BYTES >> 20))])
        if not opener.eof:
            raise BadFile([Fault("packed")])
        raw = opener.unused_data
    return b"".join(parts)


def columns_of(raw: bytes, fields: Sequence[Wanted], renamed: Mapping[str, str] | None = None) -> Columns:
    """Read a file into the columns of the fields it has; `renamed` gives the heading of a field. Raises BadFile.

    A heading counts when it is a field's own name or one people are known to use; likeness alone is no ground here.
    """
    try:
        rows = _rows(unpacked(raw))
        head = head_of(rows[:FIRST])
    except Unreadable as problem:
        raise BadFile([of_sheet(problem)]) from None
    below = [row for row in rows if row.number > head.last and not row.is_empty]
    wide = len(head.names)
    long = [row for row in below if len(row.cells) > wide and any(cell.strip() for cell in row.cells[wide:])]
    if long:
        raise BadFile(Fault("too_many_cells", row.number, detail=f"{len(row.cells)} instead of {wide}") for row in long)
    if not below:
        raise BadFile([Fault("no_rows")])
    headings = _headings(head.names, fields, renamed or {})
    filled = list(islice(zip_longest(*(row.cells for row in below), fillvalue=""), wide))
    filled += [("",) * len(below)] * (wide - len(filled))
    cells = {field: filled[head.names.index(heading)] for field, heading in headings.items()}
    return Columns(tuple(row.number for row in below), cells, headings, head.names)


def _rows(raw: bytes) -> list[Row]:
    if raw.lstrip(MARKS).startswith((b"{", b"[")):
        return list(rows_of_geojson(_json(raw)))
    plain = b"\0" not in raw and bool(raw) and raw.isascii()  # of most large files this is soon known
    text = raw.decode("ascii" if plain else encoding_of([raw]), errors="replace")
    separator = separator_of(text[:100_000])
    return list(rows_of(io.StringIO(text.removeprefix("\ufeff"), newline=""), separator))


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw.decode(encoding_of([raw])))
    except (ValueError, RecursionError):
        raise Unreadable("geojson") from None


def _headings(has: Sequence[str], fields: Sequence[Wanted], renamed: Mapping[str, str]) -> dict[str, str]:
    known = {field.code for field in fields}
    lost = [(field, heading) for field, heading in renamed.items() if heading not in has or field not in known]
    if lost:
        raise BadFile(Fault("no_column", column=f"{field}={name}", detail=", ".join(has)) for field, name in lost)
    found = propose(has, fields, renamed)
    return {match.field: match.header for match in found if match.why != "alike"}
