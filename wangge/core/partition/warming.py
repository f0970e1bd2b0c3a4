"""Compiles every inner loop of divisions and rounds once, so that the first of them does not wait for it."""

from collections.abc import Iterator

import numpy as np

from wangge.core import machine_code
from wangge.core.loops import KEPT
from wangge.core.partition.bands import pieces_of
from wangge.core.partition.community import floor_field, ground_of
from wangge.core.partition.division import divide
from wangge.core.partition.fields import Field, coarser
from wangge.core.partition.general import halved
from wangge.core.partition.problem import Level, Options, Units
from wangge.core.rounds.plan import plan
from wangge.core.rounds.stops import Stop, Window


def warmed() -> Iterator[str]:
    """Divide a small invented village as a stranger would, and say after each step what is ready."""
    side = np.arange(225)
    columns = {"x_m": side % 15 * 15.0, "y_m": side // 15 * 15.0, "households": np.full(225, 3)}
    made = divide(Units.of(**columns), Options(level=Level.GENERAL))
    divide(Units.of(x_m=side[:4] * 20.0, y_m=side[:4] % 2, households=[299] * 4), Options(level=Level.GENERAL))
    yield "general grids"
    divide(Units.of(**columns), Options())
    yield "micro-grids"
    grids = {"general_grid": made.general, "micro_grid": made.general}
    divide(Units.of(**columns, **grids), Options(repair=True))
    halved(_coarse(Units.of(**columns)), Options())
    yield "repair"
    doors = [Stop(str(at), at % 5 * 12.0, at // 5 * 15.0, 3, building=str(at // 2)) for at in range(20)]
    plan(doors, windows={"7": Window(60.0, 90.0)}, start=(0.0, 0.0))
    machine_code.note_ready(KEPT)
    yield "rounds with opening hours"


def _coarse(units: Units) -> Field:
    """Return the field of a community as it is when a grid becomes two by hand."""
    every, options = np.arange(len(units)), Options()
    pieces = pieces_of(units, options.limits, options.band.high)
    ground = ground_of(units, pieces, every, options)
    return coarser(floor_field(units, pieces, ground, options.band.high), every, len(units))
