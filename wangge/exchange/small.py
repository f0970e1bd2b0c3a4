"""A small sheet read at once, while its sender waits: CSV or XLSX, in memory; nothing of it stays on a disk."""

import io
import json
import os
import subprocess
import sys
from itertools import islice

from wangge.core.sheets import Row, Unreadable, encoding_of, head_of, rows_of, separator_of
from wangge.exchange import unpack
from wangge.exchange.sieving import SAMPLE, Sieve

MOST_BYTES = 1 << 20
MOST_ROWS = 2_000
SECONDS = 20
FIRST = 20
Header = tuple[str, ...]


def rows_in(data: bytes) -> list[Row]:
    """Return the rows of a CSV or XLSX with their numbers as people see them. Raises Unreadable."""
    if not data:
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("size", str(MOST_BYTES >> 20))
    rows = _unpacked(data) if data.startswith(b"PK\x03\x04") else _plain(data)
    if len(rows) > MOST_ROWS:
        raise Unreadable("size", str(MOST_ROWS))
    return rows


def below_header(rows: list[Row]) -> tuple[Header, list[Row]]:
    """Return the header and the rows below it that hold anything. Raises Unreadable when there is none."""
    first = rows[:FIRST]
    if not first or all(row.is_empty for row in first):
        raise Unreadable("no_header")
    head = head_of(first)
    return head.names, [row for row in rows if row.number > head.last and not row.is_empty]


def without_uncollected(
    names: Header, rows: list[Row], through: Sieve
) -> tuple[list[Row], list[tuple[str, str]], list[tuple[int, str, str]]]:
    """Take out what nobody collects; say which columns (header, code) and cells (row, header, code) those were."""
    _never, dropped = through.columns(names, [row.cells for row in islice(rows, SAMPLE)])
    columns = {one.at for one in dropped}
    cells: list[tuple[int, str, str]] = []
    kept = []
    for row in rows:
        held = list(row.cells)
        for at, cell in enumerate(held):
            if at in columns:
                held[at] = ""
            elif cell and (code := through.code(cell)):
                held[at] = ""
                cells.append((row.number, names[at] if at < len(names) else "", code))
        kept.append(Row(row.number, tuple(held)))
    return kept, [(one.title, one.code) for one in dropped], cells


def _plain(data: bytes) -> list[Row]:
    encoding = encoding_of([data])
    lines = io.StringIO(data.decode(encoding, "replace"), newline="")
    separator = separator_of("".join(islice(lines, FIRST)))
    lines.seek(0)
    return list(islice(rows_of(lines, separator), MOST_ROWS + 1))


def _unpacked(data: bytes) -> list[Row]:
    """The rows the limited child made of a workbook; both ends are files in memory alone."""
    source, target = os.memfd_create("sheet"), os.memfd_create("rows")
    try:
        with os.fdopen(os.dup(source), "wb") as file:
            file.write(data)
        command = [sys.executable, "-I", unpack.__file__, "xlsx", f"/dev/fd/{source}", f"/dev/fd/{target}"]
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False, env={}, cwd="/", pass_fds=(source, target)
        )
        if done.returncode != 0:
            raise Unreadable(done.stderr.decode(errors="replace").strip()[:20] or "memory")
        with open(f"/dev/fd/{target}", encoding="utf-8") as lines:  # noqa: PTH123 - a descriptor, no path
            return [Row(number, tuple(json.loads(line))) for number, line in enumerate(islice(lines, MOST_ROWS + 1), 1)]
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    finally:
        os.close(source)
        os.close(target)
