"""Hamlets that a lane joins are one ground; without the lane each is for itself."""

from hashlib import sha256
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.communities import faults, village
from wangge.core.partition import Band, Impossible, Options, Reason, Units, divide
from wangge.core.partition.graph import ACROSS, BETWEEN, INSIDE, graph_of

SMALL = Options(band=Band(150, 300))


def hamlets(homes: list[int], apart: float = 400.0, **labels: Any) -> Units:
    """Hamlets in a row from west to east with so many homes each, one a house."""
    at = np.repeat(np.arange(len(homes)), homes)
    turn = np.concatenate([np.arange(many) for many in homes])
    draw = np.random.default_rng(len(at)).normal(0, 1, (2, len(at)))
    x, y = at * apart + turn % 12 * 15 + draw[0], turn // 12 * 15 + draw[1]
    columns = {name: np.asarray(label)[at] for name, label in labels.items()}
    return Units.of(x_m=x, y_m=y, households=np.ones(len(at)), floors=np.full(len(at), 2), **columns)


@pytest.mark.parametrize(
    ("labels", "weight"),
    [
        ({}, BETWEEN),
        ({"compound": [1, 1]}, INSIDE),
        ({"compound": [1, 2]}, BETWEEN),
        ({"compound": [1, 1], "barrier_cell": [0, 1]}, ACROSS),
    ],
)
def test_a_lane_weighs_as_any_other_edge(labels: dict[str, Any], weight: float) -> None:
    found = {}
    for way in (-1, 1):
        units = hamlets([90, 90], way=[way, way], **labels)
        graph = graph_of(units.x_m, units.y_m, units.compound, units.barrier_cell, units.way)
        tails = np.repeat(np.arange(len(graph)), np.diff(graph.start))
        found[way] = [graph.weight[k] for k in np.flatnonzero((tails < 90) & (graph.neighbour >= 90))]
    assert found == {-1: [], 1: [weight]}


def test_hamlets_without_a_lane_are_named_and_with_it_they_are_one() -> None:
    homes = [100, 125, 225]
    assert divide(hamlets(homes), SMALL).impossible == (
        Impossible("", 100, Reason.CUT_OFF), Impossible("", 125, Reason.CUT_OFF)
    )  # fmt: skip
    joined = divide(hamlets(homes, way=[1, 1, 1]), SMALL)
    assert (joined.impossible, sorted(joined.general_sheet.households.tolist())) == ((), [225, 225])


def test_a_hamlet_off_the_lane_stays_for_itself() -> None:
    told = divide(hamlets([100, 125, 225, 60], way=[1, 1, 1, -1]), SMALL).impossible
    assert told == (Impossible("", 60, Reason.CUT_OFF),)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(20, 200), min_size=2, max_size=6), st.sampled_from([200.0, 500.0, 5000.0]))
def test_hamlets_on_one_lane_make_connected_grids_within_the_band(homes: list[int], apart: float) -> None:
    units = hamlets(homes, apart, way=np.ones(len(homes), int))
    division = divide(units, SMALL)
    assert faults(units, division, SMALL) == []
    assert not any(one.reason is Reason.CUT_OFF for one in division.impossible)
    if SMALL.band.allows(sum(homes)) and sum(homes) >= 2 * SMALL.band.high:
        assert division.impossible == ()


def test_without_ways_the_graph_is_what_it_was() -> None:
    digest = sha256()
    for seed in range(20):
        units = village(150, seed, barrier_cell=np.arange(150) % 13 > 6, compound=np.arange(150) // 40)
        x = units.x_m + (units.x_m > 90) * 70 * (seed % 3)
        graph = graph_of(x, units.y_m, units.compound, units.barrier_cell, units.way)
        for column in (graph.start, graph.neighbour, (graph.weight * 10).astype(np.int64)):
            digest.update(column.astype("<i8").tobytes())
    assert digest.hexdigest() == "2b9a91638cc45a73530de993c21a89ff047ea8ba9983b4ab29b627ae958ec69a"
