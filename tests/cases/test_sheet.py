"""The drawing for paper: north up, nothing squeezed, a scale bar one can lay a ruler to."""

import json
from math import cos, radians

import pytest

from wangge.cases.queries.map import Mark
from wangge.cases.queries.shades import Shade, Shading
from wangge.cases.views.sheet import HIGH, STEPS, WIDE, Paper, fill_of, lines_of, sheet
from wangge.core.classes import classes
from wangge.places.queries.drawing import Box
from wangge.places.queries.tree import Node

BOX = Box(121.0, 31.4, 121.2, 31.5)
SQUARE = [[121.0, 31.4], [121.1, 31.4], [121.1, 31.5], [121.0, 31.4]]
AREA = Node(7, None, "grid", "第 1 网格", "", 121.1, 31.45)


def collection(**properties: object) -> str:
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return json.dumps({"features": [{"id": 7, "geometry": geometry, "properties": properties}]})


@pytest.mark.parametrize("box", [BOX, Box(121.0, 31.0, 121.1, 31.9), Box(121.0, 31.4, 121.000001, 31.400001)])
def test_the_whole_box_lies_on_the_sheet_and_a_metre_is_as_long_across_as_down(box: Box) -> None:
    paper = Paper.round(box)
    corners = [paper.at(lon, lat) for lon in (box.west, box.east) for lat in (box.south, box.north)]
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in corners)
    (left, top), (right, bottom) = paper.at(box.west, box.north), paper.at(box.east, box.south)
    across, down = (box.east - box.west) * cos(radians((box.south + box.north) / 2)), box.north - box.south
    assert (right - left) * down == pytest.approx((bottom - top) * across, abs=0.4)


@pytest.mark.parametrize("wide", [0.0005, 0.01, 0.3, 6.0])
def test_the_scale_bar_is_a_round_length_of_its_size(wide: float) -> None:
    paper = Paper.round(Box(121.0, 31.4, 121.0 + wide, 31.4 + wide / 2))
    number, unit = paper.bar["said"].split()
    metres = int(number) * (1000 if unit == "km" else 1)
    assert number[0] in "125"
    assert set(number[1:]) <= {"0"}
    assert paper.bar["wide"] == pytest.approx(metres / 111_320 * paper.scale, abs=0.1)
    assert WIDE / 12 <= paper.bar["wide"] <= WIDE / 4


def test_lines_are_found_in_every_type_of_geometry() -> None:
    held = [("LineString", SQUARE, 1), ("Polygon", [SQUARE, SQUARE], 2), ("MultiLineString", [SQUARE], 1),
            ("MultiPolygon", [[SQUARE], [SQUARE, SQUARE]], 3), ("Point", [121, 31], 0)]  # fmt: skip
    for kind, coordinates, count in held:
        assert len(list(lines_of({"type": kind, "coordinates": coordinates}))) == count


def test_the_classes_on_paper_are_those_of_the_legend() -> None:
    made = Shading([Shade(AREA, 9, 4, beyond=-20)], classes([1, 3, 5, 7, 9]))
    drawn = sheet(BOX, [collection(kind="grid", level="grid", name="第 1 网格", tint=1)], [], made, None)
    assert [shape["fill"] for shape in drawn["shapes"]] == [STEPS[4], "url(#map-beyond)", "none"]
    assert drawn["shapes"][-1]["stroke"] == "#b3261e"
    assert fill_of(Shade(AREA, None, None)) != fill_of(Shade(AREA, 0, None))


def test_a_mark_stands_beside_its_place_on_paper_too() -> None:
    mark = Mark("a", 121.1, 31.45, (10.0, -20.0), "danger", "1", is_heap=False, title="a")
    x, y = Paper.round(BOX).at(121.1, 31.45)
    (drawn,) = sheet(BOX, [], [mark], None, None)["marks"]
    assert (drawn["x"], drawn["y"]) == (x + 10, y - 20)
