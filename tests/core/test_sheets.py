import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.sheets import Row, Unreadable, encoding_of, head_of, rows_of, rows_of_geojson, separator_of

SHEET = "名称,地址\n桂花小区,太仓路 1 号\n"


def rows(*cells: tuple[str, ...]) -> list[Row]:
    return [Row(number, row) for number, row in enumerate(cells, 1)]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (SHEET.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SHEET.encode(), "utf-8-sig"),
        (SHEET.encode("gb18030"), "gb18030"),
        (SHEET.encode("utf-16"), "utf-16"),
        (b"name,address\nplain,ascii\n", "utf-8"),
        (SHEET.encode() + b"\xff\xfe" + SHEET.encode(), "utf-8"),
    ],
)
def test_the_encoding_is_read_from_the_bytes(raw: bytes, encoding: str) -> None:
    assert encoding_of([raw]) == encoding
    assert encoding_of([raw[:3], raw[3:]] if not raw.startswith(b"\xff") else [raw]) == encoding


@pytest.mark.parametrize(
    ("raw", "rule"),
    [(b"", "empty"), (b"PK\x03\x04\0\0", "binary"), (bytes(range(0x80, 0x100)) * 9, "encoding")],
)
def test_what_is_no_text_is_refused_by_its_rule(raw: bytes, rule: str) -> None:
    with pytest.raises(Unreadable) as refused:
        encoding_of([raw])
    assert refused.value.rule == rule


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4), min_size=1, max_size=9))
def test_a_chinese_text_comes_back_from_both_encodings(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert text.encode().decode(encoding_of([text.encode()])) == text


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_that_cuts_the_lines_alike(separator: str) -> None:
    text = "\n".join(separator.join(["a,x" if separator == ";" else "a", "b", "3"]) for _ in range(4))
    assert separator_of(text) == separator


def test_a_quoted_line_break_stays_in_its_cell_and_rows_are_counted_as_people_see_them() -> None:
    found = list(rows_of(["名称,备注\n", '甲,"上\n', '下"\n', "\n", "乙,x\n"], ","))
    assert [(row.number, row.cells) for row in found] == [
        (1, ("名称", "备注")),
        (2, ("甲", "上\n下")),
        (3, ()),
        (4, ("乙", "x")),
    ]
    assert [row.is_empty for row in found] == [False, False, True, False]


def test_a_quotation_mark_left_open_and_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        list(rows_of(["a,b\n", 'x,"' + "y" * 200_000], ","))
    assert refused.value.rule == "quote"
    with pytest.raises(Unreadable) as refused:
        list(rows_of([",".join("x" * 300)], ","))
    assert refused.value.rule == "columns"


def test_a_title_above_the_header_is_passed_over() -> None:
    head = head_of(rows(("某市小区一览表", "", ""), ("", "", ""), ("名称", "地址", "户数"), ("甲", "乙", "3")))
    assert (head.first, head.last, head.names) == (3, 3, ("名称", "地址", "户数"))


def test_a_merged_heading_is_joined_with_the_row_below() -> None:
    head = head_of(rows(("名称", "位置", "", "户数"), ("", "经度", "纬度", ""), ("甲", "121.1", "31.4", "3")))
    assert (head.first, head.last, head.names) == (1, 2, ("名称", "位置 经度", "位置 纬度", "户数"))


def test_headings_are_never_twice_the_same_and_never_empty() -> None:
    assert head_of(rows(("名称", "名称", "", "户数"), ("甲", "乙", "x1", "3"))).names == (
        "名称",
        "名称 (2)",
        "#3",
        "户数",
    )
    with pytest.raises(Unreadable):
        head_of([])


def test_features_become_rows_with_a_place_and_the_geometry_as_text() -> None:
    ring = [[121.0, 31.0], [121.2, 31.0], [121.2, 31.4], [121.0, 31.0]]
    found = list(
        rows_of_geojson({
            "features": [
                {"properties": {"name": "甲", "height": 20.0, "open": True, "tags": [1]},
                 "geometry": {"type": "Point", "coordinates": [121.5, 31.2]}},
                {"properties": {"name": "乙"}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
                {"geometry": None},
                "no feature",
            ]
        })
    )  # fmt: skip
    assert found[0].cells == ("name", "height", "open", "tags", "lon", "lat", "geometry")
    assert found[1].cells[:6] == ("甲", "20", "TRUE", "[1]", "121.5", "31.2")
    assert found[2].cells[4:6] == ("121.1000000", "31.2000000")
    assert found[3].is_empty
    assert found[4].is_empty
    with pytest.raises(Unreadable):
        list(rows_of_geojson({"type": "Feature"}))
    with pytest.raises(Unreadable):
        list(rows_of_geojson({"features": [{"properties": {str(n): n for n in range(300)}}]}))
