from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from tests.core.communities import town, village
from tests.core.drafts import SMALL, hamlets, is_same, row_of
from wangge.core.drafting import (
    Drawn,
    Tier,
    compared,
    drawn_anew,
    in_force,
    lock,
    merge,
    move,
    rows,
    solve_again,
    split,
)
from wangge.core.partition import Level, Options, Units


def wrong(drawn: Drawn, options: Options) -> list[tuple[Tier, int]]:
    return [(row.level, row.key) for row in rows(drawn, options) if not row.is_within]


@settings(max_examples=12, deadline=None)
@given(hamlets())
def test_where_nothing_is_wrong_nothing_changes(units: Units) -> None:
    drawn = drawn_anew(units, SMALL)
    solved = solve_again(drawn, SMALL)
    if not wrong(drawn, SMALL):
        assert is_same(solved, drawn)
    assert is_same(solve_again(drawn, SMALL), solved)


def test_a_merge_by_mistake_is_mended_and_the_rest_stays() -> None:
    drawn = drawn_anew(village(900), Options())
    beside = neighbours(drawn)
    both = merge(drawn, beside, Options())
    assert wrong(both, Options()) == [(Tier.GENERAL, int(both.general[np.isin(drawn.general, beside)][0]))]
    solved = solve_again(both, Options())
    assert wrong(solved, Options()) == []
    assert compared(both, solved).moved_households < 0.25 * drawn.pieces.households.sum()
    assert compared(both, solved).ended == ()


def neighbours(drawn: Drawn) -> tuple[int, int]:
    """Two grids whose centres are near each other."""
    found = [row for row in rows(drawn, Options()) if row.level is Tier.GENERAL]
    near = min(found[1:], key=lambda row: np.hypot(row.x_m - found[0].x_m, row.y_m - found[0].y_m))
    return found[0].key, near.key


def test_what_is_locked_is_left_out_even_where_it_is_wrong() -> None:
    units = row_of(30)
    drawn = replace(in_force(units, SMALL), general=np.repeat([0, 1, 2], [14, 4, 12]), micro=np.arange(30))
    mended = solve_again(drawn, SMALL)
    assert wrong(mended, SMALL) == []
    locked = lock(lock(drawn, 0, is_locked=True), 1, is_locked=True)
    assert is_same(solve_again(locked, SMALL), locked)


def test_new_houses_without_a_grid_join_a_neighbour() -> None:
    units = row_of(16, general_grid=["a"] * 7 + [""] + ["b"] * 8, micro_grid=[1, 1, 1, 2, 2, 3, 3, "", *"11122233"])
    solved = solve_again(in_force(units, SMALL), SMALL)
    assert solved.general[7] in (0, 1)
    assert compared(in_force(units, SMALL), solved).moved_households == 0
    assert wrong(solved, SMALL) == []
    assert not (solved.micro == -1).any()


def test_a_unit_put_into_two_grids_by_hand_stays_so_where_it_breaks_nothing() -> None:
    units = Units.of(
        x_m=np.arange(14) * 20.0, y_m=np.zeros(14), households=[10] * 6 + [50] + [10] * 7, floors=[10] * 14
    )
    drawn = drawn_anew(units, SMALL)
    bands = np.flatnonzero(drawn.pieces.unit == 6)
    here = int(drawn.general[bands[0]])
    other = next(key for key in np.unique(drawn.general).tolist() if key != here)
    moved = move(drawn, bands[-1:].tolist(), other, SMALL)
    assert len(set(moved.general[bands].tolist())) == 2
    if not wrong(moved, SMALL):
        assert is_same(solve_again(moved, SMALL), moved)


def test_a_split_is_near_even_connected_and_keeps_compounds_whole() -> None:
    units, options = town(4), Options(level=Level.GENERAL)
    drawn = replace(in_force(units, options), general=np.zeros(len(in_force(units, options).pieces), np.int64))
    halves = [row for row in rows(split(drawn, 0, options), options) if row.level is Tier.GENERAL]
    assert [row.why.value for row in halves] == ["right", "right"]
    assert min(row.households for row in halves) >= 0.4 * units.households.sum()
    assert halves[0].households >= halves[1].households
    parts = split(drawn, 0, options).general[drawn.pieces.part == 0]
    assert all(len(set(parts[units.compound == one].tolist())) == 1 for one in range(4))


def test_a_torn_grid_comes_apart_where_it_is_torn() -> None:
    general = np.array([0] * 5 + [1] * 2 + [0] * 3)
    drawn = replace(in_force(row_of(10), SMALL), general=general)
    assert split(drawn, 0, SMALL).general.tolist() == [0] * 5 + [1] * 2 + [2] * 3


def test_a_grid_of_one_tower_is_split_by_its_floors() -> None:
    units = Units.of(x_m=[0], y_m=[0], households=[120], floors=[30], lift=[True], general_grid=["一"])
    drawn = split(in_force(units, SMALL), 0, SMALL)
    assert drawn.pieces.households.tolist() == [24] * 5
    assert drawn.general.tolist() == [0, 0, 0, 1, 1]
