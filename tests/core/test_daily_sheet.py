"""Rows of a property firm's daily sheet become lines, or each fault says its row and column. All doors are invented."""

from collections.abc import Sequence

import pytest

from wangge.core.daily_sheet import COLUMNS, MOST_LINES, Door, Doors, Line, What, columns_of, read

KNOWN = Doors(
    {1: "1幢", 2: "2幢"},
    (Door(11, 1, "1", "101"), Door(12, 1, "2", "101"), Door(13, 1, "1", "502"), Door(21, 2, "", "301")),
)
ROW = {"what": "新入住", "building": "1幢", "unit": "1", "room": "502"}


def faults(*rows: dict[str, str]) -> list[tuple[int, str, str]]:
    lines, wrong = read(enumerate(rows, 2), KNOWN)
    assert not (lines and wrong)  # all or nothing
    return [(one.row, one.field, one.rule) for one in wrong]


def one(**given: str) -> Line:
    (line,), wrong = read([(2, ROW | given)], KNOWN)
    assert not wrong
    return line


@pytest.mark.parametrize(
    ("typed", "dwelling"),
    [
        ({"building": "一号楼", "unit": "1单元", "room": "0502室"}, 13),
        ({"building": "1", "room": "502", "unit": ""}, 13),
        ({"building": "2幢", "unit": "", "room": "301"}, 21),
        ({"building": "2号楼", "unit": "", "room": "301室"}, 21),
    ],
)
def test_a_door_is_found_as_people_write_it(typed: dict[str, str], dwelling: int) -> None:
    assert one(**typed).dwelling == dwelling


@pytest.mark.parametrize(
    ("word", "what"),
    [("新入住", What.MOVED_IN), ("搬离", What.LEFT), ("有人住未登记", What.UNREGISTERED), ("空房", What.VACANT),
     ("moved_in", What.MOVED_IN), ("vacant", What.VACANT)],
)  # fmt: skip
def test_what_happened_is_said_in_many_words(word: str, what: What) -> None:
    assert one(what=word).what is what


def test_a_name_travels_only_with_consent_and_only_with_who_comes() -> None:
    given = {"name": "周梅", "phone": "139 0000 0002", "people": "3 人", "tenure": "租户"}
    held = one(**given, agreed="是")
    assert (held.name, held.phone, held.people, held.tenure) == ("周梅", "13900000002", 3, "tenant")
    assert faults(ROW | given) == [(2, "name", "not_agreed")]
    assert faults(ROW | given | {"agreed": "否"}) == [(2, "name", "not_agreed")]
    left = one(**given, agreed="是", what="搬走")
    assert (left.name, left.phone, left.people, left.tenure) == ("", "", None, "")


@pytest.mark.parametrize(
    ("given", "field", "rule"),
    [
        ({"what": ""}, "what", "missing"),
        ({"what": "装修"}, "what", "not_in_list"),
        ({"building": "9幢"}, "building", "no_building"),
        ({"building": ""}, "building", "missing"),
        ({"room": ""}, "room", "missing"),
        ({"room": "909"}, "room", "no_door"),
        ({"room": "101", "unit": ""}, "room", "no_door"),  # two doors are called so: say which stairwell
        ({"room": "1" * 13}, "room", "too_long"),
        ({"unit": "13900000002"}, "unit", "holds_number"),
        ({"people": "51"}, "people", "too_large"),
        ({"people": "0"}, "people", "too_small"),
        ({"people": "2.5"}, "people", "not_whole"),
        ({"people": "三四个"}, "people", "not_number"),
        ({"tenure": "不知道"}, "tenure", "not_in_list"),
        ({"agreed": "大概"}, "agreed", "not_yes_no"),
        ({"agreed": "是", "phone": "12"}, "phone", "phone"),
        ({"agreed": "是", "name": "？？"}, "name", "no_letter"),
        ({"agreed": "是", "name": "周梅 13900000002"}, "name", "holds_number"),
    ],
)  # fmt: skip
def test_each_fault_says_its_row_and_column(given: dict[str, str], field: str, rule: str) -> None:
    assert faults(ROW | {"unit": "2", "room": "101"}, ROW | given) == [(3, field, rule)]


def test_one_bad_row_keeps_the_whole_sheet_out_and_all_faults_are_said() -> None:
    good, bad = ROW, {"what": "空置", "building": "9幢", "room": ""}
    assert faults(good, bad, good) == [(3, "room", "missing"), (3, "building", "no_building"), (4, "room", "twice")]


def test_a_door_the_register_does_not_know_may_be_lived_in() -> None:
    held = one(what="有人住未登记", room="909", people="2")
    assert (held.dwelling, held.building, held.room, held.people) == (None, 1, "909", 2)


def test_a_sheet_has_so_many_lines_and_the_columns_it_needs() -> None:
    rows = [(n, ROW) for n in range(MOST_LINES + 1)]
    assert [one.rule for one in read(rows, KNOWN)[1]] == ["many"]
    missing = read([(2, ROW)], KNOWN, fields=("what", "room"))[1]
    assert [(one.row, one.field, one.rule) for one in missing] == [(0, "building", "no_column")]


@pytest.mark.parametrize(
    "header",
    [
        ["事项", "楼栋", "单元", "房号", "人数", "居住方式", "本人同意", "姓名", "电话"],
        ["变动情况", "幢", "单元号", "室号", "居住人数", "居住性质", "同意", "联系人", "联系电话"],
    ],
)
def test_columns_are_known_by_the_names_people_give_them(header: Sequence[str]) -> None:
    assert columns_of(header) == {wanted.code: at for at, wanted in enumerate(COLUMNS)}
    assert "name" not in columns_of(["事项", "楼栋", "房号", "名字的来历"])
