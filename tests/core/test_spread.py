"""Marks of one place do not cover each other."""

from itertools import combinations
from math import dist

import pytest

from wangge.core.spread import ROUND, offsets, places


@pytest.mark.parametrize("count", range(2, ROUND + 1))
def test_marks_of_one_place_stand_apart_and_near(count: int) -> None:
    found = offsets(count)
    assert len(found) == count
    assert min(dist(one, other) for one, other in combinations(found, 2)) >= 24
    assert max(dist((0, 0), one) for one in found) <= 40


def test_one_mark_stands_on_its_place_and_none_nowhere() -> None:
    assert (offsets(1), offsets(0)) == ([(0.0, 0.0)], [])


def test_what_lies_at_one_place_is_kept_together_in_its_order() -> None:
    assert places(["a", "b", "a", 3, "a"]) == {"a": [0, 2, 4], "b": [1], 3: [3]}
