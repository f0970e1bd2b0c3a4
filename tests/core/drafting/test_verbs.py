from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.core.drafts import SMALL, is_same, row_of
from wangge.core.drafting import (
    Drawn,
    Refusal,
    Refused,
    Tier,
    Why,
    cut,
    in_force,
    lock,
    merge,
    move,
    move_micro,
    rows,
    split,
)
from wangge.core.partition import Level, Units


def street() -> Drawn:
    """Twenty-four houses of ten households in a row: three grids of eight, each with three micro-grids of three."""
    units = row_of(24, general_grid=np.arange(24) // 8, micro_grid=np.arange(24) % 8 // 3)
    return in_force(units, SMALL)


def locked() -> Drawn:
    return lock(street(), 1, is_locked=True)


NORTH = [(50.0, -5.0), (50.0, 5.0)]  # between the third house and the fourth, seen to the north: west is left


def test_houses_that_move_join_rounds_of_the_other_grid_and_the_rest_stays() -> None:
    drawn = street()
    after = move(drawn, [8], 0, SMALL)
    assert after.general.tolist() == [0] * 9 + [1] * 7 + [2] * 8
    assert after.micro[8] in np.unique(drawn.micro[:8])
    assert after.micro[8] == after.micro[7]
    assert all(row.is_within for row in rows(after, SMALL))
    assert (np.delete(after.micro, 8) == np.delete(drawn.micro, 8)).all()


def test_a_move_that_tears_a_grid_is_shown_and_not_forbidden() -> None:
    after = move(street(), [12], 2, SMALL)
    found = {row.key: row.why for row in rows(after, SMALL) if row.level is Tier.GENERAL}
    assert found == {0: Why.RIGHT, 1: Why.TORN, 2: Why.TORN}
    assert [row.why for row in rows(after, SMALL) if row.level is Tier.MICRO and not row.is_within] == []


def test_a_whole_micro_grid_that_moves_keeps_its_key() -> None:
    drawn = street()
    after = move(drawn, [8, 9, 10], 0, SMALL)
    assert (after.micro == drawn.micro).all()
    assert after.general.tolist() == [0] * 11 + [1] * 5 + [2] * 8


def test_houses_in_another_micro_grid_are_in_the_general_grid_of_it() -> None:
    drawn = street()
    after = move_micro(drawn, [8], int(drawn.micro[7]), SMALL)
    assert (after.general[8], after.micro[8]) == (0, drawn.micro[7])
    assert (np.delete(after.micro, 8) == np.delete(drawn.micro, 8)).all()


def test_a_micro_grid_without_its_last_house_is_gone() -> None:
    drawn = street()
    after = move_micro(drawn, [6, 7], int(drawn.micro[5]), SMALL)
    assert len(np.unique(after.micro)) == len(np.unique(drawn.micro)) - 1
    assert (after.general == drawn.general).all()


def test_a_line_cuts_off_what_lies_left_of_it() -> None:
    drawn = street()
    after = cut(drawn, 0, NORTH, SMALL)
    assert after.general.tolist() == [3] * 3 + [0] * 5 + [1] * 8 + [2] * 8
    assert (after.micro == drawn.micro).all()


def test_a_line_through_a_round_leaves_its_key_to_the_larger_part() -> None:
    drawn = street()
    after = cut(drawn, 0, [(30.0, -5.0), (30.0, 5.0)], SMALL)
    assert after.general[:8].tolist() == [3] * 2 + [0] * 6
    assert after.micro[0] == after.micro[1] == drawn.micro[0] != after.micro[2]
    assert all(row.is_within for row in rows(after, SMALL) if row.level is Tier.MICRO)


def test_grids_become_one_under_the_key_of_the_largest() -> None:
    drawn = move(street(), [8], 2, SMALL)
    after = merge(drawn, [1, 2], SMALL)
    assert after.general.tolist() == [0] * 8 + [2] * 16
    assert set(merge(street(), [0, 2, 1], SMALL).general.tolist()) == {0}


def test_a_new_grid_gets_no_key_that_is_in_force() -> None:
    drawn = merge(street(), [1, 2], SMALL)
    assert int(cut(drawn, 0, NORTH, SMALL).general.max()) == 3


def test_a_lock_is_put_on_and_taken_off() -> None:
    drawn = street()
    assert locked().locked == {1}
    assert is_same(lock(locked(), 1, is_locked=False), drawn)


def test_without_micro_grids_none_are_made() -> None:
    units = row_of(16, general_grid=np.arange(16) // 8)
    options = replace(SMALL, level=Level.GENERAL)
    assert set(move(in_force(units, options), [8], 0, options).micro.tolist()) == {-1}


def test_floor_bands_move_one_by_one() -> None:
    units = Units.of(x_m=[0, 20], y_m=[0, 0], households=[70, 60], floors=[12, 12], general_grid=[1, 2])
    drawn = in_force(units, SMALL)
    upper = np.flatnonzero(drawn.pieces.unit == 0)[-1:].tolist()
    assert len(set(move(drawn, upper, 1, SMALL).general[drawn.pieces.unit == 0].tolist())) == 2


REFUSED: dict[str, tuple[Refusal, Callable[[], Drawn]]] = {
    "from a locked grid": (Refusal.LOCKED, lambda: move(locked(), [8], 0, SMALL)),
    "into a locked grid": (Refusal.LOCKED, lambda: move(locked(), [0], 1, SMALL)),
    "micro from a locked grid": (Refusal.LOCKED, lambda: move_micro(locked(), [8], 0, SMALL)),
    "micro into a locked grid": (Refusal.LOCKED, lambda: move_micro(locked(), [0], int(street().micro[8]), SMALL)),
    "cut of a locked grid": (Refusal.LOCKED, lambda: cut(locked(), 1, NORTH, SMALL)),
    "split of a locked grid": (Refusal.LOCKED, lambda: split(locked(), 1, SMALL)),
    "merge with a locked grid": (Refusal.LOCKED, lambda: merge(locked(), [0, 1], SMALL)),
    "to a grid that is not": (Refusal.UNKNOWN_GRID, lambda: move(street(), [0], 9, SMALL)),
    "to no grid": (Refusal.UNKNOWN_GRID, lambda: move(street(), [0], -1, SMALL)),
    "to a micro-grid that is not": (Refusal.UNKNOWN_GRID, lambda: move_micro(street(), [0], 99, SMALL)),
    "to no micro-grid": (Refusal.UNKNOWN_GRID, lambda: move_micro(street(), [0], -1, SMALL)),
    "a lock on nothing": (Refusal.UNKNOWN_GRID, lambda: lock(street(), 9, is_locked=True)),
    "a piece that is not": (Refusal.UNKNOWN_PIECE, lambda: move(street(), [24], 0, SMALL)),
    "a piece before the first": (Refusal.UNKNOWN_PIECE, lambda: move(street(), [-1], 0, SMALL)),
    "no pieces": (Refusal.NOTHING, lambda: move(street(), [], 0, SMALL)),
    "pieces that are there": (Refusal.NOTHING, lambda: move(street(), [0, 1], 0, SMALL)),
    "pieces in their micro-grid": (Refusal.NOTHING, lambda: move_micro(street(), [0], int(street().micro[0]), SMALL)),
    "a second lock": (Refusal.NOTHING, lambda: lock(locked(), 1, is_locked=True)),
    "a lock that is not on": (Refusal.NOTHING, lambda: lock(street(), 1, is_locked=False)),
    "a merge of one": (Refusal.ONE_GRID, lambda: merge(street(), [1, 1], SMALL)),
    "a merge of none": (Refusal.ONE_GRID, lambda: merge(street(), [], SMALL)),
    "a whole grid moved": (Refusal.EMPTY, lambda: move(street(), range(8), 1, SMALL)),
    "a whole grid moved by its rounds": (Refusal.EMPTY, lambda: move_micro(street(), range(8), 5, SMALL)),
    "a line beside the grid": (Refusal.EMPTY, lambda: cut(street(), 1, NORTH, SMALL)),
    "a line with all on its left": (Refusal.EMPTY, lambda: cut(street(), 0, [(900.0, -5.0), (900.0, 5.0)], SMALL)),
    "a point for a line": (Refusal.EMPTY, lambda: cut(street(), 0, [(0.0, 0.0)], SMALL)),
    "a split of one house": (Refusal.EMPTY, lambda: split(in_force(row_of(1, general_grid=[1]), SMALL), 0, SMALL)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    reason, verb = REFUSED[name]
    with pytest.raises(Refused) as refused:
        verb()
    assert refused.value.reason is reason
