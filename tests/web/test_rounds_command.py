"""`wangge rounds`: the walking order, the sheets, splits, and what bad input is told."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.web.grid_sheets import HEAD, rows, sheet
from wangge.web.commands.main import main

pytestmark = pytest.mark.django


def run(*words: str | Path) -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(main, ["rounds", *map(str, words)])


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Two micro-grids of six stairwells each."""
    path = tmp_path / "units.csv"
    known = [(*row, f"微{at // 6}") for at, row in enumerate(rows()[:12])]
    path.write_text(sheet(known, (*HEAD, "微网格")), encoding="utf-8")
    return path


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_stairwell_is_walked_once_in_order(units: Path, tmp_path: Path) -> None:
    result = run(units, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    found = written(tmp_path / "out" / "rounds.csv")
    assert sorted(row["unit"] for row in found) == sorted(str(row[0]) for row in rows()[:12])
    for name in ("微0", "微1"):
        own = [row for row in found if row["micro_grid"] == name]
        assert [int(row["order"]) for row in own] == [1, 2, 3, 4, 5, 6]
        minutes = [float(row["leaves_minute"]) for row in own]
        assert minutes == sorted(minutes)
    page = (tmp_path / "out" / "rounds.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "<script" not in page


def test_a_round_that_is_too_long_is_split(units: Path, tmp_path: Path) -> None:
    result = run(units, "--out", tmp_path / "out", "--preset", "registration", "--grid", "微1", "--json")
    assert result.exit_code == 1
    (only,) = json.loads(result.stdout)
    assert only["micro_grid"] == "微1"
    assert only["minutes"] > 180
    assert len(only["split"]) >= 2
    crew = run(units, "--out", tmp_path / "out", "--preset", "registration", "--grid", "微1", "--crew", "5", "--json")
    assert (crew.exit_code, json.loads(crew.stdout)[0]["split"]) == (0, [])


def test_a_stairwell_is_visited_while_it_is_open(units: Path, tmp_path: Path) -> None:
    last = str(rows()[0][0])
    hours = tmp_path / "hours.csv"
    hours.write_text(f"unit,opens,closes\n{last},10:30,12:30\n", encoding="utf-8")
    result = run(units, "--out", tmp_path / "out", "--windows", hours, "--begins", "09:00")
    assert result.exit_code == 0, result.output
    (row,) = [row for row in written(tmp_path / "out" / "rounds.csv") if row["unit"] == last]
    assert float(row["arrives_minute"]) >= 90


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--grid", "nowhere"), "There is no micro-grid nowhere; the first are 微0, 微1"),
        (("--start", "here"), "two numbers with a comma between"),
        (("--begins", "25:00"), "25:00 is no time of day"),
    ],
    ids=["grid", "start", "begins"],
)
def test_bad_words_are_told_what_to_write(words: tuple[str, ...], said: str, units: Path, tmp_path: Path) -> None:
    result = run(units, "--out", tmp_path / "out", *words)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output
    assert not (tmp_path / "out").exists()


def test_bad_hours_are_named_by_row(units: Path, tmp_path: Path) -> None:
    hours = tmp_path / "hours.csv"
    hours.write_text("unit,opens,closes\na,09:00,10:00\nb,11:00,10:00\n", encoding="utf-8")
    result = run(units, "--out", tmp_path / "out", "--windows", hours)
    assert (result.exit_code, "hours.csv, row 3: it opens before it closes" in result.stderr) == (2, True)


def test_without_micro_grids_there_is_nothing_to_walk(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(sheet(rows()), encoding="utf-8")
    result = run(path, "--out", tmp_path / "out")
    assert (result.exit_code, "No unit is in a micro-grid" in result.stderr) == (2, True)
