"""What a department's list or map may hold, and how each fault is named by row and column; nothing of it is kept."""

import io

import pytest
from openpyxl import Workbook

from tests.cast import Cast
from tests.places.drafting import community_of
from tests.places.layering import HEAD, drawn_map, houses, police, read, row_of, sheet
from wangge.core.sheets import Unreadable
from wangge.exchange import reading
from wangge.jobs.system import as_system
from wangge.places.imports.layers import BadLayer, read_layer
from wangge.places.models import Address, Area, Building


def faults(area: Area, raw: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(BadLayer) as found:
        read(area, raw)
    return [(one.row, one.column, one.cell) for one in found.value.faults]


def test_a_list_in_any_form_gives_the_same_grids(cast: Cast) -> None:
    area, raw = community_of(cast), police(cast)
    before = sorted(reading.folder().iterdir())
    found = read(area, raw)
    book = Workbook()
    assert book.active is not None
    for line in raw.decode().splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    assert read(area, out.getvalue()) == found == read(area, raw.decode().encode("gb18030"))
    assert [len(one.buildings) for one in found]
    assert sorted(reading.folder().iterdir()) == before


def test_houses_are_found_by_plate_address_and_whole_compound(cast: Cast) -> None:
    area = community_of(cast)
    held = houses(area)
    first, other = held[0], held[-1]
    with as_system("test"):
        text = Address.objects.filter(building=first, standard=True).values_list("text", flat=True)[0]
        whole = {one.pk for one in Building.objects.filter(compound=other.compound, grid__parent=area)}
    assert first.compound != other.compound
    assert first.compound is not None
    assert other.compound is not None
    lines = [
        f"甲,{text},,", f"甲,{first.compound.name}{first.name},,", f"甲,,{first.token},", f"乙,,,{other.compound.name}",
    ]  # fmt: skip
    found = read(area, "\n".join(["网格,地址,门牌码,小区", *lines]).encode())
    assert {one.code: one.buildings for one in found} == {"甲": {first.pk}, "乙": whole}


def test_a_map_holds_the_houses_whose_middle_lies_in_it(cast: Cast) -> None:
    area = community_of(cast)
    held = houses(area)
    middle = (held[len(held) // 2 - 1].lon + held[len(held) // 2].lon) / 2
    found = read(area, drawn_map([("西", (100, 10, middle, 50)), ("东", (middle, 10, 140, 50)), ("园", (0, 0, 1, 1))]))
    by_code = {one.code: one for one in found}
    assert by_code["西"].buildings == {one.pk for one in held if one.lon < middle}
    assert by_code["东"].buildings == {one.pk for one in held if one.lon > middle}
    assert by_code["园"].buildings == set()
    assert by_code["西"].name == "消防西"
    assert by_code["西"].outline is not None
    assert by_code["西"].outline["type"] == "Polygon"


def test_a_house_on_the_border_of_two_grids_belongs_to_the_first(cast: Cast) -> None:
    area = community_of(cast)
    edge = houses(area)[3].lon
    found = read(area, drawn_map([("西", (100, 10, edge, 50)), ("东", (edge, 10, 140, 50))]))
    by_code = {one.code: one.buildings for one in found}
    assert houses(area)[3].pk in by_code["西"]
    assert by_code["西"] | by_code["东"] == {one.pk for one in houses(area)}


def test_a_map_of_another_coordinate_system_is_moved(cast: Cast) -> None:
    area = community_of(cast)
    edge = houses(area)[0].lon + 0.001
    raw = drawn_map([("西", (100, 10, edge, 50))])
    plain = read(area, raw)[0].outline
    with as_system("test"):
        moved = read_layer([raw], area, system={"kind": "gcj02"})[0].outline
    assert moved != plain


def test_each_fault_is_named_by_row_and_column_as_the_file_calls_it(cast: Cast) -> None:
    area = community_of(cast)
    held = houses(area)
    compound = held[2].compound
    assert compound is not None
    raw = sheet([
        row_of("1", held[0]),
        ["", *row_of("1", held[1])[1:]],
        [*row_of("1", held[2])[:4], compound.name, "999幢"],
        [*row_of("1", held[2])[:4], "没有这个小区", "1幢"],
        row_of("1", held[3], phone="13812345678"),
        row_of("1", held[4], post="张三 13812345678"),
        row_of("1", held[5], post="消防站"),
        row_of("2", held[0]),
        ["3", "三", "", "", "", ""],
    ])  # fmt: skip
    found = faults(area, raw)
    assert [(row, column) for row, column, _cell in found] == [
        (3, "网格编号"), (4, "楼栋"), (5, "小区"), (6, "办公电话"), (7, "联系岗位"), (7, "联系岗位"), (8, "联系岗位"),
        (9, "网格编号"), (10, "楼栋"),
    ]  # fmt: skip
    assert [found[at][2] for at in (1, 2, 3)] == ["999幢", "没有这个小区", "13812345678"]


def test_a_sheet_without_the_column_of_grids_says_so_at_its_head(cast: Cast) -> None:
    area = community_of(cast)
    assert [row for row, *_rest in faults(area, "小区,楼栋\n桂花小区,1幢\n".encode())] == [1]


def test_a_map_of_lines_and_of_grids_upon_each_other_is_refused(cast: Cast) -> None:
    area = community_of(cast)
    twice = drawn_map([("西", (100, 10, 140, 50)), ("东", (100, 10, 140, 50))])
    assert [row for row, *_rest in faults(area, twice)] == [3]
    line = twice.replace(b'"Polygon", "coordinates": [[[', b'"LineString", "coordinates": [[').replace(b"]]]", b"]]")
    assert len(faults(area, line)) == 2


def test_what_is_no_table_is_refused_with_its_reason(cast: Cast) -> None:
    area = community_of(cast)
    for raw, rule in ((b"", "empty"), (b"\x00\x01" * 40, "binary"), (HEAD.encode(), "no_rows")):
        with pytest.raises(Unreadable) as found:
            read(area, raw)
        assert found.value.rule == rule


def test_service_numbers_are_numbers_of_offices(cast: Cast) -> None:
    area = community_of(cast)
    held = houses(area)
    assert read(area, sheet([row_of("1", held[0], phone="110")]))[0].phone == "110"
    assert faults(area, sheet([row_of("1", held[0], phone="12")])) == [(2, "办公电话", "12")]
