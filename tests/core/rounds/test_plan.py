from itertools import pairwise, permutations
from math import dist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.rounds.kernels import length, nearest_neighbour
from wangge.core.rounds.pace import Pace
from wangge.core.rounds.plan import plan, walk
from wangge.core.rounds.stops import Door, Round, Stop, Window

metre = st.integers(0, 400).map(float)


@st.composite
def stairwells(draw: st.DrawFn, most: int = 14) -> list[Stop]:
    count = draw(st.integers(1, most))
    return [
        Stop(
            f"s{at}", draw(metre), draw(metre), draw(st.integers(1, 40)), draw(st.integers(0, 20)),
            building=draw(st.sampled_from(["", "12", "13"])),
        )
        for at in range(count)
    ]  # fmt: skip


def block(name: str, x: float, floors: int, flats: int, y: float = 0.0) -> Stop:
    doors = tuple(
        Door(f"{name}-{floor}{flat:02}", floor) for floor in range(1, floors + 1) for flat in range(1, flats + 1)
    )
    return Stop(name, x, y, len(doors), floors, doors=doors)


def order(found: Round) -> list[str]:
    return [visit.stop.id for visit in found.visits]


@settings(deadline=None, max_examples=60)
@given(stairwells(), st.sampled_from([60.0, 180.0]), st.booleans())
def test_every_household_is_visited_once_and_the_limit_kept_or_split(
    stops: list[Stop],
    limit: float,
    is_started: bool,  # noqa: FBT001 - hypothesis fills it
) -> None:
    found = plan(stops, start=(0.0, 0.0) if is_started else None, limit_minutes=limit)
    assert sorted(order(found)) == sorted(stop.id for stop in stops)
    assert found.must_split is (found.minutes > limit + 1e-9) is bool(found.split)
    if found.split:
        every = [visit.stop for one in found.split for visit in one.visits]
        assert sum(stop.households for stop in every) == sum(stop.households for stop in stops)
        assert all(one.minutes <= limit + 1e-6 for one in found.split)
        assert len(found.split) >= found.minutes / limit * 0.5


@settings(deadline=None, max_examples=40)
@given(stairwells())
def test_the_same_stops_give_the_same_round(stops: list[Stop]) -> None:
    assert plan(stops) == plan(list(stops))


@settings(deadline=None, max_examples=40)
@given(stairwells())
def test_times_follow_from_ways_and_work(stops: list[Stop]) -> None:
    pace = Pace()
    found = plan(stops, pace, begins=480.0)
    assert found.visits[0].arrives == 480.0
    for one, following in pairwise(found.visits):
        way = dist((one.stop.x_m, one.stop.y_m), (following.stop.x_m, following.stop.y_m))
        assert following.walked_m == pytest.approx(way)
        assert following.arrives == pytest.approx(one.leaves + way * 1.3 / 1.1 / 60)
    work = pace.work_seconds(*np.array([(s.households, s.floors, s.lift) for s in stops]).T).sum()
    assert found.minutes == pytest.approx(pace.round_minutes(work, found.metres))


@settings(deadline=None, max_examples=40)
@given(stairwells())
def test_the_way_is_never_longer_than_going_to_the_nearest(stops: list[Stop]) -> None:
    plain = [Stop(stop.id, stop.x_m, stop.y_m, stop.households) for stop in stops]
    x, y = (np.array(column, dtype=np.float64) for column in zip(*[(s.x_m, s.y_m) for s in plain], strict=True))
    assert plan(plain).metres <= length(x, y, nearest_neighbour(x, y)) + 1e-6


@settings(deadline=None, max_examples=60)
@given(stairwells())
def test_a_building_is_left_once(stops: list[Stop]) -> None:
    names = [visit.stop.building or visit.stop.id for visit in plan(stops).visits]
    assert len(set(names)) == 1 + sum(one != following for one, following in pairwise(names))


def test_doors_go_from_the_top_floor_down_stairwell_by_stairwell() -> None:
    found = plan([block("12", 0, 3, 2), block("13", 50, 2, 1)], start=(-10.0, 0.0))
    assert [door.name for door in found.doors] == [
        "12-301", "12-302", "12-201", "12-202", "12-101", "12-102", "13-201", "13-101",
    ]  # fmt: skip


def test_a_stairwell_open_in_the_evening_is_visited_then() -> None:
    stops = [block("a", 0, 2, 2), block("b", 60, 2, 2), block("c", 120, 2, 2)]
    found = plan(stops, windows={"b": Window(18 * 60, 20 * 60)}, begins=17 * 60 + 30)
    assert order(found)[-1] == "b"
    visit = found.visits[-1]
    assert (visit.begins, found.late) == (18 * 60, ())
    assert visit.arrives < visit.begins < visit.leaves


def test_a_window_that_cannot_be_kept_is_said() -> None:
    found = plan([block("a", 0, 2, 2)], windows={"a": Window(0, 5)}, begins=60)
    assert found.late == ("a",)


def test_windows_are_kept_nearly_always_where_any_order_keeps_them() -> None:
    draw, kept, could = np.random.default_rng(5), 0, 0
    for _ in range(60):
        stops = [
            Stop(f"s{k}", draw.random() * 300, draw.random() * 300, int(draw.integers(2, 12)), 3) for k in range(6)
        ]
        windows = {
            stop.id: Window(low := float(draw.integers(0, 60)), low + float(draw.integers(25, 60)))
            for stop in stops[:4]
        }
        could_be = any(
            not walk(one, Pace(), start=None, windows=windows, limit_minutes=180, begins=0.0).late
            for one in permutations(stops)
        )
        could += could_be
        kept += could_be and not plan(stops, windows=windows).late
    assert could > 10
    assert kept >= 0.95 * could


def test_a_crew_of_two_needs_half_the_time() -> None:
    stops = [block(name, x, 5, 3) for name, x in (("a", 0.0), ("b", 80.0), ("c", 200.0))]
    assert plan(stops, Pace(crew=2)).minutes == pytest.approx(plan(stops).minutes / 2)


def test_a_start_is_walked_from_and_back_to() -> None:
    found = plan([block("a", 100, 1, 1)], start=(0.0, 0.0))
    assert (found.metres, found.visits[0].walked_m) == (200.0, 100.0)


@settings(deadline=None, max_examples=40)
@given(stairwells(9), st.sampled_from([70.0, 110.0]))
def test_no_fewer_consecutive_rounds_would_do(stops: list[Stop], limit: float) -> None:
    found = plan(stops, start=(0.0, 0.0), limit_minutes=limit)
    walked = [visit.stop for visit in found.visits]
    if any(visit.stop.parts > 1 for one in found.split for visit in one.visits):
        return

    def minutes(first: int, last: int) -> float:
        some = walked[first:last]
        return walk(some, Pace(), start=(0.0, 0.0), windows={}, limit_minutes=limit, begins=0.0).minutes

    least = [0]
    for last in range(1, len(walked) + 1):
        least.append(1 + min(least[first] for first in range(last) if minutes(first, last) <= limit))
    assert max(1, len(found.split)) == least[-1]


def test_a_split_is_even_rather_than_full() -> None:
    found = plan([block(f"b{k}", 40.0 * k, 6, 3) for k in range(12)], limit_minutes=160)  # half an hour each
    assert [len(one.visits) for one in found.split] == [4, 4, 4]
    assert max(one.minutes for one in found.split) < 140


def test_a_tower_too_much_for_one_round_is_split_by_its_floors() -> None:
    tower = block("t", 0, 34, 4)
    found = plan([tower], limit_minutes=180)
    parts = [one.visits[0].stop for one in found.split]
    assert [(part.part, part.parts, part.households, part.floors) for part in parts] == [(1, 2, 68, 34), (2, 2, 68, 17)]
    assert [door for part in parts for door in part.doors] == list(tower.downward())


def test_one_household_over_the_limit_remains_and_is_said() -> None:
    found = plan([Stop("a", 0, 0, 2)], Pace(service_minutes=300.0))
    assert [one.must_split for one in found.split] == [True, True]


@pytest.mark.parametrize(
    ("stops", "asked", "said"),
    [
        ([], {}, "needs a stop"),
        ([block("a", 0, 1, 1), block("a", 1, 1, 1)], {}, "a is there twice"),
        ([block("a", 0, 1, 1)], {"windows": {"b": Window(0, 1)}}, "a window for b"),
        ([block("a", 0, 1, 1)], {"limit_minutes": 0}, "more than no minutes"),
    ],
)
def test_what_is_no_round_is_refused(stops: list[Stop], asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        plan(stops, **asked)  # type: ignore[arg-type]  # the point of the test


def test_what_is_no_stop_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody lives there"):
        Stop("a", 0, 0, 0)
    with pytest.raises(ValueError, match="no place"):
        Stop("a", float("nan"), 0, 1)
    with pytest.raises(ValueError, match="1 doors for 2 households"):
        Stop("a", 0, 0, 2, doors=(Door("1"),))
    with pytest.raises(ValueError, match="opens before"):
        Window(5, 5)
