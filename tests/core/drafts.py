"""Invented communities under a person's hands: any place, any row of verbs, and what the judge says of the result."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from wangge.core.checking import Audit, Rules, audit
from wangge.core.drafting import Drawn, Refused, cut, lock, merge, move, move_micro, solve_again, split
from wangge.core.partition import Band, Limits, Options, Units
from wangge.core.partition.problem import NONE
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.table import Groups, UnitTable

SMALL = Options(band=Band(60, 120), limits=Limits(micro_max=30, minutes=70.0))
"""A fifth of the real band: a few dozen units make several grids."""

Step = tuple[str, int, int, int]


def row_of(houses: int, households: int = 10, **columns: Any) -> Units:
    """Houses along a street, 20 m apart, of 10 households each."""
    return Units.of(x_m=np.arange(houses) * 20.0, y_m=np.zeros(houses), households=[households] * houses, **columns)


@st.composite
def hamlets(draw: st.DrawFn, most: int = 24) -> Units:
    """One community: several units at some places, towers of floor bands, a river, compounds; labels of an old one."""
    count = draw(st.integers(1, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    places = rng.normal(0, draw(st.sampled_from([20.0, 60.0])), (draw(st.integers(1, count)), 2))
    x, y = places[rng.integers(0, len(places), count)].T
    has_grid = draw(st.booleans())
    return Units.of(
        x_m=x,
        y_m=y,
        households=rng.integers(1, draw(st.sampled_from([5, 20, 75])), count),
        floors=rng.integers(0, 20, count),
        compound=rng.integers(-1, 4, count),
        barrier_cell=(x > 10).astype(int) if draw(st.booleans()) else None,
        way=rng.integers(-1, 2, count) if draw(st.booleans()) else None,
        general_grid=(y > 0).astype(int) - (rng.random(count) < 0.1) if has_grid else None,
        micro_grid=rng.integers(0, 4, count) if has_grid else None,
    )


VERBS = ("move", "cut", "merge", "split", "lock", "open", "solve")
by_hand = st.tuples(st.sampled_from(VERBS), st.integers(0, 99), st.integers(0, 99), st.integers(0, 2**32 - 1))
down_to_micro = st.tuples(
    st.sampled_from([*VERBS, "move_micro"]), st.integers(0, 99), st.integers(0, 99), st.integers(0, 2**32 - 1)
)


def one_of(keys: Any, number: int) -> int:
    """Return a key by any number; -1 where there is none."""
    known = np.unique(keys[keys != NONE])
    return int(known[number % len(known)]) if len(known) else NONE


def stepped(drawn: Drawn, step: Step, options: Options = SMALL) -> Drawn:
    """Return the draft after one step; where it is refused, as it was."""
    verb, first, second, seed = step
    rng = np.random.default_rng(seed)
    grid, other = one_of(drawn.general, first), one_of(drawn.general, second)
    pieces = rng.choice(len(drawn.pieces), min(len(drawn.pieces), int(rng.integers(1, 5))), replace=False).tolist()
    line = rng.normal(0, 40, (int(rng.integers(2, 5)), 2)).tolist()
    carried_out: dict[str, Callable[[], Drawn]] = {
        "move": lambda: move(drawn, pieces, grid, options),
        "move_micro": lambda: move_micro(drawn, pieces, one_of(drawn.micro, first), options),
        "cut": lambda: cut(drawn, grid, line, options),
        "merge": lambda: merge(drawn, [grid, other], options),
        "split": lambda: split(drawn, grid, options),
        "lock": lambda: lock(drawn, grid, is_locked=True),
        "open": lambda: lock(drawn, grid, is_locked=False),
        "solve": lambda: solve_again(drawn, options),
    }
    try:
        return carried_out[verb]()
    except Refused:
        return drawn


def is_same(one: Drawn, other: Drawn) -> bool:
    """Say whether two drafts are alike in every key."""
    general, micro = (one.general == other.general).all(), (one.micro == other.micro).all()
    return bool(general and micro and one.locked == other.locked)


def judged(drawn: Drawn, options: Options = SMALL) -> Audit:
    """Return what the independent judge says of a draft."""
    units, pieces, limits = drawn.units, drawn.pieces, options.limits
    ids, none = tuple(f"u{at}" for at in range(len(units))), Groups(np.full(len(units), NONE), ())
    one = Groups(np.zeros(len(units), np.int64), ("甲社区",))
    compound = Groups(units.compound, units.names["compound"])
    cell = Groups(units.barrier_cell, units.names["barrier_cell"])
    way = Groups(units.way, units.names["way"])
    table = UnitTable(
        ids=ids, rows=np.arange(len(ids)), x_m=units.x_m, y_m=units.y_m, households=units.households,
        floors=units.floors, lift=units.lift, community=one, general_grid=none, micro_grid=none,
        compound=compound, barrier_cell=cell, way=way,
    )  # fmt: skip
    general, micro = (
        [str(key) if key != NONE else "" for key in tier.tolist()] for tier in (drawn.general, drawn.micro)
    )
    division = Assignment(
        rows=np.arange(len(pieces)), ids=tuple(ids[unit] for unit in pieces.unit.tolist()), part=pieces.part,
        community=("",) * len(pieces), general=tuple(general), micro=tuple(micro), households=pieces.households,
        minutes=np.full(len(pieces), np.nan),
    )  # fmt: skip
    band = options.band
    return audit(table, division, Rules(band.low, band.high, limits.micro_max, limits.minutes))
