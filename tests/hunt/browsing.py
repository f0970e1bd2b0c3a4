"""What a browser leaves on its disk: stores of keys and values (LevelDB), packed blocks in them, answers it kept."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.hunt.unpacking import snappy

BLOCK = 32_768
MAGIC = bytes.fromhex("57fb808b247547db")
PACKED_VALUE = b"\xff\x11\x02"
"""So a value begins that the browser packed before it kept it (third_party/blink/.../idb_value_wrapping.cc)."""
GZIP = b"\x1f\x8b\x08"


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where the next thing begins."""
    value, shift = 0, 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if not data[at - 1] & 0x80:
            break
    return value, at


def log_records(content: bytes) -> bytes:
    """A store's log without the headers that cut long records to pieces."""
    parts = []
    for block in range(0, len(content), BLOCK):
        at, end = block, min(block + BLOCK, len(content))
        while at + 7 <= end:
            length = struct.unpack_from("<H", content, at + 4)[0]
            parts.append(content[at + 7 : min(at + 7 + length, end)])
            at += 7 + max(length, 0)
    return b"".join(parts)


def _block(content: bytes, at: int, size: int) -> bytes:
    held = content[at : at + size]
    packed = content[at + size : at + size + 1] == b"\1"
    return (snappy(held) or b"") if packed else held


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    if len(block) < 4:
        return
    (restarts,) = struct.unpack_from("<I", block, len(block) - 4)
    end, at, key = len(block) - 4 - 4 * restarts, 0, b""
    while at < end:
        shared, at = varint(block, at)
        own, at = varint(block, at)
        size, at = varint(block, at)
        key = key[:shared] + block[at : at + own]
        yield key, block[at + own : at + own + size]
        at += own + size


def table_blocks(content: bytes) -> Iterator[bytes]:
    """The blocks of a table file, each made plain, each key whole before its value."""
    if content[-8:] != MAGIC:
        return
    footer = content[-48:]
    _, at = varint(footer, 0)
    _, at = varint(footer, at)
    start, at = varint(footer, at)
    size, at = varint(footer, at)
    for _key, handle in _entries(_block(content, start, size)):
        begin, next_at = varint(handle, 0)
        length, _ = varint(handle, next_at)
        yield b"\n".join(part for entry in _entries(_block(content, begin, length)) for part in entry)


def packed_values(content: bytes) -> Iterator[bytes]:
    """Values that were packed before they were kept."""
    at = content.find(PACKED_VALUE)
    while at >= 0:
        start = at + len(PACKED_VALUE)
        size, _ = varint(content, start)
        if 0 < size < 1 << 24 and (plain := snappy(content[start:])) is not None:
            yield plain
        at = content.find(PACKED_VALUE, at + 1)


def inflated(content: bytes) -> Iterator[bytes]:
    """What is packed as gzip anywhere inside."""
    at = content.find(GZIP)
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(content[at:])
        at = content.find(GZIP, at + 1)


def of_profile(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a browser's profile: as it lies there, its name, what is packed in it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield f"browser name: {name}", name.encode()
        if not path.is_file() or path.is_symlink():
            continue
        content = path.read_bytes()
        yield f"browser {name}: as it lies", content
        if path.suffix in {".ldb", ".sst"}:
            pieces = list(table_blocks(content))
            yield from ((f"browser {name}: block", piece) for piece in pieces)
        else:
            pieces = [log_records(content)] if path.suffix == ".log" else [content]
            if path.suffix == ".log":
                yield f"browser {name}: records", pieces[0]
        for piece in pieces:
            yield f"browser {name}: letters of two bytes", piece.replace(b"\0", b"")
            yield from ((f"browser {name}: packed value", plain) for plain in packed_values(piece))
        yield from ((f"browser {name}: gzip", plain) for plain in inflated(content))
