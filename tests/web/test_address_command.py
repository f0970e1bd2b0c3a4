"""`wangge address`: what goes in, what comes out, and what its exit code says."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wangge.web.commands.address import HEAD
from wangge.web.commands.main import main

pytestmark = pytest.mark.django

SHEET = "编号,地址\n1,柳园新村三号楼甲单元0502室\n2,桂花小区3-2-502\n"


def run(*words: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(main, ["address", *map(str, words)], input=stdin)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_texts_are_read_one_by_one() -> None:
    result = run("柳园新村三号楼甲单元0502室", "桂花小区3-2-502")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "柳园新村3幢甲单元502室", "  place 柳园新村  building 3  unit 甲  room 502",
        "桂花小区3幢2单元502室", "  place 桂花小区  building 3  unit 2  room 502",
    ]  # fmt: skip


def test_a_piece_left_over_is_shown_and_told_by_the_exit_code() -> None:
    result = run("桂花小区3幢502电联")
    assert (result.exit_code, "rest 电联" in result.stdout) == (1, True)


def test_a_sheet_becomes_a_sheet_of_parts(sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "parts.csv"
    result = run(sheet, "--out", out)
    rows = table(out.read_text(encoding="utf-8"))
    assert (result.exit_code, tuple(rows[0])) == (0, HEAD)
    assert [row["key"] for row in rows] == ["柳园新村//3/甲/502", "桂花//3/2/502"]
    assert "2 addresses, 0 with a piece left over" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("has_head", [True, False])
def test_a_pipe_may_be_a_sheet_or_lines_in_either_encoding(encoding: str, *, has_head: bool) -> None:
    text = SHEET if has_head else "柳园新村三号楼甲单元0502室\n\n桂花小区3-2-502\n"
    result = run("--json", "-", stdin=text.encode(encoding))
    assert [json.loads(line)["key"] for line in result.stdout.splitlines()] == ["柳园新村//3/甲/502", "桂花//3/2/502"]


def test_json_says_where_each_part_stood() -> None:
    told = json.loads(run("--json", "桂花小区 3幢旁").stdout)
    assert told == {
        "address": "桂花小区 3幢旁", "normal": "桂花小区3幢", "key": "桂花//3//", "place": "桂花小区", "building": "3",
        "near": "旁", "also": [], "understood": True,
        "spans": [["place", 0, 4], ["rest", 4, 5], ["building", 5, 7], ["near", 7, 8]],
    }  # fmt: skip


def test_the_column_is_named_or_known_or_the_first(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("家\t谁\n桂花小区3-2-502\t无\n", encoding="utf-8")
    assert table(run(path).stdout)[0]["building"] == "3"
    assert table(run(path, "--column", "谁").stdout)[0]["place"] == "无"


def test_local_names_cut_exactly_and_an_alias_becomes_the_name(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("kind,name,alias\nplace,柳园新村,柳园,柳园小区\ntown,城厢镇\n", encoding="utf-8")
    result = run("城厢柳园3幢", "柳园小区3号楼", "--names", names, "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["key"] for one in told] == ["柳园新村//3//"] * 2
    assert told[0]["town"] == "城厢镇"


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (SHEET.encode(), ["--column", "住址"], "Row 1: there is no column 住址; the file has: 编号, 地址"),
        (SHEET.encode() + b"3\n", [], "Row 4, column 地址: the row ends before it"),
        (SHEET.encode() + b'"3"x,y\n', [], "Row 4: "),
        ("编号,地址\n1,桂花".encode() + b"\xff\xff\n", [], "Row 2, byte 9: neither UTF-8 nor GB18030"),
    ],
)
def test_bad_input_names_row_and_column(tmp_path: Path, content: bytes, words: list[str], sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    result = run(path, *words)
    assert result.exit_code == 2
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("place,柳园\ncastle,塔\n", "row 2, column kind: castle is none of"),
        ("place\n", "row 1, column name: the name is missing"),
    ],
)
def test_bad_names_are_named_by_row_and_column(tmp_path: Path, names: str, sentence: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(names, encoding="utf-8")
    result = run("柳园3幢", "--names", path)
    assert (result.exit_code, sentence in result.stderr) == (2, True)


def test_no_cell_is_a_formula_for_a_spreadsheet() -> None:
    result = run("-", stdin="地址\n=cmd|' /C calc'!A0\n+桂花小区3幢负一楼\n".encode())
    rows = table(result.stdout)
    assert [row["address"][0] for row in rows] == ["'", "'"]
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert rows[1]["floor"] == "-1"


def test_it_needs_no_database(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from wangge.web.commands.main import main; main()", "address", "桂花小区3-2-502"],
        env=os.environ | {"WANGGE_HOME": str(tmp_path / "nothing"), "LANG": "C.UTF-8"},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert told.stdout.startswith("桂花小区3幢2单元502室")
    assert not (tmp_path / "nothing" / "postgres").exists()
