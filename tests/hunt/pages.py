"""The files of PostgreSQL without PostgreSQL: pages with rows alive and dead, long values, the write-ahead log.

Layouts are those of PostgreSQL 15 to 18 on a little-endian machine (storage/bufpage.h, access/htup_details.h, varatt.h,
access/xlogrecord.h). Nothing here asks what is alive: what was deleted and not yet overwritten is found as well.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
import numpy as np

from tests.hunt.unpacking import lz4, pglz

PAGE = 8192
LONGEST = 1 << 26
METHODS = {0: pglz, 1: lz4}


@numba.njit(cache=True)
def _packed(page: Any, found: Any) -> int:
    """Where a value packed within the row may begin: a four-byte header that says so, and a length that can be."""
    count = 0
    for at in range(0, page.size - 8, 4):
        if page[at] & 3 != 2:
            continue
        size = (
            np.int64(page[at])
            | np.int64(page[at + 1]) << 8
            | np.int64(page[at + 2]) << 16
            | np.int64(page[at + 3]) << 24
        ) >> 2
        made = (
            np.int64(page[at + 4])
            | np.int64(page[at + 5]) << 8
            | np.int64(page[at + 6]) << 16
            | np.int64(page[at + 7] & 0x3F) << 24
        )
        if 12 <= size <= page.size - at and size - 8 < made <= (size - 8) * 260 and page[at + 7] >> 6 < 2:
            found[count] = at
            count += 1
    return count


def packed_in(page: bytes) -> Iterator[bytes]:
    """Every value packed inside a page, made plain."""
    found = np.empty(len(page) // 4 + 1, dtype=np.int64)
    for at in found[: _packed(np.frombuffer(page, dtype=np.uint8), found)].tolist():
        size, told = struct.unpack_from("<II", page, at)
        plain = METHODS[told >> 30](page[at + 8 : at + (size >> 2)], told & 0x3FFFFFFF)
        if plain is not None:
            yield plain


def rows_of(page: bytes) -> Iterator[bytes]:
    """The data of each row that a line pointer still names, dead ones too."""
    lower, _upper, special, version = struct.unpack_from("<HHHH", page, 12)
    if version & 0xFF00 != PAGE & 0xFF00 or not 24 <= lower <= special <= PAGE:
        return
    for at in range(24, lower, 4):
        (pointer,) = struct.unpack_from("<I", page, at)
        offset, state, length = pointer & 0x7FFF, pointer >> 15 & 3, pointer >> 17
        if state == 1 and length > 23 and offset + length <= PAGE:
            yield page[offset + page[offset + 22] : offset + length]


def long_values(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Values kept out of their rows (TOAST), put together again and unpacked."""
    pieces: dict[int, dict[int, bytes]] = defaultdict(dict)
    for at in range(0, len(content), PAGE):
        for row in rows_of(content[at : at + PAGE]):
            if len(row) < 9:
                continue
            value, order = struct.unpack_from("<II", row)
            pieces[value][order] = _bytes_at(row, 8)
    for held in pieces.values():
        whole = b"".join(held[order] for order in sorted(held))
        yield "long value", whole
        if len(whole) > 4:
            (told,) = struct.unpack_from("<I", whole)
            size, method = told & 0x3FFFFFFF, METHODS.get(told >> 30)
            if method and len(whole) - 4 < size <= LONGEST and (plain := method(whole[4:], size)) is not None:
                yield f"long value unpacked by {method.__name__}", plain


def _bytes_at(row: bytes, at: int) -> bytes:
    if row[at] & 1:
        return row[at + 1 : at + (row[at] >> 1)]
    (header,) = struct.unpack_from("<I", row, at)
    return row[at + 4 : at + (header >> 2)]


def of_data_file(content: bytes, *, holds_long: bool) -> Iterator[tuple[str, bytes]]:
    """A file of a table or an index: as it lies there, and what is packed in it."""
    yield "as it lies", content
    if holds_long:
        yield from long_values(content)
        return
    for at in range(0, len(content) - PAGE + 1, PAGE):
        page = content[at : at + PAGE]
        if page[12:14] != b"\0\0":  # a page that was never written to
            for plain in packed_in(page):
                yield "packed in its row", plain


def stream_of_log(content: bytes) -> bytes:
    """A segment of the write-ahead log without the headers of its pages: records that cross a border become whole."""
    parts = []
    for at in range(0, len(content), PAGE):
        (info,) = struct.unpack_from("<H", content, at + 2)
        parts.append(content[at + (40 if info & 2 else 24) : at + PAGE])
    return b"".join(parts)


IMAGE, DATA, SAME = 0x10, 0x20, 0x80
HOLE, PGLZ, LZ4, ZSTD = 0x01, 0x04, 0x08, 0x10


def images_in(stream: bytes) -> Iterator[tuple[str, bytes]]:
    """Packed page images of the records in a stream; each record begins at a multiple of eight from the last."""
    words = np.frombuffer(stream, dtype="<u4", count=len(stream) // 8 * 2).reshape(-1, 2)
    total, manager = words[:-3, 0], words[2:-1, 0]
    first = np.frombuffer(stream, dtype=np.uint8)[24 : 24 + 8 * len(total) : 8]
    can_be = (total > 36) & (total < LONGEST) & (manager >> 16 == 0) & ((manager >> 8 & 0xFF) < 30)
    for at in (np.flatnonzero(can_be[: len(first)] & (first[: len(can_be)] <= 32)) * 8).tolist():
        size = int(total[at // 8])
        if size <= len(stream) - at:
            with suppress(IndexError):  # bytes that only look like a record: what they announce is beyond their end
                yield from _of_record(stream[at : at + size])


Block = tuple[int, int, int, int]
"""Of one block: the size of its image, the hole in it, how it is packed, the size of its other data."""
SKIPPED = {253: 3, 252: 5, 255: 2, 254: 5}
"""Headers of the origin, of the transaction, of short and long main data."""


def _of_record(record: bytes) -> Iterator[tuple[str, bytes]]:
    """Read the headers until what they announce fills the record, as xlogreader.c does, then the images."""
    at, told, blocks = 24, 0, list[Block]()
    while len(record) - at > told:
        head = record[at]
        if head <= 32:
            block, size = _block(record, at)
            blocks.append(block)
            at, told = at + size, told + block[0] + block[3]
        elif head in SKIPPED:
            told += record[at + 1] if head == 255 else int.from_bytes(record[at + 1 : at + 5], "little") * (head == 254)
            at += SKIPPED[head]
        else:
            return
    for image, hole, info, other in blocks:
        method = pglz if info & PGLZ else lz4 if info & LZ4 else None
        if method and image and hole < PAGE and (page := method(record[at : at + image], PAGE - hole)) is not None:
            yield f"page image unpacked by {method.__name__}", page
            yield from (("packed in a page image", plain) for plain in packed_in(page))
        at += image + other


def _block(record: bytes, start: int) -> tuple[Block, int]:
    """The header of one block, and how long it is."""
    flags, other = record[start + 1], int.from_bytes(record[start + 2 : start + 4], "little")
    at, image, hole, info = start + 4, 0, 0, 0
    if flags & IMAGE:
        image, info = int.from_bytes(record[at : at + 2], "little"), int.from_bytes(record[at + 4 : at + 5], "little")
        at += 5
        if info & (PGLZ | LZ4 | ZSTD) and info & HOLE:
            hole = int.from_bytes(record[at : at + 2], "little")
            at += 2
    at += 4 if flags & SAME else 16
    return (image, hole, info, other), at - start


def of_log(content: bytes, following: bytes = b"") -> Iterator[tuple[str, bytes]]:
    """A segment of the log: whole, and each packed page image; the last record may end in the following segment."""
    stream = stream_of_log(content) + stream_of_log(following)
    yield "as it lies", stream
    yield from images_in(stream)


def _after(name: str) -> str:
    """The name of the segment after this one, of sixteen megabytes each."""
    number = (int(name[8:16], 16) << 8) + int(name[16:], 16) + 1
    return f"{name[:8]}{number >> 8:08X}{number & 0xFF:08X}"


def of_cluster(data: Path, long_files: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Everything in a data folder of PostgreSQL; `long_files` names the files that hold long values, by their path."""
    for path in sorted(data.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(data).as_posix()
        content = path.read_bytes()
        if name.startswith("pg_wal/") and len(path.name) == 24:
            next_one = path.with_name(_after(path.name))
            following = next_one.read_bytes()[: 4 * PAGE] if next_one.exists() else b""
            yield from ((f"log {name}: {how}", piece) for how, piece in of_log(content, following))
        elif name.startswith(("base/", "global/")) and path.name[0].isdigit():
            holds_long = name.partition("_")[0].partition(".")[0] in long_files
            yield from ((f"file {name}: {how}", piece) for how, piece in of_data_file(content, holds_long=holds_long))
        else:
            yield f"file {name}", content
