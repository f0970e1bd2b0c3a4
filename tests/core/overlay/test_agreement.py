from itertools import combinations
from math import isclose

import numpy as np
from hypothesis import given, settings

from tests.core.overlay.divisions import Divisions, codes, divisions
from wangge.core.overlay import adjusted_rand, agreed, disagreeing


def by_pairs(one: list[int], other: list[int]) -> float:
    """The index as its paper defines it, pair of households by pair."""
    both = first = second = every = 0
    for (a, b), (c, d) in combinations(list(zip(one, other, strict=True)), 2):
        both += a == c and b == d
        first, second, every = first + (a == c), second + (b == d), every + 1
    chance = first * second / every if every else 0
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


@settings(max_examples=60)
@given(divisions(least=0))
def test_the_index_is_that_of_all_pairs_of_households(given_: Divisions) -> None:
    own, layer, households = given_
    found = adjusted_rand(own, layer, households)
    assert isclose(found, by_pairs(*(np.repeat(one, households).tolist() for one in (own, layer))), abs_tol=1e-9)
    assert found == adjusted_rand(layer, own, households) <= 1


@given(divisions())
def test_a_division_agrees_with_itself_whatever_its_grids_are_called(given_: Divisions) -> None:
    own, _layer, households = given_
    found = agreed(own, np.where(own == -1, -1, 9 - own), households)
    assert (found.disagreeing, found.share, found.rand) == (0, 1.0, 1.0)
    assert found.covered == households[own != -1].sum()


@given(divisions())
def test_grids_that_lie_whole_in_others_do_not_disagree(given_: Divisions) -> None:
    own, layer, households = given_
    coarse = np.where(own == -1, -1, own // 2)
    assert agreed(own, coarse, households).disagreeing == 0
    assert agreed(coarse, own, households).disagreeing == 0
    both = agreed(own, layer, households), agreed(layer, own, households)
    assert both[0] == both[1]
    assert 0 <= both[0].disagreeing <= both[0].covered


def test_what_lies_in_the_smaller_part_on_both_sides_disagrees() -> None:
    own, layer = codes([1, 1, 2, 2, 3]), codes([7, 8, 8, 8, -1])
    households = codes([60, 40, 50, 60, 30])
    assert disagreeing(own, layer, households).tolist() == [False, True, False, False, False]
    found = agreed(own, layer, households)
    assert (found.households, found.covered, found.disagreeing) == (240, 210, 40)
    assert found.share == 1 - 40 / 210


def test_two_borders_across_each_other_agree_no_better_than_by_chance() -> None:
    assert adjusted_rand(codes([0, 0, 1, 1]), codes([0, 1, 0, 1]), codes([100] * 4)) < 0.01


def test_nothing_to_tell_is_no_disagreement() -> None:
    none = codes([-1, -1])
    found = agreed(none, codes([0, 1]), codes([3, 4]))
    assert (found.covered, found.share, found.rand) == (0, 1.0, 1.0)
