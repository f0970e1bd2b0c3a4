"""Neighbourhoods of few large units are covered by grids within the band wherever there is a way."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.checking.findings import Rules
from wangge.core.checking.possible import is_possible
from wangge.core.partition import Level, Options, Units, divide
from wangge.core.partition.covering import covered
from wangge.core.partition.problem import Whole


def bits(count: int, edges: list[tuple[int, int]]) -> Whole:
    beside = np.zeros(count, np.int64)
    for a, b in edges:
        beside[a] |= 1 << b
        beside[b] |= 1 << a
    return beside


def hangs(beside: Whole, units: list[int]) -> bool:
    reached = {units[0]}
    for _ in units:
        reached |= {v for v in units if any(int(beside[v]) >> u & 1 for u in reached)}
    return reached == set(units)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(0, 2**36 - 1))
def test_a_cover_is_found_exactly_where_there_is_one(households: list[int], chosen: int) -> None:
    every = list(combinations(range(len(households)), 2))
    edges = [edge for at, edge in enumerate(every) if chosen >> at & 1]
    beside = bits(len(households), edges)
    count, grid = covered(beside, np.array(households, float), 5.0, 9.0)
    assert (count > 0) is is_possible(households, edges, Rules(low=5, high=9))
    for g in range(count):
        own = np.flatnonzero(grid == g).tolist()
        assert 5 <= sum(households[v] for v in own) <= 9
        assert hangs(beside, own)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_blocks_nearly_as_large_as_a_grid_are_set_together(seed: int) -> None:
    # A street of blocks with 269 households and small houses: each block needs 31 from beside it, and no house twice.
    draw = np.random.default_rng(seed)
    households = np.where(np.arange(160) % 4 == 0, 269, draw.integers(16, 60, 160))
    units = Units.of(x_m=np.arange(160) % 40 * 20.0, y_m=np.arange(160) // 40 * 22.0, households=households)
    division = divide(units, Options(level=Level.GENERAL, seed=seed))
    assert division.general_sheet.is_within.all()
    assert division.impossible == ()


def test_a_tower_gives_floors_to_the_block_beside_it_and_keeps_two_full_grids() -> None:
    # 288 may take from the tower alone: of eight bands of 88 it leaves seven, which make no two grids of 300.
    units = Units.of(x_m=[0, 20], y_m=[0, 0], households=[288, 704], floors=[20, 32], lift=[True, True])
    division = divide(units, Options(level=Level.GENERAL))
    assert sorted(division.general_sheet.is_within.tolist()) == [True, True, True]
