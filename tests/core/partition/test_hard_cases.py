"""Input that is bad or strange: a clear message, or a right answer with its reason."""

from typing import Any

import numpy as np
import pytest

from tests.core.communities import faults, town, village
from wangge.core.partition import BadUnits, Band, Impossible, Limits, Options, Reason, Units, divide

FLAT: dict[str, Any] = {"x_m": [0.0, 10.0], "y_m": [0.0, 0.0], "households": [3, 4]}


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"households": []}, "households: there are no units"),
        ({"households": [3, 0]}, "households, row 1: 0 is no whole number of at least 1"),
        ({"households": [-3, 1]}, "households, row 0: -3 is no whole number of at least 1"),
        ({"households": [3, 1.5]}, "households, row 1: 1.5 is no whole number of at least 1"),
        ({"households": [3, float("nan")]}, "households, row 1: nan is no whole number of at least 1"),
        ({"households": ["3", "many"]}, "households, row 1: 'many' is no number"),
        ({"floors": [3, -1]}, "floors, row 1: -1 is no whole number of at least 0"),
        ({"x_m": [0.0, float("inf")]}, "x_m, row 1: inf is no place in metres"),
        ({"y_m": [float("nan"), 0.0]}, "y_m, row 0: nan is no place in metres"),
        ({"y_m": [0.0, 0.0, 0.0]}, "y_m: 2 values are needed, 3 were given"),
        ({"compound": ["a"]}, "compound: 2 values are needed, 1 were given"),
        ({"colour": ["a", "b"]}, "colour: no such column"),
    ],
)
def test_bad_columns_are_named(columns: dict[str, Any], message: str) -> None:
    with pytest.raises(BadUnits) as refused:
        Units.of(**(FLAT | columns))
    assert str(refused.value) == message


@pytest.mark.parametrize("limits", [(0, 500), (500, 300)])
def test_a_band_upside_down_is_refused(limits: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a band goes from"):
        Band(*limits)


@pytest.mark.parametrize("values", [{"micro_max": 0}, {"minutes": 0.0}, {"minutes": float("nan")}])
def test_limits_nobody_can_keep_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a micro-grid has"):
        Limits(**values)


def solved(units: Units) -> tuple[list[int], list[tuple[int, Reason]]]:
    """Return the households of the general grids and what was impossible; every other rule has to hold."""
    division = divide(units)
    assert faults(units, division, Options()) == []
    told = [(one.households, one.reason) for one in division.impossible]
    return sorted(division.general_sheet.households.tolist()), told


def test_one_unit_is_one_grid_and_too_few() -> None:
    assert solved(Units.of(x_m=[0], y_m=[0], households=[7])) == ([7], [(7, Reason.TOO_FEW)])


def test_one_unit_of_550_households_is_between_one_grid_and_two() -> None:
    units = Units.of(x_m=[0], y_m=[0], households=[550], floors=[30], lift=[True])
    assert solved(units)[1] == [(550, Reason.BETWEEN)]


def test_a_community_of_550_households_is_between_one_grid_and_two() -> None:
    grids, told = solved(village(275, households=np.full(275, 2)))
    assert (sum(grids), told) == (550, [(550, Reason.BETWEEN)])


def test_one_building_of_900_households_is_shared_by_floors_and_says_so() -> None:
    units = Units.of(x_m=[0], y_m=[0], households=[900], floors=[36], lift=[True])
    division = divide(units)
    assert (division.shared, division.impossible) == ((0,), ())
    assert division.general_sheet.is_within.all()
    order = np.argsort(division.pieces.part)
    assert len(np.flatnonzero(np.diff(division.general[order]))) == len(division.general_sheet) - 1


def test_a_building_within_the_band_is_never_shared_by_general_grids() -> None:
    units = town(10)
    assert divide(units).shared == ()


def test_a_stairwell_of_136_households_is_two_bands_of_17_floors() -> None:
    units = Units.of(x_m=[0], y_m=[0], households=[136], floors=[34], lift=[True])
    division = divide(units)
    assert (division.pieces.households.tolist(), division.pieces.top.tolist()) == ([68, 68], [17, 34])
    assert len(set(division.micro.tolist())) == 2


def test_two_banks_without_a_bridge_are_two_parts() -> None:
    west, east = village(100, 1), village(300, 2)
    units = Units.of(x_m=np.r_[west.x_m, east.x_m + 400], y_m=np.r_[west.y_m, east.y_m],
                     households=np.full(400, 2), barrier_cell=np.repeat(["west", "east"], [100, 300]))  # fmt: skip
    grids, told = solved(units)
    assert told == [(200, Reason.CUT_OFF), (600, Reason.CUT_OFF)][:1]
    assert grids == [200, 300, 300]


def test_two_banks_with_a_bridge_are_one() -> None:
    units = village(400, households=np.full(400, 2))
    banks = Units.of(x_m=units.x_m, y_m=units.y_m, households=units.households, barrier_cell=units.x_m > 60)
    assert solved(banks)[1] == []


def test_all_units_at_one_place_are_divided() -> None:
    zero = np.zeros(300)
    assert solved(Units.of(x_m=zero, y_m=zero, households=np.full(300, 3)))[1] == []


def test_units_in_one_line_are_divided() -> None:
    along = np.arange(300) * 7.0
    assert solved(Units.of(x_m=along, y_m=along * 2, households=np.full(300, 3)))[1] == []


def test_units_ten_thousand_kilometres_apart_are_answered() -> None:
    far = np.array([0.0, 20.0, 1e7, 1e7 + 20, 1e7])
    assert sum(solved(Units.of(x_m=far, y_m=far[::-1], households=[100] * 5))[0]) == 500


def test_units_too_large_to_be_set_together_are_told() -> None:
    units = Units.of(x_m=[0, 20, 40, 60], y_m=[0, 1, 0, 1], households=[299, 299, 299, 299])
    grids, told = solved(units)
    assert (sum(grids), told) == (1196, [(1196, Reason.LARGE_UNIT)])


def test_a_single_household_over_the_hours_is_a_micro_grid_of_its_own_and_told() -> None:
    units = Units.of(x_m=[0, 20], y_m=[0, 0], households=[1, 1], floors=[600, 2])
    division = divide(units)
    assert sorted(division.micro_sheet.is_within.tolist()) == [False, True]


def test_the_community_is_named() -> None:
    units = Units.of(x_m=[0, 9], y_m=[0, 0], households=[20, 30], community=["桂花", "桂花"])
    assert divide(units).impossible == (Impossible("桂花", 50, Reason.TOO_FEW),)


def test_what_no_search_can_find_ends_with_the_best_so_far_and_says_so() -> None:
    # By the numbers two or three grids; but one of these houses is too few, two are right and three too many.
    units = Units.of(x_m=np.arange(5) * 20.0, y_m=np.zeros(5), households=np.full(5, 190), floors=np.full(5, 20))
    grids, told = solved(units)
    assert (sum(grids), told) == (950, [(950, Reason.NOT_FOUND)])
