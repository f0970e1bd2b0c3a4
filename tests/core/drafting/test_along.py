import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.communities import village
from tests.core.drafts import SMALL, hamlets, is_same, judged, row_of
from wangge.core.drafting import (
    drawn_along,
    drawn_anew,
    households_apart,
    lock,
    merge,
    sheet,
    solve_again,
    solved_along,
)
from wangge.core.drafting.blocks import blocks
from wangge.core.partition import Options, Units
from wangge.core.partition.graph import graph_of


def out(drawn: object, options: Options) -> tuple[int, int]:
    found = sheet(drawn, options)  # type: ignore[arg-type] # a Drawn, from two functions
    return found.general_grids - found.general_within, found.micro_grids - found.micro_within


def test_a_border_of_another_office_becomes_one_of_ours() -> None:
    units = row_of(20)
    layer = np.array([0] * 7 + [1] * 13)  # 70 and 130 households: the second holds two of ours
    drawn = drawn_along(units, SMALL, [layer])
    assert households_apart(drawn, layer) == 0
    assert out(drawn, SMALL) == (0, 0)
    assert len(set(drawn.general[:7].tolist())) == 1
    assert not set(drawn.general[:7].tolist()) & set(drawn.general[7:].tolist())


def test_a_layer_that_asks_for_too_small_grids_is_followed_only_within_the_limits() -> None:
    units = row_of(20)
    layer = np.array([0, 1] * 10)  # nobody can draw grids along this
    drawn = drawn_along(units, SMALL, [layer])
    assert out(drawn, SMALL) == (0, 0)
    assert len(judged(drawn).findings) == 0


def test_real_streets_agree_better_and_fit_as_well() -> None:
    units = village(1600)
    layer = (units.x_m > np.quantile(units.x_m, 0.3)).astype(np.int64)
    plain, along = drawn_anew(units, Options()), drawn_along(units, Options(), [layer])
    assert out(along, Options()) == out(plain, Options()) == (0, 0)
    assert households_apart(along, layer) < households_apart(plain, layer)


@settings(max_examples=15, deadline=None)
@given(hamlets(16), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_it_is_never_worse_than_without_the_layers_and_always_the_same(units: Units, many: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    layers = [rng.integers(-1, 3, len(units)) for _ in range(many)]
    plain, along = drawn_anew(units, SMALL), drawn_along(units, SMALL, layers)
    assert out(along, SMALL) <= out(plain, SMALL)
    if out(along, SMALL) == out(plain, SMALL):
        assert sum(households_apart(along, one) for one in layers) <= sum(
            households_apart(plain, one) for one in layers
        )
    assert is_same(along, drawn_along(units, SMALL, layers))


def test_what_is_mended_by_hand_is_mended_along_the_layers() -> None:
    units = village(1600)
    layer = (units.x_m > np.quantile(units.x_m, 0.3)).astype(np.int64)
    along = drawn_along(units, Options(), [layer])
    west, east = (np.unique(along.general[layer[along.pieces.unit] == side]).tolist() for side in (0, 1))
    torn = merge(along, {west[0], *east}, Options())
    plain, mended = solve_again(torn, Options()), solved_along(torn, Options(), [layer])
    assert out(mended, Options()) <= out(plain, Options())
    assert households_apart(mended, layer) < households_apart(plain, layer)


@settings(max_examples=15, deadline=None)
@given(hamlets(16), st.integers(0, 2**32 - 1))
def test_mending_along_layers_is_never_worse_and_leaves_what_is_right_or_locked(units: Units, seed: int) -> None:
    layer = np.random.default_rng(seed).integers(-1, 3, len(units))
    drawn = drawn_anew(units, SMALL)
    if out(drawn, SMALL) == (0, 0):
        assert is_same(solved_along(drawn, SMALL, [layer]), drawn)
    key = int(drawn.general[0])
    held = lock(drawn, key, is_locked=True)
    mended = solved_along(held, SMALL, [layer])
    assert (mended.general == key).tolist() == (held.general == key).tolist()
    assert out(mended, SMALL) <= out(solve_again(held, SMALL), SMALL)
    assert is_same(mended, solved_along(held, SMALL, [layer]))


def test_a_piece_too_small_joins_the_neighbour_with_which_it_can_be_divided() -> None:
    units, band = row_of(20), SMALL.band  # 60 to 120
    own = blocks(units, np.array([0] * 3 + [1] * 9 + [2] * 8), band)
    assert own.tolist() == [0] * 12 + [1] * 8
    assert blocks(units, np.array([0] * 10 + [1] * 10), band).tolist() == [0] * 10 + [1] * 10


@settings(deadline=None)
@given(hamlets(16), st.integers(0, 2**32 - 1))
def test_blocks_are_joined_until_each_can_be_divided_or_has_no_neighbour(units: Units, seed: int) -> None:
    ground = np.random.default_rng(seed).integers(0, 4, len(units))
    own = blocks(units, ground, SMALL.band)
    held = np.bincount(own, units.households)
    graph = graph_of(units.x_m, units.y_m, units.compound, units.barrier_cell, units.way)
    tails = np.repeat(np.arange(len(graph)), np.diff(graph.start))
    for block, households in enumerate(held.tolist()):
        if not SMALL.band.allows(int(households)):
            assert set(own[graph.neighbour[own[tails] == block]].tolist()) == {block} or len(units) == 1
