"""Packed bytes made plain again: pglz and LZ4 of PostgreSQL, Snappy of the browser's store, archives of every day.

Each takes bytes that may be anything, and returns None when they are not what they would have to be.
"""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numba
import numpy as np

BOMB = 64 << 20


@numba.njit(cache=True, nogil=True)
def _pglz(data: Any, out: Any) -> int:
    """Fill `out`; the length that was made, -1 when the bytes are no such stream (common/pg_lzcompress.c)."""
    at, made = 0, 0
    while at < data.size and made < out.size:
        control = data[at]
        at += 1
        for _ in range(8):
            if at >= data.size or made >= out.size:
                break
            if control & 1:
                if at + 2 > data.size:
                    return -1
                length = (data[at] & 0x0F) + 3
                back = ((data[at] & 0xF0) << 4) | data[at + 1]
                at += 2
                if length == 18:
                    if at >= data.size:
                        return -1
                    length += data[at]
                    at += 1
                if back == 0 or back > made:
                    return -1
                for _step in range(min(length, out.size - made)):
                    out[made] = out[made - back]
                    made += 1
            else:
                out[made] = data[at]
                made += 1
                at += 1
            control >>= 1
    return made if made == out.size and at >= data.size else -1


@numba.njit(cache=True, nogil=True)
def _taken(data: Any, at: int, out: Any, made: int, count: int) -> int:
    """Take bytes as they are; how much is made then, -1 when they cannot be there."""
    if at + count > data.size or made + count > out.size:
        return -1
    for step in range(count):
        out[made + step] = data[at + step]
    return made + count


@numba.njit(cache=True, nogil=True)
def _repeated(out: Any, made: int, back: int, length: int) -> int:
    """Say again what was made `back` bytes ago; how much is made then, -1 when it cannot be."""
    if back == 0 or back > made or made + length > out.size:
        return -1
    for _step in range(length):
        out[made] = out[made - back]
        made += 1
    return made


@numba.njit(cache=True, nogil=True)
def _number(data: Any, at: int, wide: int) -> int:
    """A number of `wide` bytes, the smallest first; -1 when they are not there."""
    if at + wide > data.size:
        return -1
    value = 0
    for step in range(wide):
        value |= data[at + step] << (8 * step)
    return value


@numba.njit(cache=True, nogil=True)
def _lengthened(data: Any, at: int, count: int) -> tuple[int, int]:
    """A length of fifteen goes on in the bytes that follow, while they are 255; and where the next thing begins."""
    if count < 15:
        return count, at
    more = 255
    while more == 255 and at < data.size:
        more = data[at]
        count += more
        at += 1
    return count, at


@numba.njit(cache=True, nogil=True)
def _lz4(data: Any, out: Any) -> int:
    """The block form of LZ4: a token, literals, a match two bytes back or more; the last sequence has no match."""
    at, made = 0, 0
    while made >= 0 and at < data.size:
        token = data[at]
        count, at = _lengthened(data, at + 1, token >> 4)
        made = _taken(data, at, out, made, count)
        at += count
        if made < 0 or at >= data.size:
            break
        back = _number(data, at, 2)
        length, at = _lengthened(data, at + 2, token & 15)
        made = _repeated(out, made, max(back, 0), length + 4)
    return made if made == out.size else -1


@numba.njit(cache=True, nogil=True)
def _snappy(data: Any, at: int, out: Any) -> int:
    """The raw form of Snappy after its length: literals, and copies with offsets of one, two or four bytes."""
    made = 0
    while at < data.size and 0 <= made < out.size:
        tag = data[at]
        kind, size = tag & 3, tag >> 2
        at += 1
        if kind == 0:
            wide = max(0, size - 59)
            count = (_number(data, at, wide) if wide else size) + 1
            made = _taken(data, at + wide, out, made, count) if count > 0 else -1
            at += wide + count
        elif kind == 1:
            back = _number(data, at, 1)
            made = _repeated(out, made, (tag >> 5) << 8 | back, (size & 7) + 4) if back >= 0 else -1
            at += 1
        else:
            wide = 2 * (kind - 1)
            made = _repeated(out, made, max(_number(data, at, wide), 0), size + 1)
            at += wide
    return made if made == out.size else -1


def _array(data: bytes) -> Any:
    return np.frombuffer(data, dtype=np.uint8).astype(np.int64)


def pglz(data: bytes, size: int) -> bytes | None:
    """Unpack a stream of PostgreSQL's own compression to exactly `size` bytes."""
    out = np.empty(size, dtype=np.uint8)
    return out.tobytes() if _pglz(_array(data), out) == size else None


def lz4(data: bytes, size: int) -> bytes | None:
    """Unpack a block of LZ4 to exactly `size` bytes."""
    out = np.empty(size, dtype=np.uint8)
    return out.tobytes() if _lz4(_array(data), out) == size else None


def snappy(data: bytes) -> bytes | None:
    """Unpack one raw Snappy stream; it says itself how long it is, so that what follows it does no harm."""
    size, shift, at = 0, 0, 0
    while at < min(5, len(data)):
        size |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not data[at - 1] & 0x80:
            break
    if not 0 < size <= BOMB:
        return None
    out = np.empty(size, dtype=np.uint8)
    return out.tobytes() if _snappy(_array(data), at, out) == size else None


def archive(data: bytes, label: str, depth: int = 3) -> Iterator[tuple[str, bytes]]:
    """What lies inside a gzip, zip (also .xlsx), bzip2, xz or zlib file, and inside that."""
    inner = [] if depth == 0 else list(_opened(data))
    for name, content in inner:
        yield f"{label}!{name}", content
        yield from archive(content, f"{label}!{name}", depth - 1)


def _opened(data: bytes) -> Iterator[tuple[str, bytes]]:
    broken = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError, NotImplementedError)
    with suppress(*broken):  # what only looks like an archive is searched as it lies there
        if data[:2] == b"\x1f\x8b":
            yield "gzip", gzip.decompress(data)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as held:
                for entry in held.infolist():
                    yield f"zip name {entry.filename}", entry.filename.encode()
                    yield f"zip {entry.filename}", held.read(entry)
        elif data[:3] == b"BZh":
            yield "bzip2", bz2.decompress(data)
        elif data[:6] == b"\xfd7zXZ\0":
            yield "xz", lzma.decompress(data)
        elif data[:2] in {b"\x78\x9c", b"\x78\xda", b"\x78\x01"}:
            yield "zlib", zlib.decompress(data)
