from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.checking.findings import Rules
from wangge.core.checking.neighbours import Ground, ground_of
from wangge.core.checking.possible import is_possible
from wangge.core.checking.tours import apart, closed, greedy, tour, uncrossed
from wangge.core.unit_files.reading import read_units


def ground(spots: list[tuple[float, float]], cells: list[str] | None = None, ways: list[str] | None = None) -> Ground:
    labels = zip(spots, cells or [""] * len(spots), ways or [""] * len(spots), strict=True)
    rows = [f"u{at},{x},{y},1,{cell},{way}" for at, ((x, y), cell, way) in enumerate(labels)]
    return ground_of(read_units("\n".join(["id,x_m,y_m,households,barrier_cell,way", *rows]).encode()))


def pairs(found: Ground) -> set[tuple[int, ...]]:
    """The edges as pairs of units (one unit a place)."""
    unit = {int(place): at for at, place in enumerate(found.place)}
    return {tuple(sorted((unit[a], unit[b]))) for a, b in found.edges.tolist()}


def test_places_in_one_line_are_joined_along_it() -> None:
    assert pairs(ground([(0, 0), (20, 10), (10, 5), (40, 20)])) == {(0, 2), (1, 2), (1, 3)}


def test_one_place_has_no_edges_and_all_its_units() -> None:
    found = ground([(5, 5)] * 4)
    assert (len(found.edges), set(found.place.tolist())) == (0, {0})


def test_diagonals_of_a_square_are_no_edges() -> None:
    assert pairs(ground([(0, 0), (10, 0), (10, 10), (0, 10)])) == {(0, 1), (1, 2), (2, 3), (0, 3)}


def test_what_is_far_off_is_cut_off() -> None:
    near = [(10.0 * (k % 10), 9.0 * (k // 10) + k % 10) for k in range(100)]
    found = ground([*near, (3_000.0, 0.0)])
    assert len(set(found.part.tolist())) == 2


def test_a_river_is_crossed_once_where_the_banks_are_nearest() -> None:
    spots = [(0.0, 0.0), (20.0, 0.0), (41.0, 0.0), (0.0, 25.0), (20.0, 21.0), (41.0, 30.0)]
    found = ground(spots, ["s", "s", "s", "n", "n", "n"])
    assert [edge for edge in pairs(found) if edge[0] < 3 <= edge[1]] == [(1, 4)]
    assert found.across.sum() == 1
    assert len(set(found.part.tolist())) == 1


def test_equal_bridges_are_all_there_since_any_may_be_the_one() -> None:
    found = ground([(0, 0), (20, 0), (0, 25), (20, 25)], ["s", "s", "n", "n"])
    assert found.across.sum() == 2


HAMLETS = [
    (400.0 * n + 10.0 * (k % 10) + k * k % 17 / 9, 9.0 * (k // 10) + k % 10) for n in range(3) for k in range(100)
]


def test_hamlets_are_joined_by_the_way_on_which_they_stand_and_by_no_other() -> None:
    ways = (["", "", ""], ["1", "1", "1"], ["1", "1", "2"])
    bare, one, two = (ground(HAMLETS, ways=[way for way in on for _ in range(100)]) for on in ways)
    assert [len(set(found.part.tolist())) for found in (bare, one, two)] == [3, 1, 2]
    assert len(one.edges) == len(bare.edges) + 2
    assert all(305 < abs(HAMLETS[a][0] - HAMLETS[b][0]) < 312 for a, b in pairs(one) - pairs(bare))


def test_a_way_over_a_river_joins_only_what_no_short_bridge_joins() -> None:
    spots = [(0.0, 0.0), (21.0, 1.0), (40.0, 0.0), (1.0, 25.0), (20.0, 21.0), (42.0, 30.0)]
    banks = ["s", "s", "s", "n", "n", "n"]
    assert pairs(ground(spots, banks, ["1"] * 6)) == pairs(ground(spots, banks))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=25))
def test_a_tour_passes_every_stop_and_is_never_longer_than_before(spots: list[tuple[int, int]]) -> None:
    x, y = np.array(spots, dtype=np.float64).T
    metres = apart(x, y)
    first = greedy(metres)
    better = uncrossed(metres, first)
    assert sorted(first.tolist()) == sorted(better.tolist()) == list(range(len(spots)))
    assert closed(metres, better) <= closed(metres, first) + 1e-6


def test_tours_of_up_to_seven_stops_are_near_the_best() -> None:
    draw, ratios = np.random.default_rng(11), []
    for _ in range(40):
        x, y = draw.random((2, int(draw.integers(4, 8)))) * 100
        metres = apart(x, y)
        best = min(closed(metres, np.array((0, *rest))) for rest in permutations(range(1, len(x))))
        ratios.append(tour(x, y) / best)
    assert min(ratios) > 1 - 1e-9
    assert sum(ratios) / len(ratios) < 1.02


@pytest.mark.parametrize(
    ("households", "edges", "answer"),
    [
        ([299], [], False),
        ([300], [], True),
        ([280, 280], [(0, 1)], False),  # 560 is too much for one and too little for two
        ([250, 450, 250], [(0, 1), (1, 2)], False),  # 950 would do for two or three grids, but nothing goes together
        ([450, 250, 250], [(0, 1), (1, 2)], True),
        ([250, 400, 250], [(0, 1), (1, 2)], False),  # the two would do together and do not touch
        ([700], [], True),  # by its floors
        ([550], [], False),
        ([20] * 30, [], True),  # many: only what is proved counts
        ([490] + [200] * 12, [], True),
        ([499] * 11 + [250, 1], [], False),  # nothing brings 250 into the band
    ],
)
def test_what_could_be_divided(households: list[int], edges: list[tuple[int, int]], *, answer: bool) -> None:
    assert is_possible(households, edges, Rules()) is answer


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 2**15 - 1))
def test_few_units_are_tried_in_every_way(households: list[int], chosen: int) -> None:
    rules = Rules(low=5, high=9)
    every = list(combinations(range(len(households)), 2))
    edges = [edge for at, edge in enumerate(every) if chosen >> at & 1]

    def is_grid(units: tuple[int, ...]) -> bool:
        reached = {units[0]}
        for _ in units:
            reached |= {b for a, b in edges + [(b, a) for a, b in edges] if a in reached and b in units}
        return reached == set(units) and 5 <= sum(households[unit] for unit in units) <= 9

    def divides(left: tuple[int, ...]) -> bool:
        sets = (set_ for size in range(len(left)) for set_ in combinations(left[1:], size))
        return not left or any(
            is_grid((left[0], *rest)) and divides(tuple(unit for unit in left[1:] if unit not in rest)) for rest in sets
        )

    assert is_possible(households, edges, rules) is divides(tuple(range(len(households))))
