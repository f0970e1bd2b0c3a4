"""The child that unpacks XLSX and GeoJSON into plain rows: alone, with little memory and time, without our secrets.

Usage: python -I unpack.py KIND SOURCE TARGET. TARGET gets one JSON list of cells per row, in order.
"""

import json
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
MOST_CELLS = 2_000_000
MOST_WIDE = 200
MEMORY = 1024 * 1024 * 1024
SECONDS = 150
DIMENSION = re.compile(rb'<dimension ref="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"')


class Refused(ValueError):
    """The rule that was broken: zip, unpacked, ratio, cells or geojson."""


def look(source: Path) -> None:
    """Refuse by the directory of the archive, before anything is unpacked."""
    try:
        with zipfile.ZipFile(source) as archive:
            held = archive.infolist()
            names = {one.filename for one in held}
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Refused("zip") from None
    if "xl/workbook.xml" not in names:
        raise Refused("zip")
    unpacked = sum(one.file_size for one in held)
    if unpacked > MOST_UNPACKED:
        raise Refused("unpacked")
    if any(one.file_size > MOST_RATIO * max(one.compress_size, 1) and one.file_size > 1_000_000 for one in held):
        raise Refused("ratio")


def text(value: Any) -> str:
    """A cell as people see it; whole numbers without a point, days year first."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def sheet_rows(source: Path) -> Iterator[list[str]]:
    """The first sheet with anything in it; a formula without a kept value comes as its own text."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow import

    look(source)
    opened: Any = partial(load_workbook, read_only=True, keep_links=False)
    values = opened(source.open("rb"), data_only=True)  # a path would have to end with .xlsx
    written = opened(source.open("rb"), data_only=False) if has_formulas(source) else None
    for sheet in values.worksheets:
        if not hasattr(sheet, "iter_rows"):
            continue
        sheet.reset_dimensions()
        twin = written[sheet.title] if written is not None else None
        if twin is not None:
            twin.reset_dimensions()
        other = twin.iter_rows(values_only=True) if twin is not None else ()
        walked = filled = 0
        for row, formulas in zip_longest(sheet.iter_rows(values_only=True), other, fillvalue=()):
            walked += max(len(row), 1)
            if walked > MOST_CELLS or len(row) > MOST_WIDE * 82:
                raise Refused("cells")
            cells = [text(v) if v is not None else formula(formulas, i) for i, v in enumerate(row)]
            while cells and not cells[-1]:
                cells.pop()
            filled += bool(cells)
            yield cells
        if filled:
            return


def formula(row: Any, at: int) -> str:
    """What stands in the cell of the other reading, when it is a formula."""
    written = row[at] if at < len(row) else None
    return str(written) if isinstance(written, str) and written.startswith("=") else ""


def has_formulas(source: Path) -> bool:
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                with archive.open(name) as sheet:
                    while chunk := sheet.read(1 << 20):
                        if b"<f" in chunk:
                            return True
    return False


def feature_rows(source: Path) -> Iterator[list[str]]:
    """The features of a GeoJSON file."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from wangge.core.sheets import Unreadable, rows_of_geojson  # noqa: PLC0415 - app ready

    try:
        value = json.loads(source.read_bytes().decode("utf-8-sig"))
        yield from ([*row.cells] for row in rows_of_geojson(value))
    except (Unreadable, ValueError, RecursionError):
        raise Refused("geojson") from None


def limit() -> None:
    """No more memory and time than an honest sheet needs, no core."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def main() -> int:
    kind, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    limit()
    warnings.simplefilter("ignore")  # stderr is for the rule alone
    rows = sheet_rows(source) if kind == "xlsx" else feature_rows(source)
    try:
        with target.open("w", encoding="utf-8") as out:
            for cells in rows:
                out.write(json.dumps(cells, ensure_ascii=False) + "\n")
    except Refused as refused:
        sys.stderr.write(str(refused))
        return 3
    except MemoryError:
        sys.stderr.write("memory")
        return 3
    except Exception:  # noqa: BLE001 - whatever a reader says of bytes it cannot follow
        sys.stderr.write("zip" if kind == "xlsx" else "geojson")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
