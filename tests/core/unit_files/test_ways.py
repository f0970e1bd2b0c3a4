"""Walking networks: lines that meet are one, a unit stands on the nearest within reach."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from wangge.core.unit_files.faults import BadFile
from wangge.core.unit_files.reading import read_units
from wangge.core.unit_files.table import UnitTable
from wangge.core.unit_files.ways import ways

Line = Sequence[Any]


def units(*spots: tuple[float, float], community: str = "", head: str = "x_m,y_m") -> UnitTable:
    rows = [f"u{at},{x},{y},2,{community[at : at + 1]}" for at, (x, y) in enumerate(spots)]
    return read_units("\n".join([f"id,{head},households,community", *rows]).encode())


def drawn(*lines: Line, kind: str = "LineString") -> bytes:
    features = [{"type": "Feature", "geometry": {"type": kind, "coordinates": line}} for line in lines]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_lines_nearer_than_20_metres_are_one_network() -> None:
    houses = units((0, 5), (200, 5), (400, 5))
    assert ways(drawn([(0, 0), (100, 0)], [(119, 0), (300, 0)], [(321, 0), (500, 0)]), houses).tolist() == [0, 0, 1]


def test_a_unit_stands_on_the_nearest_network_within_100_metres() -> None:
    houses = units((50, 40), (50, 60), (50, -99), (50, -101))
    assert ways(drawn([(0, 0), (100, 0)], [(0, 110), (100, 110)]), houses).tolist() == [0, 1, 0, -1]


def test_of_two_networks_equally_near_the_first_counts() -> None:
    assert ways(drawn([(0, 60), (100, 60)], [(0, 0), (100, 0)]), units((50, 30))).tolist() == [0]


def test_a_way_round_beyond_500_metres_joins_nothing() -> None:
    houses = units((0, 0), (900, 0))
    near, far = ([(0, 0), (0, up), (900, up), (900, 0)] for up in (490, 510))
    assert [ways(drawn(line), houses).tolist() for line in (near, far)] == [[0, 0], [0, 1]]


def test_networks_are_numbered_for_each_community() -> None:
    houses = units((0, 0), (5000, 0), (10, 0), (9000, 900), community="abab")
    assert ways(drawn([(0, 0), (9000, 0)]), houses).tolist() == [0, 1, 0, -1]


def test_ways_may_be_in_degrees_in_several_parts_and_of_any_kind_of_line() -> None:
    houses = units((121.1, 31.45), (121.101, 31.45), (121.14, 31.47), head="lon,lat")
    line = [[(121.1, 31.45), (121.101, 31.45)], [(121.14, 31.47), (121.141, 31.47)]]
    assert ways(drawn(line, kind="MultiLineString"), houses).tolist() == [0, 0, 1]
    square = [[(121.1, 31.45), (121.101, 31.45), (121.101, 31.451), (121.1, 31.45)]]
    assert ways(drawn(square, kind="Polygon"), houses).tolist() == [0, 0, -1]


def test_no_ways_are_none() -> None:
    assert ways(drawn(), units((0, 0))).tolist() == [-1]


def test_what_is_no_line_is_named_by_its_row() -> None:
    with pytest.raises(BadFile, match="row 2, column geometry: this is no line"):
        ways(drawn([(0, 0), (1, 1)], [(0, 0)]).replace(b'"LineString", "coordinates": [[0, 0]]', b'"x"'), units((0, 0)))
    with pytest.raises(BadFile):
        ways(b"no json", units((0, 0)))


def test_a_column_says_the_way_too_and_minus_one_is_none() -> None:
    table = read_units(b"id,x_m,y_m,households,way\na,0,0,1,7\nb,9,0,1,-1\nc,9,9,1,\nd,5,5,1,7\n")
    assert (table.way.codes.tolist(), table.way.names) == ([0, -1, -1, 0], ("7",))
