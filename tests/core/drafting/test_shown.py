from dataclasses import replace

import numpy as np

from tests.core.drafts import SMALL, row_of
from wangge.core.drafting import Drawn, Tier, Why, in_force, order, rows, sheet
from wangge.core.partition import Limits, Units


def street() -> Drawn:
    """Ten houses of ten households: 70 in one grid, 20 in another, 10 in none; a river after the third house."""
    general = np.array([4] * 7 + [1] * 2 + [-1])
    micro = np.array([0, 0, 0, 5, 5, 5, 5, 2, 3, -1])
    units = row_of(10, compound=[0] * 4 + [1, 1, 1, 2, 2, 2], barrier_cell=[0] * 3 + [1] * 7)
    return replace(in_force(units, SMALL), general=general, micro=micro)


def test_a_row_says_what_a_grid_is_and_what_is_wrong_with_it() -> None:
    found = rows(street(), SMALL)
    assert [(row.level, row.key, row.outer, row.units, row.households, row.why) for row in found] == [
        (Tier.GENERAL, 1, -1, 2, 20, Why.TOO_FEW),
        (Tier.GENERAL, 4, -1, 7, 70, Why.RIGHT),
        (Tier.MICRO, 0, 4, 3, 30, Why.RIGHT),
        (Tier.MICRO, 2, 1, 1, 10, Why.RIGHT),
        (Tier.MICRO, 3, 1, 1, 10, Why.RIGHT),
        (Tier.MICRO, 5, 4, 4, 40, Why.TOO_MANY),
    ]
    first = next(row for row in found if row.level is Tier.MICRO)
    assert (first.x_m, first.y_m, first.tour_m, first.is_within) == (20.0, 0.0, 80.0, True)
    assert first.minutes == (30 * 90 + 3 * 30 + 80 * 1.3 / 1.1) / 60
    assert [row.minutes for row in found[:2]] == [0.0, 0.0]


def test_a_round_too_long_and_a_torn_grid_are_named() -> None:
    drawn = replace(street(), general=np.array([0] * 10), micro=np.array([0, 1] + [2] * 2 + [3] * 2 + [4, 5, 5, 1]))
    hasty = replace(SMALL, limits=Limits(micro_max=30, minutes=31.0))
    assert [row.why for row in rows(drawn, hasty)] == [
        Why.RIGHT, Why.RIGHT, Why.TOO_LONG, Why.TOO_LONG, Why.TOO_LONG, Why.RIGHT, Why.TOO_LONG
    ]  # fmt: skip
    assert next(row for row in rows(drawn, SMALL) if (row.level, row.key) == (Tier.MICRO, 1)).why is Why.TORN


def test_one_household_is_never_too_long_a_round() -> None:
    units = Units.of(x_m=[0], y_m=[0], households=[1], floors=[30], micro_grid=[1], general_grid=[1])
    options = replace(SMALL, limits=Limits(minutes=1.0))
    assert rows(in_force(units, options), options)[1].why is Why.RIGHT


def test_the_sheet_of_a_side() -> None:
    found = sheet(street(), SMALL)
    assert (found.general_grids, found.general_within, found.micro_grids, found.micro_within) == (2, 1, 4, 3)
    assert (found.households, found.unplaced, found.mean, found.deviation) == (100, 10, 45.0, 25.0)
    assert (found.split_compounds, found.barrier_crossings) == (0, 1)
    assert found.longest_minutes == max(row.minutes for row in rows(street(), SMALL))


def test_a_compound_in_two_grids_is_split_unless_it_is_too_large_for_one() -> None:
    drawn = street()
    other = replace(drawn, general=np.array([4, 4, 1, 1] + [4] * 6))
    assert sheet(other, SMALL).split_compounds == 1
    assert sheet(other, replace(SMALL, band=replace(SMALL.band, low=1, high=30))).split_compounds == 0


def test_a_community_without_any_grid_has_an_empty_sheet() -> None:
    drawn = in_force(row_of(3), SMALL)
    found = sheet(drawn, SMALL)
    assert (rows(drawn, SMALL), order(drawn)) == ((), ())
    assert (found.general_grids, found.mean, found.longest_minutes, found.unplaced) == (0, 0.0, 0.0, 30)


def test_grids_are_read_from_west_to_east_and_from_north_to_south() -> None:
    units = Units.of(x_m=[0, 200, 0, 200], y_m=[0, 0, 200, 210], households=[10] * 4)
    drawn = replace(in_force(units, SMALL), general=np.array([7, 2, 5, 3]))
    assert order(drawn) == (5, 3, 7, 2)
