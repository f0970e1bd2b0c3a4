"""What is shown of a draft: a row for each grid, the score sheet of one side, and the order in which grids are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wangge.core.division_files.naming import in_reading_order
from wangge.core.drafting.drawn import Drawn
from wangge.core.drafting.land import Land
from wangge.core.drafting.standing import Standing, Why, of_general, of_micro
from wangge.core.partition.problem import NONE, Options, Reals, Whole
from wangge.core.partition.score import compounds
from wangge.core.score_sheet import Sheet


class Tier(StrEnum):
    """The two kinds of grids, one inside the other."""

    GENERAL = "general"
    MICRO = "micro"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One grid of a draft. `outer` is the general grid of a micro-grid, -1 for a general grid.

    `minutes` and `tour_m` are those of one round, 0 for a general grid; the place is the centre of the households.
    """

    key: int
    level: Tier
    outer: int
    units: int
    households: int
    minutes: float
    tour_m: float
    x_m: float
    y_m: float
    is_within: bool
    why: Why


def rows(drawn: Drawn, options: Options) -> tuple[GridRow, ...]:
    """Return the general grids by key, then the micro-grids by key."""
    land = Land.of(drawn.units, drawn.pieces, options)
    general, micro = land.taken(drawn.general), land.taken(drawn.micro)
    return (
        *_rows(drawn, Tier.GENERAL, drawn.general, of_general(land, general, options)),
        *_rows(drawn, Tier.MICRO, drawn.micro, of_micro(land, micro, options)),
    )


def sheet(drawn: Drawn, options: Options, known: tuple[GridRow, ...] | None = None) -> Sheet:
    """Return the score sheet of a draft; its rows need not be found again where they are known."""
    found = rows(drawn, options) if known is None else known
    general = [row for row in found if row.level is Tier.GENERAL]
    micro = [row for row in found if row.level is Tier.MICRO]
    held = np.array([row.households for row in general] or [0], np.float64)
    households = drawn.pieces.households
    return Sheet(
        general_grids=len(general),
        general_within=sum(row.is_within for row in general),
        micro_grids=len(micro),
        micro_within=sum(row.is_within for row in micro),
        households=int(households.sum()),
        split_compounds=compounds(drawn.units, drawn.pieces, drawn.general, options.band.high)[1],
        barrier_crossings=_crossings(drawn),
        longest_minutes=max((row.minutes for row in micro), default=0.0),
        mean=float(held.mean()),
        deviation=float(held.std()),
        unplaced=int(households[drawn.general == NONE].sum()),
    )


def order(drawn: Drawn) -> tuple[int, ...]:
    """Return the keys of the general grids from west to east, from north to south."""
    keys, x, y, _ = _places(drawn, drawn.general)
    return tuple(keys[in_reading_order(x, y)].tolist())


def _rows(drawn: Drawn, tier: Tier, label: Whole, standing: Standing) -> Iterator[GridRow]:
    keys, x, y, units = _places(drawn, label)
    first = {key: at for at, key in reversed(list(enumerate(label.tolist())))}
    for at, key in enumerate(keys.tolist()):
        yield GridRow(
            key=key,
            level=tier,
            outer=int(drawn.general[first[key]]) if tier is Tier.MICRO else NONE,
            units=int(units[at]),
            households=int(standing.households[at]),
            minutes=float(standing.minutes[at]),
            tour_m=float(standing.tour_m[at]),
            x_m=float(x[at]),
            y_m=float(y[at]),
            is_within=standing.why[at] is Why.RIGHT,
            why=standing.why[at],
        )


def _places(drawn: Drawn, label: Whole) -> tuple[Whole, Reals, Reals, Whole]:
    """Return the keys of a tier in ascending order, the centre of each grid, and how many units it has."""
    placed = np.flatnonzero(label != NONE)
    unit, households = drawn.pieces.unit[placed], drawn.pieces.households[placed]
    keys, own = np.unique(label[placed], return_inverse=True)
    held = np.bincount(own, households, len(keys))
    x = np.bincount(own, households * drawn.units.x_m[unit], len(keys)) / held
    y = np.bincount(own, households * drawn.units.y_m[unit], len(keys)) / held
    pairs = np.unique(np.column_stack([own, unit]), axis=0)
    return keys, x, y, np.bincount(pairs[:, 0], minlength=len(keys))


def _crossings(drawn: Drawn) -> int:
    placed = drawn.general != NONE
    cells = np.column_stack([drawn.general, drawn.units.barrier_cell[drawn.pieces.unit]])[placed]
    _, many = np.unique(np.unique(cells, axis=0)[:, 0], return_counts=True)
    return int((many > 1).sum())
