"""Kinds of bad rows: each keeps its row, its column and the rule that it breaks, and nothing of it is written."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.cast import Cast
from tests.exchange.lists import at_work, checked, digest, faults, mapped, sheet, taken, upload
from wangge.exchange.models import Import
from wangge.places.models import Building, Compound

Case = tuple[Mapping[str, str], str, str]  # what stands otherwise in a good row; field and rule
OWN = {"scheme": "own", "year": "2026"}

AREA = {"代码": "990009001001", "名称": "好社区", "级别": "社区", "上级代码": "990001001", "值班电话": "0512-53000000",
        "设立日期": "2026-01-01", "撤销日期": "", "全称": ""}  # fmt: skip
AREAS: tuple[Case, ...] = (
    ({"代码": ""}, "code", "missing"),
    ({"代码": "3.2058E+11"}, "code", "scientific"),
    ({"代码": "20585100001"}, "code", "code_length"),
    ({"代码": "32058510O001"}, "code", "not_code"),
    ({"代码": '=A1&"001"'}, "code", "formula"),
    ({"名称": ""}, "name", "missing"),
    ({"名称": "无"}, "name", "missing"),
    ({"名称": "很" * 81}, "name", "too_long"),
    ({"名称": "好\x07社区"}, "name", "control"),
    ({"名称": "好\u202e社区"}, "name", "control"),
    ({"名称": "好\ufffd社区"}, "name", "broken_character"),
    ({"名称": "#N/A"}, "name", "error_value"),
    ({"名称": "########"}, "name", "hashes"),
    ({"名称": '=HYPERLINK("http://x")'}, "name", "formula"),
    ({"级别": ""}, "level", "missing"),
    ({"级别": "省"}, "level", "not_in_list"),
    ({"级别": "市", "上级代码": "990001001"}, "parent", "level_mismatch"),
    ({"上级代码": ""}, "parent", "no_parent"),
    ({"上级代码": "990001777"}, "parent", "unknown_parent"),
    ({"代码": "990009001777", "上级代码": "990009001777"}, "parent", "circle"),
    ({"值班电话": "1380000000"}, "duty_phone", "phone"),
    ({"值班电话": "53000000"}, "duty_phone", "phone"),
    ({"值班电话": "1.38E+10"}, "duty_phone", "scientific"),
    ({"设立日期": "2026-02-30"}, "valid_from", "not_date"),
    ({"设立日期": "46023"}, "valid_from", "date_serial"),
    ({"设立日期": "1900-01-00"}, "valid_from", "date_1900"),
    ({"设立日期": "01/02/2026"}, "valid_from", "date_order"),
    ({"设立日期": "去年"}, "valid_from", "not_date"),
    ({"撤销日期": "2025-12-31"}, "valid_to", "end_before_start"),
    ({"全称": "长" * 121}, "official", "too_long"),
)

COMPOUND = {
    "小区名称": "好小区",
    "类型": "多层",
    "社区": "{community}",
    "地址": "某路1号",
    "经度": "104.2",
    "纬度": "37.6",
}
COMPOUNDS: tuple[Case, ...] = (
    ({"小区名称": ""}, "name", "missing"),
    ({"小区名称": "很" * 81}, "name", "too_long"),
    ({"类型": "洋房"}, "kind", "not_in_list"),
    ({"社区": "没有的社区"}, "community", "unknown_area"),
    ({"社区": ""}, "town", "no_area"),
    ({"经度": "", "纬度": ""}, "lon", "no_place"),
    ({"经度": "", "纬度": "37.6"}, "lon", "half_place"),
    ({"经度": "104.2", "纬度": "-"}, "lat", "half_place"),
    ({"经度": "NaN"}, "lon", "not_finite"),
    ({"经度": "东经一百度"}, "lon", "not_number"),
    ({"经度": "#DIV/0!"}, "lon", "error_value"),
    ({"经度": "37.6", "纬度": "104.2"}, "lon", "swapped"),
    ({"经度": "40551234", "纬度": "3480000"}, "lon", "not_degrees"),
    ({"经度": "104.2~104.3"}, "lon", "range"),
    ({"地址": "长" * 161}, "address", "too_long"),
)

HOUSE = {"小区": "{compound}", "楼栋": "900幢", "层数": "6", "高度": "", "单元数": "2", "户数": "24", "电梯": "无",
         "网格": "{grid}", "经度": "104.2", "纬度": "37.6", "轮廓": ""}  # fmt: skip
BOW = '{"type":"LineString","coordinates":[[104.2,37.6],[104.3,37.7]]}'
OPEN = '{"type":"Polygon","coordinates":[[[104.2,37.6],[104.3,37.6],[104.3,37.7]]]}'
DEEP = '{"type":"Polygon","coordinates":' + "[" * 200 + "]" * 200 + "}"
HOUSES: tuple[Case, ...] = (
    ({"小区": "没有的小区"}, "compound", "unknown_compound"),
    ({"楼栋": ""}, "name", "no_name"),
    ({"楼栋": "长" * 41}, "name", "too_long"),
    ({"层数": "-3"}, "floors", "too_small"),
    ({"层数": "0"}, "floors", "too_small"),
    ({"层数": "6.5"}, "floors", "not_whole"),
    ({"层数": "六七层"}, "floors", "not_number"),
    ({"层数": "6-11"}, "floors", "range"),
    ({"层数": "约18"}, "floors", "about"),
    ({"层数": "2000"}, "floors", "too_large"),
    ({"层数": ""}, "floors", "no_floors"),
    ({"层数": "", "高度": "9999"}, "height", "too_large"),
    ({"户数": "0"}, "homes", "too_small"),
    ({"户数": "1", "单元数": "3"}, "homes", "fewer_homes"),
    ({"电梯": "也许"}, "lift", "not_yes_no"),
    ({"网格": "XX-404"}, "grid", "unknown_grid"),
    ({"网格": "", "小区": "", "经度": "10", "纬度": "50"}, "grid", "no_grid"),
    ({"经度": "", "纬度": ""}, "lon", "missing"),
    ({"轮廓": BOW}, "geometry", "geometry"),
    ({"轮廓": OPEN}, "geometry", "geometry"),
    ({"轮廓": DEEP}, "geometry", "geometry"),
    ({"轮廓": "POLYGON((1 2))"}, "geometry", "geometry"),
)

DOOR = {"小区": "{compound}", "楼栋": "{building}", "单元": "9", "楼层": "1", "室号": "101"}
DOORS: tuple[Case, ...] = (
    ({"小区": ""}, "compound", "missing"),
    ({"小区": "没有的小区"}, "compound", "unknown_compound"),
    ({"楼栋": ""}, "building", "missing"),
    ({"楼栋": "404幢"}, "building", "unknown_building"),
    ({"室号": ""}, "room", "missing"),
    ({"室号": "很长很长很长很长很长的室号"}, "room", "too_long"),
    ({"室号": "甲", "楼层": ""}, "floor", "no_floor"),
    ({"室号": "002", "楼层": ""}, "floor", "no_floor"),
    ({"室号": "102", "楼层": "-1"}, "floor", "too_small"),
    ({"室号": "103", "楼层": "0"}, "floor", "too_small"),
    ({"室号": "104", "楼层": "九十"}, "floor", "not_number"),
    ({"室号": "9901", "楼层": "99"}, "floor", "above_roof"),
    ({"单元": "很长很长很长很长很长的单元名"}, "unit", "too_long"),
)
KINDS = len(AREAS) + len(COMPOUNDS) + len(HOUSES) + len(DOORS)


def bad(cast: Cast, kind: str, good: Mapping[str, str], cases: tuple[Case, ...], **mapping: Any) -> Import:
    """One list with all the bad rows, each of them a good row but for what its case says."""
    with at_work(cast.system_admin):
        compound = Compound.objects.order_by("id").select_related("community")[0]
        building = Building.objects.filter(compound=compound).order_by("id").select_related("grid__grid")[0]
    names = {
        "community": compound.community.name, "compound": compound.name, "building": building.name,
        "grid": building.grid.grid.number,
    }  # fmt: skip
    plain = {name: cell.format(**names) for name, cell in good.items()}
    rows = [list({**plain, **otherwise}.values()) for otherwise, _, _ in cases]
    parents = [["990001", "新青县", "县", "", "", "", "", ""], ["990001001", "东镇", "镇", "990001", "", "", "", ""]]
    raw = sheet(list(good), *(parents if kind == "areas" else []), *rows)
    return checked(cast.system_admin, kind, raw, **mapping)


@pytest.mark.parametrize(
    ("kind", "good", "cases"),
    [("areas", AREA, AREAS), ("compounds", COMPOUND, COMPOUNDS), ("buildings", HOUSE, HOUSES),
     ("dwellings", DOOR, DOORS)],
)  # fmt: skip
def test_every_bad_row_names_its_column_and_rule(
    cast: Cast, kind: str, good: Mapping[str, str], cases: tuple[Case, ...]
) -> None:
    held = bad(cast, kind, good, cases, options=OWN if kind == "areas" else {})
    found = faults(cast.system_admin, held)
    first = 4 if kind == "areas" else 2
    wanted = {(number, field, rule) for number, (_, field, rule) in enumerate(cases, first)}
    print(f"I22: {len(cases)} kinds of bad rows of {kind}, {len(wanted & found)} found with row, column and rule")
    assert wanted - found == set()


def test_there_are_more_than_sixty_kinds() -> None:
    assert KINDS >= 75


def test_no_bad_row_is_written_when_the_good_ones_are_taken(cast: Cast) -> None:
    held = bad(cast, "dwellings", DOOR, DOORS)
    before = digest(["places_dwelling"])
    held = taken(cast.system_admin, held)
    assert held.counts["outcomes"] == {"left_out": len(DOORS)}
    assert digest(["places_dwelling"]) == before


NO_LISTS = (
    (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "binary"),
    (b"PK\x03\x04 no zip at all", "zip"),
    (bytes(range(0x80, 0x100)) * 30, "encoding"),
    ("小区名称\n".encode(), "no_rows"),
    (b",,,\n,,,\n", "no_header"),
    (('"名称,地址\n' + "x" * 150_000).encode(), "quote"),
    (",".join(map(str, range(300))).encode() + b"\n1\n", "columns"),
    (b'{"type":"Feature"}', "geojson"),
    (b"[" * 200_000, "geojson"),
    (b"{", "geojson"),
)


def test_a_file_that_is_no_list_is_refused_by_its_rule(cast: Cast) -> None:
    for raw, rule in NO_LISTS:
        held = upload(cast.system_admin, "compounds", raw)
        assert held.trouble is not None
        assert (held.state, held.trouble["rule"]) == ("refused", rule)


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_full_width_digits_titles_merged_headers_and_empty_rows_are_understood(cast: Cast, encoding: str) -> None:
    with at_work(cast.system_admin):
        name = Compound.objects.order_by("id").select_related("community")[0].community.name
    raw = sheet(
        ["某县小区一览表"], [], ["小区名称", "位置", "", "社区"], ["", "经度", "纬度", ""],
        ["甲苑", "１０４．２", "37.6", name], [], ["乙苑", "104.21", "37.61", name], encoding=encoding,
    )  # fmt: skip
    held = upload(cast.system_admin, "compounds", raw)
    held = mapped(cast.system_admin, held, columns={"lon": "位置 经度", "lat": "位置 纬度"})
    assert (held.rows, held.counts["new"], faults(cast.system_admin, held)) == (2, 2, set())
