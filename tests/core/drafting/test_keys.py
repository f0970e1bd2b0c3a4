from dataclasses import replace

import numpy as np

from tests.core.drafts import SMALL, row_of
from wangge.core.drafting import Drawn, in_force, named_after
from wangge.core.drafting.keys import claimed


def drawn(general: list[int], micro: list[int] | None = None) -> Drawn:
    begun = in_force(row_of(len(general)), SMALL)
    return replace(begun, general=np.array(general), micro=np.array(micro or [-1] * len(general)))


def named(general: list[int], before: list[int]) -> list[int]:
    return [int(key) for key in named_after(drawn(general), drawn(before)).general]


def test_a_grid_has_the_key_of_the_one_it_holds_most_households_of() -> None:
    assert named([0, 0, 0, 1, 1, 1], [5, 5, 8, 8, 8, 8]) == [5, 5, 5, 8, 8, 8]


def test_households_count_and_not_houses() -> None:
    households = np.array([3, 3, 90])
    assert claimed(np.array([0, 0, 0]), np.array([4, 4, 7]), households).tolist() == [7]


def test_each_old_key_goes_once_and_new_grids_get_the_next() -> None:
    assert named([0, 0, 0, 1, 1, 2], [4, 4, 4, 4, 4, 4]) == [4, 4, 4, 5, 5, 6]


def test_equal_claims_go_to_the_lower_key_and_to_who_is_seen_first() -> None:
    assert named([9, 9, 3, 3], [1, 1, 1, 1]) == [1, 1, 2, 2]
    assert named([9, 9, 9, 9], [2, 2, 1, 1]) == [1, 1, 1, 1]


def test_who_was_in_no_grid_claims_nothing() -> None:
    assert named([0, 0, 1], [-1, -1, 3]) == [4, 4, 3]
    assert named([0, 0, 1], [-1, -1, -1]) == [0, 0, 1]
    assert named([-1, -1, -1], [1, 1, 1]) == [-1, -1, -1]


def test_micro_grids_and_locks_are_named_as_well() -> None:
    before = drawn([3, 3, 4, 4], [6, 7, 8, 9])
    after = replace(drawn([0, 0, 1, 1], [0, 0, 2, 1]), locked=frozenset({1}))
    found = named_after(after, before)
    assert (found.general.tolist(), found.micro.tolist()) == ([3, 3, 4, 4], [6, 6, 8, 9])
    assert found.locked == {4}
