"""Geometry from outside: what is taken, and which rule refuses the rest (trust row 21)."""

import json
import math
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from wangge.core.geometry import MAX_VERTICES, BadGeometry, Box, Rule, check_geojson, check_wkb, read_geojson

TOWN = Box(120.0, 31.0, 122.0, 32.0)
SQUARE = [[121.0, 31.2], [121.1, 31.2], [121.1, 31.3], [121.0, 31.2]]
GOOD = {
    "Point": [121.0, 31.5],
    "MultiPoint": [[121.0, 31.5], [121.5, 31.2]],
    "LineString": [[121.0, 31.5], [121.5, 31.2]],
    "MultiLineString": [[[121.0, 31.5], [121.5, 31.2]], [[121.0, 31.0], [121.0, 31.1]]],
    "Polygon": [SQUARE],
    "MultiPolygon": [[SQUARE], [SQUARE, SQUARE]],
}
kinds = pytest.mark.parametrize("kind", GOOD)


def drawn(kind: str) -> BaseGeometry:
    return shape({"type": kind, "coordinates": GOOD[kind]})


def refused(check: Callable[[], object]) -> Rule:
    with pytest.raises(BadGeometry) as refusal:
        check()
    return refusal.value.rule


@kinds
def test_the_six_plain_types_pass_in_both_forms_with_the_same_box(kind: str) -> None:
    bounds = Box(*drawn(kind).bounds)
    assert check_geojson({"type": kind, "coordinates": GOOD[kind]}, TOWN) == bounds
    assert check_wkb(drawn(kind).wkb, TOWN) == bounds


@kinds
def test_read_geojson_keeps_type_and_coordinates_alone(kind: str) -> None:
    text = json.dumps({"type": kind, "coordinates": GOOD[kind], "crs": {"x": [1]}})
    plain = {"type": kind, "coordinates": GOOD[kind]}
    assert read_geojson(text, TOWN) == read_geojson(text.encode(), TOWN) == plain


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (None, Rule.FORMAT),
        ([], Rule.FORMAT),
        ({}, Rule.FORMAT),
        ({"type": ["Point"]}, Rule.FORMAT),
        ({"type": "GeometryCollection", "geometries": []}, Rule.COLLECTION),
        ({"type": "Feature", "geometry": {}}, Rule.TYPE),
        ({"type": "Point"}, Rule.SHAPE),
        ({"type": "Point", "coordinates": []}, Rule.SHAPE),
        ({"type": "Point", "coordinates": [121.0]}, Rule.SHAPE),
        ({"type": "Point", "coordinates": [121.0, 31.5, 8.0]}, Rule.SHAPE),
        ({"type": "Point", "coordinates": "12"}, Rule.SHAPE),
        ({"type": "Point", "coordinates": ["121", 31.5]}, Rule.SHAPE),
        ({"type": "Point", "coordinates": [True, 31.5]}, Rule.SHAPE),
        ({"type": "Point", "coordinates": [[1, 2], [3, 4]]}, Rule.DEPTH),
        ({"type": "Point", "coordinates": [math.nan, 31.5]}, Rule.FINITE),
        ({"type": "Point", "coordinates": [121.0, -math.inf]}, Rule.FINITE),
        ({"type": "Point", "coordinates": [119.9, 31.5]}, Rule.OUTSIDE),
        ({"type": "Point", "coordinates": [121.0, 32.1]}, Rule.OUTSIDE),
        ({"type": "Point", "coordinates": [10**400, 31]}, Rule.OUTSIDE),
        ({"type": "LineString", "coordinates": [[121.0, 31.5]]}, Rule.SHAPE),
        ({"type": "LineString", "coordinates": [[[121.0, 31.5]], [[121.0, 31.5]]]}, Rule.SHAPE),
        ({"type": "LineString", "coordinates": 121.0}, Rule.SHAPE),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, Rule.SHAPE),
        ({"type": "Polygon", "coordinates": [[*SQUARE[:3], [121.9, 31.9]]]}, Rule.SHAPE),
        ({"type": "Polygon", "coordinates": [SQUARE, []]}, Rule.SHAPE),
        ({"type": "Polygon", "coordinates": SQUARE}, Rule.SHAPE),
        ({"type": "MultiPolygon", "coordinates": [[[SQUARE]]]}, Rule.SHAPE),
        ({"type": "MultiPoint", "coordinates": [[121.0, 31.5]] * (MAX_VERTICES + 1)}, Rule.VERTICES),
        ({"type": "Polygon", "coordinates": [[]] * (MAX_VERTICES + 1)}, Rule.VERTICES),
        ({"type": "MultiPolygon", "coordinates": [[[1]] * 9] * MAX_VERTICES}, Rule.VERTICES),
    ],
)
def test_each_broken_rule_is_named(value: object, rule: Rule) -> None:
    assert refused(lambda: check_geojson(value, TOWN)) is rule


def test_as_many_vertices_as_allowed_pass() -> None:
    check_geojson({"type": "MultiPoint", "coordinates": [[121.0, 31.5]] * MAX_VERTICES}, TOWN)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", Rule.FORMAT),
        (b"\xff\xfe", Rule.FORMAT),
        ('{"type": "Point", "coordinates": [1e999, 31]}', Rule.FINITE),
        ('{"type": "Point", "coordinates": [NaN, 31]}', Rule.FINITE),
        ('{"type": "Point", "coordinates": [' + "9" * 5000 + ", 31]}", Rule.FORMAT),
        ('{"type": "Polygon", "coordinates": ' + "[" * 100_000 + "]" * 100_000 + "}", Rule.DEPTH),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, Rule.DEPTH),
        ('{"type": "Polygon", "coordinates": ' + "[" * 500 + "]" * 500 + "}", Rule.SHAPE),
        (" " * 2_000_001, Rule.SIZE),
    ],
    ids=lambda value: value.value if isinstance(value, Rule) else None,
)
def test_texts_that_kill_parsers_are_refused(text: str | bytes, rule: Rule) -> None:
    assert refused(lambda: read_geojson(text, TOWN)) is rule


def test_a_structure_nested_a_hundred_thousand_deep_is_refused_without_recursion() -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    assert refused(lambda: check_geojson({"type": "MultiPolygon", "coordinates": nested}, TOWN)) is Rule.SHAPE


def point(order: str = "<", kind: int = 1, *numbers: float) -> bytes:
    return struct.pack(order + "BI", order == "<", kind) + struct.pack(f"{order}{len(numbers)}d", *numbers)


COLLECTION = struct.pack("<BII", 1, 7, 1)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", Rule.FORMAT),
        (b"\x01", Rule.FORMAT),
        (b"\x02\x01\x00\x00\x00", Rule.FORMAT),
        (point("<", 1, 121.0), Rule.FORMAT),
        (point("<", 1, 121.0, 31.5) + b"\0", Rule.FORMAT),
        (point("<", 1, 121.0, 33.0), Rule.OUTSIDE),
        (point(">", 1, math.nan, math.nan), Rule.FINITE),
        (point("<", 1001, 121.0, 31.5, 1.0), Rule.TYPE),
        (point("<", 0x80000001, 121.0, 31.5, 1.0), Rule.TYPE),
        (point("<", 8), Rule.TYPE),
        (COLLECTION * 100_000, Rule.COLLECTION),
        (struct.pack("<BII", 1, 4, 1) + COLLECTION * 100_000, Rule.COLLECTION),
        (struct.pack("<BII", 1, 6, 1) * 50_000, Rule.DEPTH),
        (struct.pack("<BII", 1, 5, 1) + point("<", 1, 121.0, 31.5), Rule.DEPTH),
        (struct.pack("<BII", 1, 4, 1) + point("<", 0x20000001), Rule.TYPE),
        (struct.pack("<BII", 1, 2, 0xFFFFFFFF), Rule.VERTICES),
        (struct.pack("<BII", 1, 2, MAX_VERTICES), Rule.FORMAT),
        (struct.pack("<BII", 1, 3, 0), Rule.SHAPE),
        (struct.pack("<BII", 1, 4, 0), Rule.SHAPE),
        (struct.pack("<BII", 1, 6, 0), Rule.SHAPE),
        (struct.pack("<BIII", 1, 3, 1, 3) + struct.pack("<6d", 121, 31, 121, 31.1, 121, 31), Rule.SHAPE),
        (b"\0" * 2_000_001, Rule.SIZE),
    ],
    ids=lambda value: value.value if isinstance(value, Rule) else None,
)
def test_bytes_that_kill_parsers_are_refused(raw: bytes, rule: Rule) -> None:
    assert refused(lambda: check_wkb(raw, TOWN)) is rule


def test_both_byte_orders_and_a_reference_system_are_read() -> None:
    spot = Box(121.0, 31.5, 121.0, 31.5)
    assert check_wkb(point(">", 1, 121.0, 31.5), TOWN) == spot
    assert check_wkb(struct.pack("<BII2d", 1, 0x20000001, 4490, 121.0, 31.5), TOWN) == spot


def test_many_rings_together_keep_to_the_limit() -> None:
    ring = struct.pack("<I", 4) + struct.pack("<8d", *(n for pair in SQUARE for n in pair))
    assert refused(lambda: check_wkb(struct.pack("<BII", 1, 3, 2501) + ring * 2501, TOWN)) is Rule.VERTICES
    check_wkb(struct.pack("<BII", 1, 3, 2500) + ring * 2500, TOWN)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    try:
        box = check_wkb(raw, TOWN)
    except BadGeometry:
        return
    assert TOWN.holds(box.west, box.south)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    st.lists,
    max_leaves=20,
)


@given(st.sampled_from(sorted(GOOD)), json_values)
def test_no_coordinates_break_the_check_and_what_passes_is_drawn(kind: str, coordinates: object) -> None:
    value = {"type": kind, "coordinates": coordinates}
    try:
        box = check_geojson(value, Box(-1e9, -1e9, 1e9, 1e9))
    except BadGeometry:
        return
    assert mapping(shape(value))["type"] == kind
    assert Box(*shape(value).bounds) == box


@pytest.mark.parametrize(
    ("edges", "rule"),
    [((1, 0, 0, 1), Rule.SHAPE), ((0, 1, 1, 0), Rule.SHAPE), ((0, 0, math.inf, 1), Rule.FINITE)],
)
def test_a_box_inside_out_or_without_end_is_refused(edges: tuple[float, float, float, float], rule: Rule) -> None:
    assert refused(lambda: Box(*edges)) is rule


def test_a_box_goes_around_its_positions_and_grows() -> None:
    assert Box.around([(1.0, 5.0), (3.0, 2.0)]).grown(1) == Box(0, 1, 4, 6)
    assert refused(lambda: Box.around([])) is Rule.SHAPE


def test_the_edge_belongs_to_the_box() -> None:
    assert [TOWN.holds(*at) for at in [(120.0, 31.0), (122.0, 32.0), (119.9, 31.0), (121.0, 32.1)]] == [
        True,
        True,
        False,
        False,
    ]
