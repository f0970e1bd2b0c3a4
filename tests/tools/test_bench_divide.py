"""The bench of divisions: what it judges, what it writes, and who takes part."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tools.bench.divide import measuring, targets
from tools.bench.divide.__main__ import run
from tools.bench.divide.answers import Answer
from tools.bench.divide.inputs import known, quarter, table_of, units_of, with_previous
from tools.bench.divide.judged import edge_cut, fewest, judged
from tools.bench.divide.laying import grounds, laid
from tools.bench.divide.ours import Task, edited
from tools.bench.divide.page import Chapter, page
from tools.bench.divide.pictures import picture, quarter_of
from tools.bench.figures import Figure
from wangge.core.checking import Kind
from wangge.core.partition import Division, Options, divide
from wangge.core.partition.bands import pieces_of
from wangge.core.unit_files.table import UnitTable

TINY = "city:1:4:200"
OPTIONS = Options()


@pytest.fixture(scope="module")
def table() -> UnitTable:
    return table_of(TINY)


@pytest.fixture(scope="module")
def division(table: UnitTable) -> Division:
    return divide(units_of(table), OPTIONS)


@pytest.fixture(scope="module")
def kept(table: UnitTable) -> dict[str, Any]:
    units = units_of(table)
    pieces = pieces_of(units, OPTIONS.limits, OPTIONS.band.high)
    return vars(laid(units, pieces, grounds(units, pieces, OPTIONS)))


def test_our_answer_is_judged_right(table: UnitTable, division: Division) -> None:
    named = {one.community for one in division.impossible}
    found = judged(table, Answer.of(division), named=named)
    assert not found.kinds
    assert found.in_band == found.covered == 1
    assert found.score.micro_grids >= found.least_micro > 0
    assert found.score.general_grids >= fewest(table)


def test_an_answer_that_is_wrong_is_judged_wrong(table: UnitTable, division: Division) -> None:
    answer = Answer.of(division)
    general, nothing = np.zeros_like(answer.general), np.full_like(answer.micro, -1)
    one = Answer(answer.unit, answer.part, answer.households, general, nothing, answer.done)
    assert judged(table, one).kinds[Kind.TWO_COMMUNITIES] == 1


def test_a_rival_is_judged_on_what_it_reached(table: UnitTable, division: Division) -> None:
    answer = Answer.of(division)
    reached = table.community.codes[answer.unit] == table.community.codes[0]
    part = Answer(*(column[reached] for column in vars(answer).values()))
    found = judged(table, part, part=True)
    assert 0 < found.covered < 1
    assert not found.kinds[Kind.MISSING]
    assert judged(table, part).kinds[Kind.MISSING] > 0


def test_the_graphs_handed_over_have_the_cut_that_we_count(division: Division, kept: dict[str, Any]) -> None:
    cut, share = edge_cut(kept, Answer.of(division))
    assert cut == pytest.approx(division.weighted_cut)
    assert 0 <= share <= 1


def test_an_answer_comes_back_from_its_file(division: Division, tmp_path: Path) -> None:
    answer = Answer.of(division)
    answer.save(tmp_path / "kept.npz")
    assert all(
        np.array_equal(a, b)
        for a, b in zip(vars(answer).values(), vars(Answer.load(tmp_path / "kept.npz")).values(), strict=True)
    )


def test_an_edit_bursts_one_grid(table: UnitTable, division: Division) -> None:
    general, micro = Answer.of(division).of_units(len(table))
    later = edited(with_previous(table, general, micro), general)
    assert (later.households != table.households).sum() == 1
    assert np.bincount(general, later.households).max() >= 520


def test_a_quarter_is_one_community(table: UnitTable) -> None:
    own = quarter(table, 60)
    assert len(own) == 60
    assert own.community.names == ("quarter",)
    assert own.compound.names


def test_a_picture_shows_every_unit_of_a_quarter(table: UnitTable, division: Division, kept: dict[str, Any]) -> None:
    drawn = picture(table, Answer.of(division), kept, "A quarter", quarter_of(table, 90))
    assert drawn.count("<circle") == 90
    assert "<title>A quarter</title>" in drawn


def test_the_page_names_what_was_missed() -> None:
    figures = (Figure("speed", 3.0, "s", "<= 2", "slow"), Figure("cut", 1.0, "×", "<= 1.05"))
    silent = targets.Row("maxp", measuring.Taken(), None)
    text = page([Chapter(known(TINY), 7, 9, figures, (silent,))], [], ["When: now"], [])
    assert "- city, seed 1: speed: 3 s for <= 2 (slow)" in text
    assert "| maxp | no answer within its budget |" in text
    assert "## City, seed 1: 7 units, 9 households" in text


def test_a_measurement_is_a_process_of_its_own(tmp_path: Path) -> None:
    taken = measuring.ours(Task(TINY, level="general", keep=str(tmp_path / "ours.npz")))
    assert taken.runs == 1
    assert taken.cpu > 0
    assert taken.peak_mb > taken.facts["idle_mb"] - 1 > 0
    assert len(Answer.load(tmp_path / "ours.npz").unit) >= len(table_of(TINY))


@pytest.mark.skipif(not measuring.are_rivals_here(), reason="the rivals are laid by make bench-divide")
def test_a_rival_divides_the_same_graphs(table: UnitTable, kept: dict[str, Any], tmp_path: Path) -> None:
    np.savez(tmp_path / "graphs.npz", **kept)
    taken = measuring.rival("metis", tmp_path / "graphs.npz", tmp_path / "metis.npz", 30)
    assert taken.facts["done"] == taken.facts["parts"]
    assert judged(table, Answer.load(tmp_path / "metis.npz")).covered == 1


@pytest.mark.full
def test_the_whole_bench_fills_its_table(tmp_path: Path) -> None:
    run(targets.Bench(tmp_path, 1, 5.0, 0.0), [TINY], tmp_path / "divide.md")
    text = (tmp_path / "divide.md").read_text(encoding="utf-8")
    for figure in ("in band wherever possible", "both levels, CPU", "fewest mode", "households moved after a year"):
        assert f"| {figure}" in text
    assert "| wangge | " in text
