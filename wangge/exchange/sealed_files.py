"""Lists of persons on the disk: sealed piece by piece; in clear they stand in this process's memory alone."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zlib import compress, decompress

from wangge.vault import actions as vault
from wangge.vault import queries as opened

TABLE = "exchange_import"
HEAD = 4
ROWS = 1000
"""In one piece."""
written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def put(out: BinaryIO, piece: bytes, *, compartment: str, name: str) -> None:
    """Write one piece, sealed for its very place in the file of that name."""
    row = f"{name}:{out.tell()}"
    sealed = vault.seal_bytes(compartment, compress(piece, 1), table=TABLE, column="stored", row=row)
    out.write(len(sealed).to_bytes(HEAD, "big") + sealed)


def take(file: BinaryIO, *, compartment: str, name: str) -> bytes | None:
    """The piece that begins here, or None at the end. Raises Unreadable where the file was changed."""
    row = f"{name}:{file.tell()}"
    head = file.read(HEAD)
    if not head:
        return None
    sealed = file.read(int.from_bytes(head, "big"))
    return decompress(opened.open_bytes(compartment, sealed, table=TABLE, column="stored", row=row))


def pieces(file: BinaryIO, *, compartment: str, name: str) -> Iterator[bytes]:
    """All pieces from here on."""
    while (piece := take(file, compartment=compartment, name=name)) is not None:
        yield piece


def put_rows(path: Path, rows: Iterable[Any], *, compartment: str) -> int:
    """Write rows in pieces of a thousand; how many they were. The file is whole on the disk afterwards."""
    count, waiting = 0, iter(rows)
    with path.open("wb") as out:
        while piece := list(islice(waiting, ROWS)):
            put(out, written(piece).encode(), compartment=compartment, name=path.name)
            count += len(piece)
        out.flush()
        os.fsync(out.fileno())
    return count


def rows_from(path: Path, position: int, most: int, *, compartment: str) -> tuple[list[Any], int]:
    """Rows of the pieces from a place on until there are so many, and the place after them."""
    rows: list[Any] = []
    with path.open("rb") as file:
        file.seek(position)
        while len(rows) < most and (piece := take(file, compartment=compartment, name=path.name)) is not None:
            rows += json.loads(piece)
        return rows, file.tell()


def place_after(path: Path, position: int, most: int) -> int:
    """The place after so many rows from a place on; nothing is opened for it."""
    with path.open("rb") as file:
        file.seek(position)
        for _ in range(-(-most // ROWS)):
            file.seek(int.from_bytes(file.read(HEAD), "big"), os.SEEK_CUR)
        return file.tell()


@contextmanager
def in_memory(path: Path, *, compartment: str) -> Iterator[Path]:
    """The file in clear, under a name that leads to this process's memory and goes with it."""
    number = os.memfd_create("list")
    try:
        with path.open("rb") as file, os.fdopen(os.dup(number), "wb") as clear:
            for piece in pieces(file, compartment=compartment, name=path.name):
                clear.write(piece)
        yield Path(f"/proc/self/fd/{number}")
    finally:
        os.close(number)
