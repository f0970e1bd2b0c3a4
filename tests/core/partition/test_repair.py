"""A division repaired after a change keeps nearly everything where it was."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.communities import communities, faults, town, village
from wangge.core.partition import Division, Options, Units, divide, score
from wangge.core.partition.problem import Whole

AGAIN = Options(repair=True)


def a_year_later(units: Units, division: Division, **columns: Any) -> Units:
    """Return the units with their grids as a previous division, and other columns where given."""
    first = np.searchsorted(division.pieces.unit, np.arange(len(units)))
    given_: dict[str, Any] = {name: getattr(units, name) for name in ("x_m", "y_m", "households", "floors", "lift")}
    labels = {name: getattr(units, name) for name in ("compound", "community", "barrier_cell", "way")}
    grids = {"general_grid": division.general[first], "micro_grid": division.micro[first]}
    return Units.of(**(given_ | labels | grids | columns))


def moved(units: Units, division: Division) -> int:
    return score(units, division, AGAIN).moved


@settings(max_examples=25, deadline=None)
@given(communities(40), st.integers(0, 99))
def test_any_repair_keeps_every_rule(units: Units, seed: int) -> None:
    draw = np.random.default_rng(seed)
    stirred: Whole = np.maximum(1, units.households + draw.integers(-2, 40, len(units)))
    later = a_year_later(units, divide(units), households=stirred)
    assert faults(later, divide(later, AGAIN), AGAIN) == []


def test_a_tower_above_the_band_of_which_one_grid_is_known_does_not_count_as_moved() -> None:
    tower = Units.of(x_m=[0], y_m=[0], households=[900], floors=[36], lift=[True])
    before = divide(tower)
    assert len(before.general_sheet) > 1
    again = a_year_later(tower, before)
    assert moved(again, divide(again, AGAIN)) == 0


def test_nothing_moves_when_nothing_changed() -> None:
    units = village(900)
    before = divide(units)
    later = a_year_later(units, before)
    after = divide(later, AGAIN)
    assert after.general.tolist() == later.general_grid.tolist()
    assert after.micro.tolist() == later.micro_grid.tolist()


def test_a_new_building_moves_few_households() -> None:
    units = town(16)
    before = divide(units)
    households = units.households.copy()
    households[np.argmin(np.hypot(units.x_m - 200, units.y_m - 200))] += 160
    later = a_year_later(units, before, households=households)
    after = divide(later, AGAIN)
    assert faults(later, after, AGAIN) == []
    assert moved(later, after) <= 0.1 * households.sum()


def test_a_grid_that_lost_a_compound_is_filled_up_or_joined_to_a_neighbour() -> None:
    units = village(900)
    before = divide(units)
    stays = (before.general != 0) | (np.arange(len(units)) % 3 == 0)
    later = a_year_later(units, before)
    columns = {name: value[stays] for name, value in vars(later).items() if name != "names"}
    smaller = replace(later, **columns)
    after = divide(smaller, AGAIN)
    assert faults(smaller, after, AGAIN) == []
    assert moved(smaller, after) <= 500


def test_new_units_join_a_neighbour() -> None:
    units = village(900)
    before = divide(units)
    later = a_year_later(units, before)
    general = later.general_grid.copy()
    general[5] = -1
    after = divide(replace(later, general_grid=general), AGAIN)
    assert np.flatnonzero(after.general != later.general_grid).tolist() in ([], [5])


def test_grids_of_two_communities_with_one_name_are_two() -> None:
    units = Units.of(x_m=[0, 9, 500, 509], y_m=[0] * 4, households=[90] * 4, community=[1, 1, 2, 2],
                     general_grid=["一"] * 4)  # fmt: skip
    assert divide(units, AGAIN).general.tolist() == [0, 0, 1, 1]
