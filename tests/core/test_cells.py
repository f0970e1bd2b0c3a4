from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core import cells
from wangge.core.cells import BadCell, Rule

KINDS = {"walk_up": ("多层", "板楼"), "village": ("自然村",)}


def good(read: Callable[[str], object], cell: str, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        (" １２ ", 12),
        ("12.0", 12),
        ("1,234", 1234),
        ("300户", 300),
        ("6 层", 6),
        ("1.2e3", 1200),
        ("-3", -3),
    ],
)
def test_whole_numbers_are_read_in_the_ways_people_write_them(cell: str, value: int) -> None:
    assert cells.integer(cell, units="户 层") == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("2020-03-01", date(2020, 3, 1)), ("2020/3/1", date(2020, 3, 1)), ("2020.3.1", date(2020, 3, 1)),
     ("2020年3月1日", date(2020, 3, 1)), ("20200301", date(2020, 3, 1)), ("2020-03-01 00:00:00", date(2020, 3, 1)),
     ("２０２０－０３－０１", date(2020, 3, 1))],
)  # fmt: skip
def test_days_are_read_year_first(cell: str, value: date) -> None:
    assert cells.day(cell) == value


BAD: list[tuple[Callable[[str], object], str, Rule]] = [
    (lambda c: cells.text(c, 10), "x" * 11, Rule.TOO_LONG),
    (lambda c: cells.text(c, 10), "a\x07b", Rule.CONTROL),
    (lambda c: cells.text(c, 10), "a\u202eb", Rule.CONTROL),
    (lambda c: cells.text(c, 10), "a\ufffdb", Rule.BROKEN_CHARACTER),
    (lambda c: cells.text(c, 10), "=1+1", Rule.FORMULA),
    (lambda c: cells.text(c, 10), "@SUM(A1)", Rule.FORMULA),
    (lambda c: cells.text(c, 10), "＝cmd", Rule.FORMULA),
    (lambda c: cells.text(c, 10), "#REF!", Rule.ERROR_VALUE),
    (lambda c: cells.text(c, 10), "#N/A", Rule.ERROR_VALUE),
    (lambda c: cells.text(c, 10), "#####", Rule.HASHES),
    (cells.integer, "三百", Rule.NOT_NUMBER),
    (cells.integer, "12.5", Rule.NOT_WHOLE),
    (cells.integer, "3-5", Rule.RANGE),
    (cells.integer, "3~5层", Rule.RANGE),
    (cells.integer, "约300", Rule.ABOUT),
    (cells.integer, "300左右", Rule.ABOUT),
    (cells.integer, "NaN", Rule.NOT_FINITE),
    (cells.integer, "-inf", Rule.NOT_FINITE),
    (cells.number, "1e999", Rule.NOT_FINITE),
    (cells.integer, "#VALUE!", Rule.ERROR_VALUE),
    (cells.integer, "=A1", Rule.FORMULA),
    (cells.integer, "12,34", Rule.NOT_NUMBER),
    (cells.integer, "0x1F", Rule.NOT_NUMBER),
    (lambda c: cells.integer(c, least=0), "-3", Rule.TOO_SMALL),
    (lambda c: cells.integer(c, most=200), "900", Rule.TOO_LARGE),
    (cells.day, "2020-02-30", Rule.NOT_DATE),
    (cells.day, "三月", Rule.NOT_DATE),
    (cells.day, "03/04/2020", Rule.DATE_ORDER),
    (cells.day, "43891", Rule.DATE_SERIAL),
    (cells.day, "1900-01-00", Rule.DATE_1900),
    (cells.day, "1900/1/1", Rule.DATE_1900),
    (cells.day, "1899-12-30", Rule.DATE_1900),
    (lambda c: cells.code(c, (9, 12)), "3.20585E+11", Rule.SCIENTIFIC),
    (lambda c: cells.code(c, (9, 12)), "32058510A", Rule.NOT_CODE),
    (lambda c: cells.code(c, (9, 12)), "20585100", Rule.CODE_LENGTH),
    (cells.yes_no, "也许", Rule.NOT_YES_NO),
    (lambda c: cells.choice(c, KINDS), "洋房", Rule.NOT_IN_LIST),
    (cells.telephone, "1381234567", Rule.PHONE),
    (cells.telephone, "53123456", Rule.PHONE),
    (cells.telephone, "1.38E+10", Rule.SCIENTIFIC),
    (cells.firm, "123", Rule.CREDIT_CODE),
]


@pytest.mark.parametrize(("read", "cell", "rule"), BAD)
def test_each_bad_cell_names_its_rule(read: Callable[[str], object], cell: str, rule: Rule) -> None:
    with pytest.raises(BadCell) as refused:
        read(cell)
    assert refused.value.rule is rule


def test_other_good_cells() -> None:
    good(lambda c: cells.text(c, 20), "  桂花\u3000小区\n一期 ", "桂花 小区 一期")
    good(lambda c: cells.code(c, (12,)), "320585100000.0", "320585100000")
    good(lambda c: cells.code(c, (12,)), "'３20585 100000", "320585100000")
    good(cells.yes_no, "有", value=True)
    good(cells.yes_no, "无", value=False)
    good(lambda c: cells.choice(c, KINDS), "板楼", "walk_up")
    good(lambda c: cells.choice(c, KINDS), "VILLAGE", "village")
    good(cells.telephone, "13800000001.0", "13800000001")
    good(cells.firm, "91350211M000100Y46", "91350211M000100Y46")


@pytest.mark.parametrize("cell", ["", " ", "-", "—", "/", "无", "NULL", "n/a", "\u200b", "暂无"])
def test_signs_for_nothing_are_nothing(cell: str) -> None:
    assert cells.is_blank(cell)
    assert not cells.is_blank("0")


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader_in_any_other_way(cell: str) -> None:
    readers = (cells.number, cells.integer, cells.day, cells.code, cells.yes_no, cells.telephone, cells.firm)
    for read in (*readers, lambda given: cells.text(given, 30)):
        with suppress(BadCell):
            assert "\n" not in str(read(cell))
