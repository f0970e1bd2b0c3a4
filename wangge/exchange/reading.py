"""From an uploaded file to plain rows on the disk: one JSON line per row, so that any row can be found again."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from wangge.core.sheets import Row, Unreadable, encoding_of, head_of, rows_of, separator_of
from wangge.exchange import unpack
from wangge.exchange.sieving import SAMPLE, Sieve

MOST_BYTES = 200 * 1024 * 1024
MOST_PACKED = 40 * 1024 * 1024
"""Of XLSX and GeoJSON, which are read as a whole."""
SECONDS = 180
CHUNK = 1 << 20
FIRST = 20


@dataclass(frozen=True)
class Kept:
    """An uploaded file on the disk."""

    stored: str
    digest: str
    size: int


@dataclass(frozen=True)
class Plain:
    """A file as rows: how it was written, its header, sample cells of each column, how many rows."""

    encoding: str
    separator: str
    first: int
    last: int
    names: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    rows: int
    never_read: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str, str], ...] = ()  # header, what is not collected, the word that told it

    def as_json(self) -> dict[str, Any]:
        return {
            "encoding": self.encoding, "separator": self.separator, "first": self.first, "last": self.last,
            "names": list(self.names), "samples": [list(one) for one in self.samples],
            "never_read": list(self.never_read), "dropped": [list(one) for one in self.dropped],
        }  # fmt: skip


def folder() -> Path:
    place: Path = settings.WANGGE.home / "imports"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(chunks: Iterable[bytes]) -> Kept:
    """Write the upload to the disk under a random name. Raises Unreadable when it is too large or empty."""
    stored = secrets.token_hex(16)
    path = folder() / stored
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            digest, size = _copied(chunks, file)
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(stored, digest, size)


def _copied(chunks: Iterable[bytes], file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise Unreadable("size", str(MOST_BYTES >> 20))
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Unreadable("empty")
    file.flush()
    return digest.hexdigest(), size


def remove(stored: str) -> None:
    """Take the upload and its rows off the disk: the report stands in the database."""
    for path in (folder() / stored, rows_path(stored)):
        path.unlink(missing_ok=True)


def forget_upload(stored: str) -> None:
    """Take the upload itself off the disk, once its rows lie beside it."""
    if rows_path(stored).exists():
        (folder() / stored).unlink(missing_ok=True)


def rows_path(stored: str) -> Path:
    return folder() / f"{stored}.rows"


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def make_plain(stored: str, through: Sieve) -> Plain:
    """Read the upload into its rows. Raises Unreadable. Done again after a kill, it begins from the file."""
    source, target = folder() / stored, rows_path(stored)
    if not source.exists():
        raise Unreadable("gone")
    with source.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04"):
        return _of_rows("xlsx", "", _unpacked("xlsx", source), target, through)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _of_rows("geojson", "", _unpacked("geojson", source), target, through)
    encoding = encoding_of(chunks_of(source))
    with source.open(encoding=encoding, errors="replace", newline="") as lines:
        separator = separator_of("".join(islice(lines, FIRST)))
        lines.seek(0)
        return _of_rows(encoding, separator, rows_of(lines, separator), target, through)


def _unpacked(kind: str, source: Path) -> Iterator[Row]:
    """The rows a limited child made of the file, which knows nothing of our environment."""
    if source.stat().st_size > MOST_PACKED:
        raise Unreadable("size", str(MOST_PACKED >> 20))
    target = source.with_suffix(".unpacked")
    command = [sys.executable, "-I", unpack.__file__, kind, str(source), str(target)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={}, cwd="/")
        if done.returncode != 0:
            raise Unreadable(done.stderr.decode(errors="replace").strip()[:20] or "memory")
        with target.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield Row(number, tuple(json.loads(line)))
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    finally:
        target.unlink(missing_ok=True)


def _of_rows(encoding: str, separator: str, rows: Iterator[Row], target: Path, through: Sieve) -> Plain:
    """Write all rows below the header, and tell what stands above and first among them."""
    first = list(islice(rows, FIRST))
    if not first or all(row.is_empty for row in first):
        raise Unreadable("no_header")
    head = head_of(first)
    below = [*(one for one in first if one.number > head.last), *islice(rows, SAMPLE)]
    never, dropped = through.columns(head.names, [row.cells for row in below])
    out_of = {head.names.index(name) for name in never} | {one.at for one in dropped}
    samples: list[list[str]] = [[] for _ in head.names]
    count = 0
    with target.open("w", encoding="utf-8") as out:
        for row in chain(below, rows):
            count += _put(row.number, *_without(row, out_of, through), samples, out)
        out.flush()
        os.fsync(out.fileno())
    if not count:
        raise Unreadable("no_rows")
    said = tuple((one.title, one.code, one.word) for one in dropped)
    return Plain(
        encoding, separator, head.first, head.last, head.names, tuple(map(tuple, samples)), count, never, said
    )  # fmt: skip


Emptied = list[tuple[int, str]]
"""Places of cells that were emptied, and what stood there and is not collected."""


def _without(row: Row, columns: set[int], through: Sieve) -> tuple[list[str], Emptied]:
    cells, emptied = list(row.cells), Emptied()
    for at, cell in enumerate(cells):
        if at in columns:
            cells[at] = ""
        elif cell and (code := through.code(cell)):
            cells[at] = ""
            emptied.append((at, code))
    return cells, emptied


def _put(number: int, cells: list[str], emptied: Emptied, samples: list[list[str]], out: Any) -> int:
    """Write one row, unless it is empty; keep its cells as samples while some are wanted."""
    if not emptied and not any(cell.strip() for cell in cells):
        return 0
    for held, cell in zip(samples, cells, strict=False):
        if len(held) < 3 and cell.strip():
            held.append(cell.strip()[:40])
    out.write(json.dumps([number, cells, emptied], ensure_ascii=False, separators=(",", ":")) + "\n")
    return 1


Line = tuple[int, list[str], Emptied]
"""Number, cells and what was emptied of a row."""


def rows_from(stored: str, position: int, most: int) -> tuple[list[Line], int]:
    """At most so many rows from a place in the file on, and the place after them. Raises Unreadable."""
    try:
        with rows_path(stored).open("rb") as file:
            file.seek(position)
            lines = list(islice(file, most))
            rows = json.loads(b"[" + b",".join(lines) + b"]")  # all at once: a third of the time
            return [(number, cells, emptied) for number, cells, emptied in rows], position + sum(map(len, lines))
    except OSError:
        raise Unreadable("gone") from None


def share_read(stored: str, position: int) -> float:
    try:
        return position / max(1, rows_path(stored).stat().st_size)
    except OSError:
        return 0.0
