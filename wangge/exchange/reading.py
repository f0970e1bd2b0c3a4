"""From an uploaded file to plain rows on the disk: one JSON line per row, so that any row can be found again."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.conf import settings

from wangge.core.sheets import Row, Unreadable, encoding_of, head_of, rows_of, separator_of
from wangge.exchange import sealed_files, unpack
from wangge.exchange.sieving import SAMPLE, Sieve
from wangge.vault.actions import blind_index

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


def keep(chunks: Iterable[bytes], *, seals: str = "") -> Kept:
    """Write the upload to the disk under a random name, sealed in the compartment `seals` when it is of persons.

    Raises Unreadable when it is too large or empty.
    """
    stored = secrets.token_hex(16)
    path = folder() / stored
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            put = partial(sealed_files.put, file, compartment=seals, name=stored) if seals else file.write
            digest, size = _copied(chunks, put)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(stored, blind_index(seals, digest).hex() if seals else digest, size)


def _copied(chunks: Iterable[bytes], put: Callable[[bytes], object]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise Unreadable("size", str(MOST_BYTES >> 20))
        digest.update(chunk)
        put(chunk)
    if not size:
        raise Unreadable("empty")
    return digest.hexdigest(), size


def remove(stored: str) -> None:
    """Take the upload and its rows off the disk: the report stands in the database."""
    for path in (folder() / stored, rows_path(stored)):
        path.unlink(missing_ok=True)


def forget_upload(stored: str) -> None:
    """Take the upload itself off the disk, once its rows lie beside it."""
    if rows_path(stored).exists():
        (folder() / stored).unlink(missing_ok=True)


def size_of(stored: str) -> int:
    """Bytes of the upload as it lies on the disk; nothing when it is gone."""
    path = folder() / stored
    return path.stat().st_size if path.exists() else 0


def rows_path(stored: str) -> Path:
    return folder() / f"{stored}.rows"


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def make_plain(stored: str, through: Sieve, *, seals: str = "") -> Plain:
    """Read the upload into its rows. Raises Unreadable. Done again after a kill, it begins from the file."""
    source = folder() / stored
    if not source.exists():
        raise Unreadable("gone")
    clear: AbstractContextManager[Path] = (
        sealed_files.in_memory(source, compartment=seals) if seals else nullcontext(source)
    )
    with clear as path:
        return _plain(path, Out(rows_path(stored), seals, through))


def _plain(source: Path, out: "Out") -> Plain:
    with source.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04"):
        return _of_rows("xlsx", "", _unpacked("xlsx", source, out), out)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _of_rows("geojson", "", _unpacked("geojson", source, out), out)
    encoding = encoding_of(chunks_of(source))
    with source.open(encoding=encoding, errors="replace", newline="") as lines:
        separator = separator_of("".join(islice(lines, FIRST)))
        lines.seek(0)
        return _of_rows(encoding, separator, rows_of(lines, separator), out)


def _unpacked(kind: str, source: Path, out: "Out") -> Iterator[Row]:
    """The rows a limited child made of the file, which knows nothing of our environment."""
    if source.stat().st_size > MOST_PACKED:
        raise Unreadable("size", str(MOST_PACKED >> 20))
    number = os.memfd_create("rows") if out.seals else -1
    target = Path(f"/proc/self/fd/{number}") if out.seals else source.with_suffix(".unpacked")
    command = [sys.executable, "-I", unpack.__file__, kind, str(source), str(target)]
    shared = (number, int(source.name)) if out.seals else ()
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False, env={}, cwd="/", pass_fds=shared
        )
        if done.returncode != 0:
            raise Unreadable(done.stderr.decode(errors="replace").strip()[:20] or "memory")
        with target.open(encoding="utf-8") as lines:
            for at, line in enumerate(lines, 1):
                yield Row(at, tuple(json.loads(line)))
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    finally:
        if out.seals:
            os.close(number)
        else:
            target.unlink(missing_ok=True)


@dataclass
class Out:
    """Where rows go on their way from the file: through the sieve, and sealed when they are of persons."""

    path: Path
    seals: str
    through: Sieve
    samples: list[list[str]] = field(default_factory=list)

    def put(self, rows: "Iterable[Line]") -> int:
        """Write all rows; how many they were. The file is whole on the disk afterwards."""
        if self.seals:
            return sealed_files.put_rows(self.path, rows, compartment=self.seals)
        with self.path.open("wb") as out:
            count = sum(1 for row in rows if out.write(sealed_files.written(row).encode() + b"\n"))
            out.flush()
            os.fsync(out.fileno())
        return count


def _of_rows(encoding: str, separator: str, rows: Iterator[Row], out: Out) -> Plain:
    """Write all rows below the header, and tell what stands above and first among them."""
    first = list(islice(rows, FIRST))
    if not first or all(row.is_empty for row in first):
        raise Unreadable("no_header")
    head = head_of(first)
    below = [*(one for one in first if one.number > head.last), *islice(rows, SAMPLE)]
    never, dropped = out.through.columns(head.names, [row.cells for row in below])
    out_of = {head.names.index(name) for name in never} | {one.at for one in dropped}
    out.samples = [[] for _ in head.names]
    count = out.put(_kept(chain(below, rows), out_of, out))
    if not count:
        raise Unreadable("no_rows")
    said = tuple((one.title, one.code, one.word) for one in dropped)
    return Plain(
        encoding, separator, head.first, head.last, head.names, tuple(map(tuple, out.samples)), count, never, said
    )  # fmt: skip


Emptied = list[tuple[int, str]]
"""Places of cells that were emptied, and what stood there and is not collected."""


def _without(row: Row, columns: set[int], through: Sieve) -> tuple[list[str], Emptied]:
    cells, code = list(row.cells), through.code
    for at in columns:
        if at < len(cells):
            cells[at] = ""
    emptied = [(at, found) for at, cell in enumerate(cells) if cell and (found := code(cell))]
    for at, _code in emptied:
        cells[at] = ""
    return cells, emptied


def _kept(rows: Iterable[Row], out_of: set[int], out: Out) -> "Iterator[Line]":
    """Each row that is not empty; of lists that are not of persons some cells are kept as samples."""
    for row in rows:
        cells, emptied = _without(row, out_of, out.through)
        if not emptied and not any(map(str.strip, cells)):
            continue
        if not out.seals:
            for held, cell in zip(out.samples, cells, strict=False):
                if len(held) < 3 and cell.strip():
                    held.append(cell.strip()[:40])
        yield row.number, cells, emptied


Line = tuple[int, list[str], Emptied]
"""Number, cells and what was emptied of a row."""


def rows_from(stored: str, position: int, most: int, *, seals: str = "") -> tuple[list[Line], int]:
    """At most so many rows from a place in the file on, and the place after them. Raises Unreadable."""
    try:
        if seals:
            return sealed_files.rows_from(rows_path(stored), position, most, compartment=seals)
        with rows_path(stored).open("rb") as file:
            file.seek(position)
            lines = list(islice(file, most))
    except OSError:
        raise Unreadable("gone") from None
    rows = json.loads(b"[" + b",".join(lines) + b"]")  # all at once: a third of the time
    return [tuple(row) for row in rows], position + sum(map(len, lines))


def share_read(stored: str, position: int) -> float:
    try:
        return position / max(1, rows_path(stored).stat().st_size)
    except OSError:
        return 0.0


def place_after(stored: str, position: int, most: int) -> int:
    """The place after so many rows of a sealed list. Raises Unreadable."""
    try:
        return sealed_files.place_after(rows_path(stored), position, most)
    except OSError:
        raise Unreadable("gone") from None
