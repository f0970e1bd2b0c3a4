from itertools import permutations
from math import dist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.rounds.kernels import closed_tour, length, nearest_neighbour

metre = st.floats(-500, 500).map(lambda value: round(value, 2))
places = st.lists(st.tuples(metre, metre), min_size=1, max_size=40)


def columns(spots: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(spots, dtype=np.float64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def way(spots: list[tuple[float, float]], order: list[int]) -> float:
    return sum(dist(spots[a], spots[b]) for a, b in zip(order, [*order[1:], *order[:1]], strict=True))


@settings(deadline=None)
@given(places)
def test_every_stop_is_passed_once_and_the_metres_are_those_of_the_way(spots: list[tuple[float, float]]) -> None:
    order, metres = closed_tour(*columns(spots))
    assert sorted(order.tolist()) == list(range(len(spots)))
    assert metres == pytest.approx(way(spots, order.tolist()), abs=1e-6)


@settings(deadline=None)
@given(places)
def test_a_tour_is_never_longer_than_going_to_the_nearest(spots: list[tuple[float, float]]) -> None:
    x, y = columns(spots)
    assert closed_tour(x, y)[1] <= length(x, y, nearest_neighbour(x, y)) + 1e-6


@settings(deadline=None)
@given(places, st.randoms(use_true_random=False))
def test_the_same_places_in_another_order_give_the_same_way(spots: list[tuple[float, float]], chance: object) -> None:
    mixed = list(range(len(spots)))
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    order, metres = closed_tour(*columns(spots))
    again, same = closed_tour(*columns([spots[k] for k in mixed]))
    assert same == metres
    assert [spots[k] for k in order] == [spots[mixed[k]] for k in again]


def test_up_to_seven_stops_are_as_good_as_the_best_within_one_percent() -> None:
    draw, ratios = np.random.default_rng(7), []
    for _ in range(60):
        x, y = draw.random((2, int(draw.integers(4, 8)))) * 200
        best = min(length(x, y, np.array((0, *rest))) for rest in permutations(range(1, len(x))))
        ratios.append(closed_tour(x, y)[1] / best)
    assert min(ratios) > 1 - 1e-9
    assert sum(ratios) / len(ratios) < 1.01


@settings(deadline=None)
@given(st.lists(metre, min_size=2, max_size=30), st.tuples(metre, metre))
def test_stops_in_one_line_cost_there_and_back(along: list[float], slope: tuple[float, float]) -> None:
    spots = [(slope[0] * t / 100, slope[1] * t / 100) for t in along]
    assert closed_tour(*columns(spots))[1] == pytest.approx(2 * dist(max(spots), min(spots)), rel=1e-6, abs=1e-5)


def test_stops_at_one_place_cost_no_way() -> None:
    order, metres = closed_tour(np.full(9, 3.5), np.full(9, -2.0))
    assert (sorted(order.tolist()), metres) == (list(range(9)), 0.0)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_stops_need_no_search(count: int) -> None:
    order, metres = closed_tour(np.arange(count, dtype=np.float64), np.zeros(count))
    assert sorted(order.tolist()) == list(range(count))
    assert metres == 2.0 * max(0, count - 1)


def test_places_ten_million_metres_apart_come_to_an_end() -> None:
    draw = np.random.default_rng(3)
    x, y = draw.integers(0, 2, (2, 60)) * 1e7 + draw.random((2, 60)) * 1e-6
    order, metres = closed_tour(x, y)
    assert sorted(order.tolist()) == list(range(60))
    assert metres == pytest.approx(4e7, rel=1e-6)
