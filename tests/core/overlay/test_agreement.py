from itertools import combinations
from math import isclose

import numpy as np
from hypothesis import given, settings

from tests.core.overlay.divisions import Divisions, codes, divisions
from wangge.core.overlay import adjusted_rand, agreed, crossed, disagreeing


def by_pairs(one: list[int], other: list[int]) -> float:
    """The index as its paper defines it, pair of households by pair."""
    both = first = second = every = 0
    for (a, b), (c, d) in combinations(list(zip(one, other, strict=True)), 2):
        both += a == c and b == d
        first, second, every = first + (a == c), second + (b == d), every + 1
    chance = first * second / every if every else 0
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


@settings(max_examples=60, deadline=None)
@given(divisions(least=0))
def test_the_index_is_that_of_all_pairs_of_households(given_: Divisions) -> None:
    own, layer, households = given_
    found = adjusted_rand(own, layer, households)
    assert isclose(found, by_pairs(*(np.repeat(one, households).tolist() for one in (own, layer))), abs_tol=1e-9)
    assert found == adjusted_rand(layer, own, households) <= 1


@settings(deadline=None)
@given(divisions())
def test_a_division_agrees_with_itself_whatever_its_grids_are_called(given_: Divisions) -> None:
    own, _layer, households = given_
    found = agreed(own, np.where(own == -1, -1, 9 - own), households)
    assert (found.disagreeing, found.share, found.rand) == (0, 1.0, 1.0)
    assert found.covered == households[own != -1].sum()


@settings(deadline=None)
@given(divisions())
def test_grids_that_lie_whole_in_others_do_not_disagree(given_: Divisions) -> None:
    own, layer, households = given_
    coarse = np.where(own == -1, -1, own // 2)
    assert agreed(own, coarse, households).disagreeing == 0
    assert agreed(coarse, own, households).disagreeing == 0
    found = agreed(own, layer, households)
    assert 0 <= found.disagreeing <= found.covered
    assert found.rand == agreed(layer, own, households).rand


def test_the_smaller_part_of_a_grid_that_is_cut_disagrees() -> None:
    own, layer = codes([2, 3, 4, 4, 5]), codes([1, 1, 1, 2, -1])
    households = codes([300, 320, 41, 259, 30])
    assert disagreeing(own, layer, households).tolist() == [False, False, True, False, False]
    found = agreed(own, layer, households)
    assert (found.households, found.covered, found.disagreeing) == (950, 920, 41)
    assert found.share == 1 - 41 / 920


def test_a_grid_of_theirs_over_a_border_of_ours_disagrees_though_it_is_large() -> None:
    own, layer, households = codes([1, 1, 2]), codes([7, 8, 8]), codes([1100, 916, 120])
    assert agreed(own, layer, households).disagreeing == 120


@settings(deadline=None)
@given(divisions())
def test_nobody_disagrees_where_every_two_grids_lie_one_in_the_other_and_only_there(given_: Divisions) -> None:
    own, layer, households = given_
    both = (own != -1) & (layer != -1)
    pairs = set(zip(own[both].tolist(), layer[both].tolist(), strict=True))
    is_nested = all(
        len({b for a, b in pairs if a == ours}) == 1 or len({a for a, b in pairs if b == theirs}) == 1
        for ours, theirs in pairs
    )
    assert (agreed(own, layer, households).disagreeing == 0) == is_nested


@settings(max_examples=60, deadline=None)
@given(divisions())
def test_without_those_who_disagree_all_others_agree_and_never_fewer_than_the_fewest(given_: Divisions) -> None:
    own, layer, households = given_
    apart = disagreeing(own, layer, households)
    assert not apart[(own == -1) | (layer == -1)].any()
    assert agreed(own[~apart], layer[~apart], households[~apart]).disagreeing == 0
    cross = crossed(own[(own != -1) & (layer != -1)], layer[(own != -1) & (layer != -1)],
                    households[(own != -1) & (layer != -1)])  # fmt: skip
    cells = list(zip(cross.own.tolist(), cross.layer.tolist(), cross.households.tolist(), strict=True))
    if len(cells) <= 7:
        fewest = min(
            sum(n for *_pair, n in gone)
            for size in range(len(cells) + 1)
            for gone in combinations(cells, size)
            if is_stars([cell for cell in cells if cell not in gone])
        )
        assert households[apart].sum() >= fewest


def is_stars(cells: list[tuple[int, int, int]]) -> bool:
    own, layer = ([cell[side] for cell in cells] for side in (0, 1))
    return all(own.count(a) == 1 or layer.count(b) == 1 for a, b, _n in cells)


def test_two_borders_across_each_other_agree_no_better_than_by_chance() -> None:
    assert adjusted_rand(codes([0, 0, 1, 1]), codes([0, 1, 0, 1]), codes([100] * 4)) < 0.01


def test_nothing_to_tell_is_no_disagreement() -> None:
    none = codes([-1, -1])
    found = agreed(none, codes([0, 1]), codes([3, 4]))
    assert (found.covered, found.share, found.rand) == (0, 1.0, 1.0)
