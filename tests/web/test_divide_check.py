"""`wangge divide --check`: a division drawn by hand that is right, and every way to spoil it, one by one, in files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wangge.web.commands.main import main

pytestmark = pytest.mark.django

UNITS = """id,x_m,y_m,households,floors,lift,community,general_grid,micro_grid
g0,0,0,10,1,no,gui,G1,A
g1,20,0,10,1,no,gui,G1,A
g2,40,0,10,1,no,gui,G1,B
g3,60,0,10,1,no,gui,G1,B
g4,80,0,10,1,no,gui,G2,C
g5,100,0,10,1,no,gui,G2,C
g6,120,0,10,1,no,gui,G2,D
g7,140,0,10,1,no,gui,G2,D
tower,80,-55,40,60,no,gui,G3,
m0,5000,0,10,1,no,mei,M,E
m1,5020,0,10,1,no,mei,M,E
m2,5040,0,10,1,no,mei,M,F
m3,5060,0,10,1,no,mei,M,F
few,9000,0,7,1,no,lan,L,G
"""
"""Gui: a street of eight houses and a tower without a lift; Mei: four houses; Lan: one, too few for a grid."""

GOOD = """id,part,community,general_grid,micro_grid,households,minutes_in_round_order
g0,0,gui,G1,A,10,15.5
g1,0,gui,G1,A,10,31.4
g2,0,gui,G1,B,10,15.5
g3,0,gui,G1,B,10,31.4
g4,0,gui,G2,C,10,15.5
g5,0,gui,G2,C,10,31.4
g6,0,gui,G2,D,10,15.5
g7,0,gui,G2,D,10,31.4
tower,0,gui,G3,T1,10,21.8
tower,1,gui,G3,T2,10,28.6
tower,2,gui,G3,T3,10,35.3
tower,3,gui,G3,T4,10,42.1
m0,0,mei,M,E,10,15.5
m1,0,mei,M,E,10,31.4
m2,0,mei,M,F,10,15.5
m3,0,mei,M,F,10,31.4
few,0,lan,L,G,7,11.0
"""
"""A tenth of the real band: 30 to 50 households a general grid, at most 20 and an hour a micro-grid."""

LIMITS = ("--band", "30:50", "--micro-max", "20", "--minutes", "60")
Spoil = Callable[[str], str]


def judged(folder: Path, assignment: str, *, units: str = UNITS, named: tuple[str, ...] = ("lan",)) -> Result:
    (folder / "units.csv").write_text(units, encoding="utf-8")
    (folder / "assignment.csv").write_text(assignment, encoding="utf-8")
    told = {"impossible": [{"community": name} for name in named]}
    (folder / "report.json").write_text(json.dumps(told), encoding="utf-8")
    words = ["--check", folder / "assignment.csv", "--against", folder / "units.csv", "--json", *LIMITS]
    return CliRunner(env={"LC_ALL": "C"}).invoke(main, ["divide", *map(str, words)])


def swapped(*pairs: tuple[str, str]) -> Spoil:
    """Replace texts that stand there exactly once."""

    def spoil(text: str) -> str:
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return text

    return spoil


def test_the_good_division_breaks_no_rule(tmp_path: Path) -> None:
    result = judged(tmp_path, GOOD)
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])


PLANTED: list[tuple[str, Spoil, set[str]]] = [
    ("a unit in no grid", swapped(("m3,0,mei,M,F,10,31.4\n", "")), {"missing m3"}),
    ("a unit twice", swapped(("few,0,lan,L,G,7,11.0", "few,0,lan,L,G,7,11.0\nfew,0,lan,L,G,7,22.0")), {"twice few"}),
    ("a unit nobody knows", swapped(("few,0,lan", "m9,0,mei,M,F,10,15.5\nfew,0,lan")), {"unknown m9"}),
    ("a floor band left out", swapped(("tower,1,gui,G3,T2,10,28.6\n", "")), {"households tower"}),
    ("a floor band of too few households", swapped(("T1,10,21.8", "T1,9,20.3")), {"households tower"}),
    ("households of another list", swapped(("L,G,7,11.0", "L,G,8,12.5")), {"households few"}),
    ("another community written", swapped(("m1,0,mei", "m1,0,gui")), {"community m1"}),
    ("a general grid in two communities", swapped(("lan,L,G", "lan,M,G")), {"two_communities M", "broken M"}),
    ("a micro-grid in two general grids", swapped(("g4,0,gui,G2,C", "g4,0,gui,G1,C")), {"two_generals C"}),
    ("a unit shared without need", swapped(("G3,T1", "G2,T1")), {"shared tower"}),
    ("a unit without a micro-grid", swapped(("M,F,10,31.4", "M,,10,31.4")), {"no_micro m3"}),
    (
        "general grids in pieces",
        swapped(("G1,A,10,15.5", "G2,A,10,15.5"), ("G1,A,10,31.4", "G2,A,10,31.4"),
                ("G2,D,10,15.5", "G1,D,10,15.5"), ("G2,D,10,31.4", "G1,D,10,31.4")),
        {"broken G1", "broken G2"},
    ),
    (
        "a micro-grid in pieces",
        swapped(("G1,A,10,31.4", "G1,B,10,15.5"), ("g3,0,gui,G1,B,10,31.4", "g3,0,gui,G1,A,10,32.9"),
                ("g2,0,gui,G1,B,10,15.5", "g2,0,gui,G1,B,10,31.4")),
        {"broken_micro A"},
    ),
    (
        "general grids out of the band",
        swapped(("G1,A,10,15.5", "G0,A,10,15.5"), ("G1,A,10,31.4", "G0,A,10,31.4")),
        {"band G0", "band G1"},
    ),
    ("a micro-grid of too many households", swapped(("G1,A,10,31.4", "G1,B,10,47.3")), {"micro_households B"}),
    ("a round of too many minutes", swapped(("T4,10,42.1", "T3,10,77.4")), {"micro_minutes T3"}),
    ("minutes that are not those of the round", swapped(("L,G,7,11.0", "L,G,7,8.0")), {"minutes G"}),
]  # fmt: skip
"""What is planted, how, and all the judge may say: the rule and the unit or grid. Who is in two communities is in
two pieces as well, since no way leads from one community to another."""


@pytest.mark.parametrize(("spoil", "expected"), [one[1:] for one in PLANTED], ids=[one[0] for one in PLANTED])
def test_what_is_planted_is_found_and_nothing_else(spoil: Spoil, expected: set[str], tmp_path: Path) -> None:
    result = judged(tmp_path, spoil(GOOD))
    found = {f"{one['kind']} {one['name']}" for one in json.loads(result.stdout)["findings"]}
    assert (result.exit_code, found) == (1, expected)


@pytest.mark.parametrize(
    ("named", "kind", "name"),
    [((), "not_named", "lan"), (("lan", "mei"), "named", "mei")],
    ids=["impossible and not said", "possible and called impossible"],
)
def test_what_the_report_calls_impossible_is_judged(
    named: tuple[str, ...], kind: str, name: str, tmp_path: Path
) -> None:
    result = judged(tmp_path, GOOD, named=named)
    found = [(one["kind"], one["name"]) for one in json.loads(result.stdout)["findings"]]
    assert (result.exit_code, found) == (1, [(kind, name)])


def test_what_was_right_before_and_changed_is_no_repair(tmp_path: Path) -> None:
    kept = judged(tmp_path, GOOD)
    words = ["--check", tmp_path / "assignment.csv", "--against", tmp_path / "units.csv", "--json", "--repair", *LIMITS]
    assert kept.exit_code == 0
    (tmp_path / "assignment.csv").write_text(GOOD.replace(",M,", ",N,"), encoding="utf-8")
    result = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["divide", *map(str, words)])
    found = [(one["kind"], one["name"]) for one in json.loads(result.stdout)["findings"]]
    assert (result.exit_code, found) == (1, [("not_kept", "mei")])


def test_a_report_that_is_none_is_named(tmp_path: Path) -> None:
    judged(tmp_path, GOOD)
    (tmp_path / "report.json").write_text("[]", encoding="utf-8")
    words = ["--check", tmp_path / "assignment.csv", "--against", tmp_path / "units.csv"]
    result = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["divide", *map(str, words)])
    assert (result.exit_code, "report.json" in result.stderr) == (2, True)
