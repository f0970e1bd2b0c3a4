"""The buildings in an OpenStreetMap extract (.osm.pbf), read with nothing but the standard library.

Only what a bench needs: blocks packed by zlib, dense nodes, closed ways, and multipolygons whose rings are closed ways.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

Spot = tuple[float, float]
Message = dict[int, list[int | bytes]]
NANO = 1e-9


@dataclass(frozen=True)
class Shape:
    """A building: its outer and inner rings as longitudes and latitudes, and its tags."""

    id: str
    outer: list[list[Spot]]
    inner: list[list[Spot]]
    tags: dict[str, str]


@dataclass
class _Read:
    """What was found so far: nodes by number, closed ways by number, relations for the end."""

    nodes: dict[int, Spot] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], dict[str, str]]] = field(default_factory=dict)
    relations: list[tuple[int, list[tuple[int, str]], dict[str, str]]] = field(default_factory=list)


def buildings(raw: bytes) -> Iterator[Shape]:
    """Yield every building of an extract, ways first."""
    read = _Read()
    for block in _blocks(raw):
        _take(block, read)
    for number, (refs, tags) in read.ways.items():
        if "building" in tags and len(ring := _ring(read, refs)) > 3:
            yield Shape(f"way/{number}", [ring], [], tags)
    for number, members, tags in read.relations:
        rings: dict[str, list[list[Spot]]] = {"outer": [], "inner": []}
        for way, role in members:
            if role in rings and way in read.ways and len(ring := _ring(read, read.ways[way][0])) > 3:
                rings[role].append(ring)
        if rings["outer"]:
            yield Shape(f"relation/{number}", rings["outer"], rings["inner"], tags)


def _ring(read: _Read, refs: list[int]) -> list[Spot]:
    """The corners of a closed way; nothing where it is open or leads out of the extract."""
    if refs[0] != refs[-1] or any(ref not in read.nodes for ref in refs):
        return []
    return [read.nodes[ref] for ref in refs]


def _blocks(raw: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        header = _message(raw[at + 4 : at + 4 + size])
        at += 4 + size
        length = int(_number(header, 3))
        blob = _message(raw[at : at + length])
        at += length
        if header[1] == [b"OSMData"]:
            yield zlib.decompress(_bytes(blob, 3)) if 3 in blob else _bytes(blob, 1)


def _take(block: bytes, read: _Read) -> None:
    message = _message(block)
    strings = [cast("bytes", one).decode() for one in _message(_bytes(message, 1)).get(1, [])]
    grain, south, west = _number(message, 17, 100), _number(message, 19), _number(message, 20)
    for raw_group in message.get(2, []):
        group = _message(cast("bytes", raw_group))
        for raw_dense in group.get(2, []):
            dense = _message(cast("bytes", raw_dense))
            columns = (_deltas(_bytes(dense, 1)), _deltas(_bytes(dense, 8)), _deltas(_bytes(dense, 9)))
            for number, lat, lon in zip(*columns, strict=True):
                read.nodes[number] = (west + lon * grain) * NANO, (south + lat * grain) * NANO
        for raw_way in group.get(3, []):
            way = _message(cast("bytes", raw_way))
            read.ways[int(_number(way, 1))] = list(_deltas(_bytes(way, 8))), _tags(way, strings)
        for raw_relation in group.get(4, []):
            relation = _message(cast("bytes", raw_relation))
            tags = _tags(relation, strings)
            if tags.get("type") == "multipolygon" and "building" in tags:
                roles = [strings[at] for at in _varints(_bytes(relation, 8))]
                members = list(zip(_deltas(_bytes(relation, 9)), roles, strict=True))
                read.relations.append((int(_number(relation, 1)), members, tags))


def _tags(message: Message, strings: list[str]) -> dict[str, str]:
    keys, values = _varints(_bytes(message, 2)), _varints(_bytes(message, 3))
    return {strings[key]: strings[value] for key, value in zip(keys, values, strict=True)}


def _message(raw: bytes) -> Message:
    """The fields of a protocol buffer: numbers as they stand, the rest as bytes."""
    found: Message = {}
    at = 0
    while at < len(raw):
        key, at = _varint(raw, at)
        kind = key & 7
        value: int | bytes
        if kind == 0:
            value, at = _varint(raw, at)
        else:
            size, at = _varint(raw, at) if kind == 2 else (8 if kind == 1 else 4, at)
            value, at = raw[at : at + size], at + size
        found.setdefault(key >> 3, []).append(value)
    return found


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _varints(raw: bytes) -> Iterator[int]:
    at = 0
    while at < len(raw):
        value, at = _varint(raw, at)
        yield value


def _deltas(raw: bytes) -> Iterator[int]:
    """Numbers written as signed (zigzag) differences from the one before."""
    now = 0
    for value in _varints(raw):
        now += (value >> 1) ^ -(value & 1)
        yield now


def _bytes(message: Message, number: int) -> bytes:
    return cast("bytes", message.get(number, [b""])[0])


def _number(message: Message, number: int, default: int = 0) -> int:
    return cast("int", message.get(number, [default])[0])
