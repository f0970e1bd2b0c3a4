"""`wangge divide`: what is written, what its exit code says, what the judge finds, what bad input is told."""

import csv
import gzip
import json
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result
from shapely.geometry import shape

from tests.web.grid_sheets import HEAD, rows, sheet
from wangge.web.commands.main import main

pytestmark = pytest.mark.django


def run(*words: str | Path) -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(main, ["divide", *map(str, words)])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the units in GB18030 and their division."""
    folder = tmp_path_factory.mktemp("division")
    (folder / "units.csv").write_bytes(sheet(rows()).encode("gb18030"))
    result = run(folder / "units.csv", "--out", folder / "out")
    assert result.exit_code == 0, result.output
    return folder


def test_every_unit_is_in_one_general_grid_and_one_micro_grid(folder: Path) -> None:
    written = table(folder / "out" / "assignment.csv")
    assert sorted(row["id"] for row in written) == sorted(str(row[0]) for row in rows())
    assert all(row["general_grid"].startswith(row["community"] + "-") for row in written)
    assert all(row["micro_grid"].startswith(row["general_grid"] + "-") for row in written)


def test_the_lists_of_grids_add_up_to_the_units(folder: Path) -> None:
    homes = sum(int(row[3]) for row in rows())
    for name, low, high in (("general_grids.csv", 300, 500), ("micro_grids.csv", 1, 100)):
        grids = table(folder / "out" / name)
        assert sum(int(grid["households"]) for grid in grids) == homes
        assert all(low <= int(grid["households"]) <= high and grid["in_band"] == "yes" for grid in grids)
    assert all(float(grid["minutes"]) <= 180 for grid in table(folder / "out" / "micro_grids.csv"))


def test_outlines_have_no_overlap_and_hold_their_units(folder: Path) -> None:
    features = json.loads((folder / "out" / "grids.geojson").read_text(encoding="utf-8"))["features"]
    shapes = {one["properties"]["grid"]: shape(one["geometry"]) for one in features}
    whole = shapely.union_all(list(shapes.values()))
    assert sum(one.area for one in shapes.values()) == pytest.approx(whole.area, rel=1e-6)
    of = {row["id"]: row["general_grid"] for row in table(folder / "out" / "assignment.csv")}
    for row in rows():
        assert shapes[of[str(row[0])]].distance(shapely.Point(row[1], row[2])) < 1e-6


def test_the_report_and_its_page_say_the_same(folder: Path) -> None:
    report = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    score = report["score"]
    assert score["general_within"] == score["general_grids"] == len(table(folder / "out" / "general_grids.csv"))
    assert score["micro_least"] <= score["micro_grids"] == len(table(folder / "out" / "micro_grids.csv"))
    assert report["measured"]["seconds"].keys() == {"read", "divide", "write"}
    assert page.count("<svg") == 2
    assert all(grid["grid"] in page for grid in table(folder / "out" / "general_grids.csv"))


def test_the_same_units_give_the_same_division(folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "units.csv.gz"
    packed.write_bytes(gzip.compress(sheet(rows()).encode()))
    assert run(packed, "--out", tmp_path / "again", "--threads", "2").exit_code == 0
    for name in ("assignment.csv", "general_grids.csv", "micro_grids.csv", "grids.geojson"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / "out" / name).read_bytes(), name


def test_the_judge_finds_nothing_in_it_and_every_change_made_by_hand(folder: Path, tmp_path: Path) -> None:
    units, made = folder / "units.csv", folder / "out" / "assignment.csv"
    result = run("--check", made, "--against", units)
    assert result.exit_code == 0, result.output
    text = made.read_text(encoding="utf-8-sig").splitlines()
    lost, moved = tmp_path / "lost.csv", tmp_path / "moved.csv"
    lost.write_text("\n".join([text[0], *text[2:]]), encoding="utf-8")
    other = next(row for row in text if row.startswith("桥北"))
    cells = text[1].split(",")
    cells[3:5] = other.split(",")[3:5]
    moved.write_text("\n".join([text[0], ",".join(cells), *text[2:]]), encoding="utf-8")
    for path, kind in ((lost, "missing"), (moved, "two_communities")):
        result = run("--check", path, "--against", units, "--json")
        assert result.exit_code == 1
        assert kind in {one["kind"] for one in json.loads(result.stdout)["findings"]}


def test_a_repair_keeps_what_is_right_and_its_names(folder: Path, tmp_path: Path) -> None:
    before = {row["id"]: row for row in table(folder / "out" / "assignment.csv")}
    known = [(*row, before[str(row[0])]["general_grid"], before[str(row[0])]["micro_grid"]) for row in rows()]
    grown = [(*row[:3], int(row[3]) + 4, *row[4:]) if row[5:7] == ("小区4", "柳园社区") else row for row in known]
    for name, units, least in (("same", known, 1.0), ("grown", grown, 0.7)):
        path = tmp_path / f"{name}.csv"
        path.write_text(sheet(units, (*HEAD, "一般网格", "微网格")), encoding="utf-8")
        assert run(path, "--out", tmp_path / name, "--repair").exit_code == 0
        after = table(tmp_path / name / "assignment.csv")
        kept = sum(row["general_grid"] == before[row["id"]]["general_grid"] for row in after)
        assert kept >= least * len(after)
        judged = run("--check", tmp_path / name / "assignment.csv", "--against", path, "--repair")
        assert judged.exit_code == 0, judged.output


def test_what_cannot_be_within_the_band_is_named_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(sheet(row for row in rows() if row[5] == "小区0"), encoding="utf-8")
    result = run(path, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 1
    impossible = json.loads(result.stdout)["impossible"]
    assert {one["community"] for one in impossible} == {"柳园社区", "桥北社区"}
    assert {one["reason"] for one in impossible} == {"too_few"}
    assert {row["reason"] for row in table(tmp_path / "out" / "general_grids.csv")} == {"too_few"}


def test_a_river_in_a_file_is_not_crossed_where_it_need_not_be(folder: Path, tmp_path: Path) -> None:
    river = tmp_path / "river.geojson"
    line = {"type": "LineString", "coordinates": [[121.09, 31.45135], [121.16, 31.45135]]}
    river.write_text(json.dumps({"type": "Feature", "geometry": line, "properties": {}}), encoding="utf-8")
    result = run(folder / "units.csv", "--out", tmp_path / "out", "--barriers", river)
    assert result.exit_code in {0, 1}, result.output
    south = {str(row[0]): float(row[2]) < 31.45135 for row in rows()}
    sides: dict[str, set[bool]] = {}
    for row in table(tmp_path / "out" / "assignment.csv"):
        sides.setdefault(row["general_grid"], set()).add(south[row["id"]])
    plain: dict[str, set[bool]] = {}
    for row in table(folder / "out" / "assignment.csv"):
        plain.setdefault(row["general_grid"], set()).add(south[row["id"]])
    assert sum(len(one) > 1 for one in sides.values()) <= sum(len(one) > 1 for one in plain.values())
    river.write_text('{"type": "FeatureCollection", "features": [{"geometry": null}]}', encoding="utf-8")
    result = run(folder / "units.csv", "--out", tmp_path / "out", "--barriers", river)
    assert (result.exit_code, "row 1, column geometry: this is no line" in result.stderr) == (2, True)


def test_a_lane_in_a_file_joins_hamlets_and_the_judge_reads_it_too(tmp_path: Path) -> None:
    units, lane, out = tmp_path / "units.csv", tmp_path / "lane.geojson", tmp_path / "out"
    spots = [(at * 400 + k % 10 * 15 + at, k // 10 * 14 + k % 10) for at in range(3) for k in range(110)]
    lines = [f"u{at},{x},{y},1" for at, (x, y) in enumerate(spots)]
    units.write_text("\n".join(["id,x_m,y_m,households", *lines]), encoding="utf-8")
    drawn = {"type": "LineString", "coordinates": [[0, 60], [1000, 60]]}
    lane.write_text(json.dumps({"type": "Feature", "geometry": drawn, "properties": {}}), encoding="utf-8")

    def told(*more: str | Path) -> tuple[int, list[str], list[int]]:
        result = run(units, "--out", out, "--json", *more)
        reasons = [one["reason"] for one in json.loads(result.stdout)["impossible"]]
        return result.exit_code, reasons, sorted(int(row["households"]) for row in table(out / "general_grids.csv"))

    assert told() == (1, ["cut_off"] * 3, [110, 110, 110])
    assert told("--ways", lane) == (0, [], [330])
    judged = ("--check", out / "assignment.csv", "--against", units)
    assert (run(*judged, "--ways", lane).exit_code, run(*judged).exit_code) == (0, 1)
    lane.write_text('{"type": "FeatureCollection", "features": [{"geometry": null}]}', encoding="utf-8")
    result = run(units, "--out", out, "--ways", lane)
    assert (result.exit_code, "row 1, column geometry: this is no line" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({1: ("a", 121.1, 31.4, 10), 2: ("a", 121.1, 31.4, 12)}, "row 3, column 编号: the id a stands in row 2 too"),
        ({1: ("a", 121.1, 31.4, -4)}, "row 2, column 户数: -4 is below 0"),
        ({1: ("a", 121.1, 31.4, "nan")}, "row 2, column 户数"),
        ({1: ("a", 31.4, 121.1, 10)}, "row 2, column lat: a latitude is between -90 and 90"),
        ({1: ("a", "", "", 10)}, "row 2, column lon: the cell is empty"),
    ],
    ids=["twice", "negative", "nan", "swapped", "empty"],
)
def test_bad_rows_are_named_by_row_and_column(
    changed: dict[int, tuple[object, ...]], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(sheet(changed.values(), HEAD[:4]), encoding="utf-8")
    result = run(path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name the file of units"),
        (("--check", "units.csv"), "To judge, name the units"),
        (("units.csv", "--out", "out", "--band", "500:300"), "two whole numbers"),
        (("units.csv", "--out", "out", "--column", "homes=户"), "write FIELD=HEADING"),
        (("units.csv", "--out", "out", "--repair"), "There is no previous division"),
    ],
    ids=["nothing", "half", "band", "column", "repair"],
)
def test_bad_words_are_told_what_to_write(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "units.csv").write_text(sheet(rows()), encoding="utf-8")
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    "places",
    [[(0, 0)] * 60, [(9 * n, 0) for n in range(60)], [(0, 0)] * 30 + [(1e7, 0)] * 30, [(0, 0)]],
    ids=["one place", "one line", "ten million metres", "one unit"],
)
def test_strange_places_have_an_answer(places: list[tuple[float, float]], tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        sheet(((f"u{n}", x, y, 12) for n, (x, y) in enumerate(places)), ("id", "x_m", "y_m", "households")),
        encoding="utf-8",
    )
    result = run(path, "--out", tmp_path / "out")
    assert result.exit_code in {0, 1}, result.output
    judged = run("--check", tmp_path / "out" / "assignment.csv", "--against", path)
    assert judged.exit_code == 0, judged.output
