"""A round planned: in which order the doors are best walked, when one is where, and whether one round is enough."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from wangge.core.rounds.kernels import Whole, closed_tour
from wangge.core.rounds.pace import Pace
from wangge.core.rounds.splitting import fewest, portions
from wangge.core.rounds.stops import Round, Stop, Visit, Window
from wangge.core.rounds.timed import Terms, best_of

Spot = tuple[float, float]
LIMIT = 180.0
"""Minutes of one round: what a micro-grid is made for."""


def plan(
    stops: Sequence[Stop],
    pace: Pace | None = None,
    *,
    start: Spot | None = None,
    windows: Mapping[str, Window] | None = None,
    limit_minutes: float = LIMIT,
    begins: float = 0.0,
) -> Round:
    """Return the round through all stops; the same stops give the same round.

    `start` is where it begins and ends; `windows` are by the id of a stop, in minutes of the day like `begins`. The
    stairwells of a building follow each other unless a window forbids it. Raises ValueError without stops, with an id
    twice, a window of no stop, or no limit.
    """
    pace, windows = pace or Pace(), windows or {}
    _check(stops, windows, limit_minutes)
    order = _order(stops, pace, start, windows, begins)
    walked = [stops[at] for at in order.tolist()]
    return in_order(walked, pace, start=start, windows=windows, limit_minutes=limit_minutes, begins=begins)


def in_order(
    walked: Sequence[Stop],
    pace: Pace,
    *,
    start: Spot | None = None,
    windows: Mapping[str, Window] | None = None,
    limit_minutes: float = LIMIT,
    begins: float = 0.0,
) -> Round:
    """Return the round through stops in the order they are given, as a plan in force has it; split where it must be."""
    windows = windows or {}
    _check(walked, windows, limit_minutes)
    whole = walk(walked, pace, start=start, windows=windows, limit_minutes=limit_minutes, begins=begins)
    if not whole.must_split:
        return whole

    def walk_some(some: Sequence[Stop]) -> Round:
        return walk(some, pace, start=start, windows=windows, limit_minutes=limit_minutes, begins=begins)

    pieces = portions(walked, walk_some, limit_minutes)
    split = fewest(pieces, walk_some, limit_minutes, is_loose=start is None and not windows)
    return walk(
        walked, pace, start=start, windows=windows, limit_minutes=limit_minutes, begins=begins, split=tuple(split)
    )


def _check(stops: Sequence[Stop], windows: Mapping[str, Window], limit_minutes: float) -> None:
    ids = [stop.id for stop in stops]
    if not ids:
        raise ValueError("a round needs a stop")
    if len(set(ids)) < len(ids):
        raise ValueError(f"stop {next(one for one in ids if ids.count(one) > 1)} is there twice")
    if unknown := windows.keys() - set(ids):
        raise ValueError(f"a window for {min(unknown)}, which is no stop")
    if not limit_minutes > 0:
        raise ValueError("a limit is more than no minutes")


def walk(
    walked: Sequence[Stop],
    pace: Pace,
    *,
    start: Spot | None,
    windows: Mapping[str, Window],
    limit_minutes: float,
    begins: float,
    split: tuple[Round, ...] = (),
) -> Round:
    """Return what becomes of walking stops in just this order: when one arrives, waits and leaves."""
    work = pace.work_seconds(
        [stop.households for stop in walked], [stop.floors for stop in walked], [stop.lift for stop in walked]
    )
    here = start or (walked[0].x_m, walked[0].y_m)
    home, now, metres = here, begins, 0.0
    visits: list[Visit] = []
    late: list[str] = []
    for stop, seconds in zip(walked, work.tolist(), strict=True):
        way = math.dist(here, (stop.x_m, stop.y_m))
        arrives = now + pace.round_minutes(0.0, way)
        window = windows.get(stop.id)
        opened = max(arrives, window.opens) if window else arrives
        now = opened + pace.round_minutes(seconds, 0.0)
        if window and now > window.closes + 1e-6:
            late.append(stop.id)
        visits.append(Visit(stop, arrives, opened, now, way))
        here, metres = (stop.x_m, stop.y_m), metres + way
    back = math.dist(here, home)
    minutes = now + pace.round_minutes(0.0, back) - begins
    return Round(tuple(visits), begins, minutes, metres + back, limit_minutes, start, tuple(late), split)


def _order(
    stops: Sequence[Stop], pace: Pace, start: Spot | None, windows: Mapping[str, Window], begins: float
) -> Whole:
    """The order of the stops: a plain tour, or one with buildings kept together and windows kept."""
    places = np.array([(stop.x_m, stop.y_m) for stop in stops], np.float64)
    names = [stop.building for stop in stops]
    if not windows and not any(name and names.count(name) > 1 for name in names):
        return _tour(places, start)
    building = np.array([names.index(name) if name else at for at, name in enumerate(names)], dtype=np.int64)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    speed = float(pace.walking_seconds(1.0)) / pace.crew
    out = np.hypot(*(places - start).T) if start else np.zeros(len(stops))
    known = [windows.get(stop.id) for stop in stops]
    terms = Terms(
        walk=apart * speed,
        out=out * speed,
        work=pace.work_seconds(
            [stop.households for stop in stops], [stop.floors for stop in stops], [stop.lift for stop in stops]
        )
        / pace.crew,
        opens=np.array([window.opens * 60 if window else -math.inf for window in known], np.float64),
        closes=np.array([window.closes * 60 if window else math.inf for window in known], np.float64),
        building=building,
        begin=float(begins * 60),
        is_from_start=start is not None,
    )
    by_building = _by_building(places, building, start)
    soonest = np.lexsort([np.arange(len(stops)), terms.opens, terms.closes])
    return best_of(terms, [by_building, soonest] if windows else [by_building])


def _tour(places: np.ndarray, start: Spot | None) -> Whole:
    """The closed tour, begun at the start where there is one."""
    every = places if start is None else np.vstack([places, start])
    order, _ = closed_tour(every[:, 0].copy(), every[:, 1].copy())
    if start is None:
        return order
    at = int(np.flatnonzero(order == len(places))[0])
    return np.concatenate([order[at + 1 :], order[:at]])


def _by_building(places: np.ndarray, building: Whole, start: Spot | None) -> Whole:
    """A tour of the buildings' middles, and in each building its stops as they were given."""
    codes, own = np.unique(building, return_inverse=True)
    middles = np.array([places[own == code].mean(axis=0) for code in range(len(codes))])
    rank = np.argsort(_tour(middles, start))
    return np.argsort(rank[own], kind="stable").astype(np.int64)
