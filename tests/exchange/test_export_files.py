"""Files of exports opened as people open them: nasty cells are texts, every row bears the mark, pieces are known."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.cast import Cast
from tests.exchange.leaving import ready
from wangge.exchange import export_files as files
from wangge.exchange.export_files import Content
from wangge.exchange.exporter import Cell, Column, Type
from wangge.exchange.queries import exports as read
from wangge.jobs.system import as_system

pytestmark = pytest.mark.django
MARK = "WG-ABCD-2345"
COLUMNS = (Column("a", "=A", Type.WORD, ""), Column("n", "+N", Type.COUNT, ""), Column("at", "@at", Type.MOMENT, ""))
NASTY = (
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
    "#REF!", "'=1", "\x00=1", "\ufeff=1", "a\nb", '"', "🙂", "", "TRUE", "1E5", "=" * 40_000, "\u202e=1+1", "%0A=1",
)  # fmt: skip
cells = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40), st.from_regex(r"[=+\-@＝＋－＠\t\r ].*", fullmatch=True)
)


def opened(stored: str) -> Workbook:
    return load_workbook(io.BytesIO(files.path_of(stored).read_bytes()))


def content(rows: list[tuple[Cell, ...]]) -> Content:
    return Content(MARK, [("标记", MARK), ("=For", "=HYPERLINK(1)"), ("Until", "2026-01-01")], COLUMNS, rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, st.one_of(st.integers(-9, 10**9), cells), cells), max_size=6))
def test_no_cell_of_a_workbook_is_a_formula(rows: list[tuple[Cell, ...]]) -> None:
    made = files.keep(content(rows), "xlsx")
    try:
        book = opened(made.stored)
        kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "inlineStr"}
        lines = list(book.worksheets[1].iter_rows(values_only=True))[1:]
        assert [line[-1] for line in lines] == [MARK] * len(rows)
        assert made.rows == len(rows)
    finally:
        files.remove(made.stored)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), max_size=6))
def test_no_cell_of_a_table_is_a_formula(rows: list[tuple[Cell, ...]]) -> None:
    made = files.keep(content(rows), "csv")
    try:
        with zipfile.ZipFile(files.path_of(made.stored)) as packed:
            table = packed.read(f"{MARK}.csv").decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(table, newline="")))
        assert len(lines) == len(rows) + 1
        assert [line[-1] for line in lines[1:]] == [MARK] * len(rows)
        starts = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
        plain = [cell.lstrip(" \u3000\t\r\n\ufeff") for line in lines for cell in line]
        assert [cell for cell in plain if cell.startswith(starts) and not _is_number(cell)] == []
    finally:
        files.remove(made.stored)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None


def test_numbers_stay_numbers_and_moments_are_local() -> None:
    at = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    made = files.keep(content([("x", 7, at), ("y", None, date(2026, 3, 2))]), "xlsx")
    sheet = opened(made.stored).worksheets[1]
    assert [cell.value for cell in sheet[2]] == ["x", 7, "2026-03-02 00:30", MARK]
    assert (sheet["B2"].data_type, sheet["C3"].value) == ("n", "2026-03-02")
    assert (sheet.freeze_panes, MARK in str(sheet.oddHeader)) == ("A2", True)
    files.remove(made.stored)


def test_a_file_is_nobodys_but_ours_and_nothing_stays_of_a_broken_one() -> None:
    made = files.keep(content([("x", 1, "y")]), "xlsx")
    assert files.path_of(made.stored).stat().st_mode & 0o777 == 0o600
    assert files.folder().stat().st_mode & 0o777 == 0o700
    files.remove(made.stored)
    before = set(files.folder().iterdir())

    def broken() -> Iterator[tuple[Cell, ...]]:
        yield ("x", 1, "y")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        files.keep(Content(MARK, [], COLUMNS, broken()), "xlsx")
    assert set(files.folder().iterdir()) == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_very_file_and_any_piece_of_it_are_known(cast: Cast, tmp_path: Path, form: str) -> None:
    export = ready(cast, form=form)
    with as_system("test"):
        path = files.path_of(read.whole().get(pk=export.pk).stored)
        found, is_same = read.of_file(path)
        assert ([one.pk for one in found], is_same) == ([export.pk], True)
        piece = tmp_path / "piece.txt"
        for encoding in ("utf-8", "utf-16", "gb18030"):
            piece.write_bytes(f"好家园,6,{export.mark}".encode(encoding))
            found, is_same = read.of_file(piece)
            assert ([one.pk for one in found], is_same) == ([export.pk], False), encoding
        changed = tmp_path / "changed.zip"
        with zipfile.ZipFile(path) as packed, zipfile.ZipFile(changed, "w") as other:
            for name in packed.namelist():
                other.writestr(name, packed.read(name))
        assert [one.pk for one in read.of_file(changed)[0]] == [export.pk]
        piece.write_text("WG-AAAA-AAAA and nothing")
        assert read.of_file(piece) == ([], False)
