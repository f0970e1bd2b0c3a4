"""How a draft begins: with what is in force, or drawn anew by the engine."""

from dataclasses import replace

import numpy as np

from wangge.core.drafting.drawn import Drawn
from wangge.core.drafting.keys import named_after
from wangge.core.partition.bands import pieces_of
from wangge.core.partition.community import of_largest
from wangge.core.partition.division import divide
from wangge.core.partition.problem import NONE, Options, Units


def in_force(units: Units, options: Options) -> Drawn:
    """Return the division that the units of a community carry as labels; all floor bands of a unit have its label."""
    pieces = pieces_of(units, options.limits, options.band.high)
    general, micro = units.general_grid[pieces.unit], units.micro_grid[pieces.unit]
    inside = of_largest(micro, general, pieces.households.astype(np.float64))
    return Drawn(units, pieces, general, np.where(general == NONE, NONE, inside))


def drawn_anew(units: Units, options: Options) -> Drawn:
    """Return the engine's division of a community; its grids have the keys of those in force that they come from."""
    division = divide(units, replace(options, repair=False))
    drawn = Drawn(units, division.pieces, division.general, division.micro)
    return named_after(drawn, in_force(units, options))
