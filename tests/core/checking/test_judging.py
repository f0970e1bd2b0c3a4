from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.utils import translation

from wangge.core.checking import Audit, Kind, Rules, audit
from wangge.core.checking.findings import Finding
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.reading import read_units
from wangge.core.unit_files.table import UnitTable
from wangge.web.commands import findings

RULES = Rules(low=30, high=50, micro_max=20, minutes=60.0)
"""A tenth of the real band: a division small enough to be drawn by hand."""


def units(**changed: Any) -> UnitTable:
    """Gui: a street of eight houses, and over a river a tower of forty households. Mei: three houses, one grid."""
    text = "id,x_m,y_m,households,floors,compound,community,barrier_cell,general_grid,micro_grid\n"
    for k in range(8):
        text += (
            f"g{k},{20 * k},0,10,1,{'liu' if k < 4 else ''},gui,north,G{k // 4 + 1},G{k // 4 + 1}-{k % 4 // 2 + 1}\n"
        )
    text += "tower,80,-55,40,8,,gui,south,G3,\n"
    for k in range(3):
        text += f"m{k},{20 * k + 5000},0,{changed.get('mei', 10)},1,,mei,,M1,M1-{k // 2 + 1}\n"
    return read_units(text.encode())


def division(table: UnitTable) -> Assignment:
    """A division of these by hand that is right: the tower in two bands of four floors."""
    rows: list[tuple[str, int, str, str, str, int, float]] = []
    for k in range(8):
        grid, micro = f"G{k // 4 + 1}", k % 4 // 2 + 1
        rows.append((f"g{k}", 0, "gui", grid, f"{grid}-{micro}", 10, 15.5 if k % 2 == 0 else 31.4))
    rows += [("tower", 0, "gui", "G3", "G3-1", 20, 31.9), ("tower", 1, "gui", "G3", "G3-2", 20, 33.7)]
    house = int(table.households[-1])
    minutes = [house * 1.5 + 0.5, house * 3 + 1.4, house * 1.5 + 0.5]
    rows += [(f"m{k}", 0, "mei", "M1", f"M1-{k // 2 + 1}", house, minutes[k]) for k in range(3)]
    ids, part, community, general, micro_grid, households, told = zip(*rows, strict=True)
    return Assignment(
        np.arange(2, len(rows) + 2), ids, np.array(part), community, general, micro_grid, np.array(households),
        np.array(told),
    )  # fmt: skip


def judged(changes: dict[str, dict[int, Any]], table: UnitTable | None = None, **asked: Any) -> Audit:
    """The judgement of the good division with some cells replaced: {column: {row from 0: value}}."""
    table = table or units()
    good = division(table)
    fresh: dict[str, Any] = {}
    for column, cells in changes.items():
        values = list(getattr(good, column))
        for at, value in cells.items():
            values[at] = value
        held = getattr(good, column)
        fresh[column] = np.array(values) if isinstance(held, np.ndarray) else tuple(values)
    return audit(table, replace(good, **fresh), RULES, **asked)


def english(found: Finding) -> str:
    with translation.override("en"):
        return findings.said(found)


def kinds(found: Audit) -> list[Kind]:
    return sorted({one.kind for one in found.findings})


def test_a_good_division_breaks_no_rule_and_has_its_score() -> None:
    found = judged({}, named=[], is_repair=True)
    assert [english(one) for one in found.findings] == []
    assert found.is_right
    assert found.impossible == ()
    assert (found.score.units, found.score.households, found.score.general_grids, found.score.in_band) == (
        12,
        150,
        4,
        4,
    )
    assert (found.score.mean, found.score.micro_grids, found.score.moved) == (37.5, 8, 0)
    assert (found.score.compounds_fit, found.score.compounds_split) == (1, 0)
    assert found.score.weighted_cut == pytest.approx(1.0 + 0.3)


def test_floor_bands_in_two_grids_cut_the_stairs_between_them() -> None:
    assert judged({"general": {9: "G2"}}).score.weighted_cut == pytest.approx(1.0 + 0.3 + 3.0)


def without(table: UnitTable, at: int) -> Assignment:
    good = division(table)
    keep = [row for row in range(len(good)) if row != at]

    def texts(column: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(column[row] for row in keep)

    return Assignment(
        good.rows[keep], texts(good.ids), good.part[keep], texts(good.community), texts(good.general),
        texts(good.micro), good.households[keep], good.minutes[keep],
    )  # fmt: skip


def test_a_unit_without_a_grid_is_found() -> None:
    found = audit(units(), without(units(), 3), RULES)
    assert [english(one) for one in found.findings if one.kind is Kind.MISSING] == ["unit g3 is in no grid"]


@pytest.mark.parametrize(
    ("changes", "expected", "said"),
    [
        ({"ids": {1: "g0"}}, Kind.TWICE, "row 3: unit g0 stands in 2 rows that are no floor bands of it"),
        ({"ids": {0: "g99"}}, Kind.UNKNOWN, "row 2: unit g99 is not in the list of units"),
        ({"households": {0: 9}}, Kind.HOUSEHOLDS, "row 2: unit g0 has 9 households in the division and 10 in the list"),
        ({"households": {8: 40}}, Kind.HOUSEHOLDS, "row 11: unit tower has 60 households in the division and 40"),
        ({"part": {9: 0}}, Kind.TWICE, "row 11: unit tower stands in 2 rows that are no floor bands of it"),
        ({"community": {2: "mei"}}, Kind.COMMUNITY, "row 4: unit g2 is not in the community written beside it"),
        ({"general": {10: "G1", 11: "G1", 12: "G1"}}, Kind.TWO_COMMUNITIES, "general grid G1 lies in 2 communities"),
        ({"general": {3: "G2"}}, Kind.TWO_GENERALS, "micro-grid G1-2 lies in 2 general grids"),
        ({"general": {9: "G2"}}, Kind.SHARED, "unit tower lies in 2 general grids, though one could hold it"),
        ({"general": {0: "G2", 7: "G1"}}, Kind.BROKEN, "general grid G1 is in 2 pieces"),
        ({"micro": {0: "G1-2", 3: "G1-1"}}, Kind.BROKEN_MICRO, "micro-grid G1-1 is in 2 pieces"),
        ({"general": {0: "G0", 1: "G0"}}, Kind.BAND, "general grid G0 has 20 households; 30 to 50 could"),
        ({"micro": {1: "G1-1", 2: "G1-1"}}, Kind.MICRO_HOUSEHOLDS, "micro-grid G1-1 has 30 households; the limit"),
        ({"micro": {8: "T", 9: "T"}}, Kind.MICRO_MINUTES, "micro-grid T takes 64.7 minutes; the limit is 60"),
        ({"minutes": {1: 41.0}}, Kind.MINUTES, "the round of micro-grid G1-1 takes 31.8 minutes, not the 41.4"),
        ({"micro": {5: ""}}, Kind.NO_MICRO, "row 7: unit g5 is in no micro-grid, though others are"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(changes: dict[str, dict[int, Any]], expected: Kind, said: str) -> None:
    found = judged(changes)
    assert any(one.kind is expected and english(one).startswith(said) for one in found.findings), found.findings


def test_a_community_that_cannot_be_divided_excuses_its_grid_and_must_be_named() -> None:
    few = units(mei=8)
    assert judged({}, few).is_right
    assert judged({}, few).impossible == ("mei",)
    assert kinds(judged({}, few, named=[])) == [Kind.NOT_NAMED]
    assert kinds(judged({}, few, named=["mei"])) == []


def test_a_community_that_can_be_divided_is_not_to_be_called_impossible() -> None:
    assert kinds(judged({}, named=["gui"])) == [Kind.NAMED]


def test_of_a_unit_above_the_band_nothing_counts_as_moved() -> None:
    """The upper floors of the tower go to a grid of their own; a list names one previous grid of a unit."""
    table = units()
    good = division(table)
    general = (*good.general[:9], "G4", *good.general[10:])
    moved = [audit(table, replace(good, general=general), replace(RULES, high=high)).score.moved for high in (40, 39)]
    assert moved == [20, 0]


def test_what_was_right_before_has_to_be_kept_in_a_repair() -> None:
    swapped = {"general": {0: "X1", 1: "X1", 2: "X1", 3: "X1"}}
    assert kinds(judged(swapped)) == []
    found = judged(swapped, is_repair=True)
    assert [english(one) for one in found.findings] == [
        "in community gui nothing was wrong, and 4 rows changed their grid all the same"
    ]


def test_households_that_move_are_counted_whatever_the_grids_are_called() -> None:
    assert judged({"general": {0: "X1", 1: "X1", 2: "X1", 3: "X1"}}).score.moved == 0
    assert judged({"general": {3: "G2"}}).score.moved == 10


def test_a_round_is_excused_by_the_way_that_is_written_as_well_as_by_our_own() -> None:
    assert judged({"minutes": {0: np.nan, 1: np.nan}}).is_right
