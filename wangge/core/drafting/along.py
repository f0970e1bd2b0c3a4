"""Drawn anew, or mended, along the borders of other divisions (沿部门网格划分), as far as the limits allow it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wangge.core.drafting.beginning import in_force
from wangge.core.drafting.blocks import blocks
from wangge.core.drafting.drawn import Drawn
from wangge.core.drafting.keys import named_after
from wangge.core.drafting.shown import sheet
from wangge.core.drafting.solving import solve_again
from wangge.core.overlay import disagreeing, refined
from wangge.core.partition.division import divide
from wangge.core.partition.problem import NONE, Band, Options, Units, Whole


def drawn_along(units: Units, options: Options, layers: Sequence[Whole]) -> Drawn:
    """Return a division of a community whose borders follow those of the layers, one code for each unit and layer.

    The engine draws several times: as always; with the pieces between the layers' borders as compounds; with these
    borders as barriers; and each block of such pieces for itself, of all layers together and of each alone. Of what is
    as good within the limits, that is taken with which the layers disagree least; so it is never further out of its
    limits than what the engine draws without them, nor less agreed with.
    """
    drawn = [_drawn(units, one, options) for one in _variants(units, layers, options.band)]
    best = min(drawn, key=lambda one: _standing(one, options, layers))
    return named_after(best, in_force(units, options))


def solved_along(drawn: Drawn, options: Options, layers: Sequence[Whole]) -> Drawn:
    """Return the draft mended where it is out of its limits, along the borders of the layers as far as these allow it.

    Mended as always, and with the pieces between the layers' borders as compounds: of what is as good within the
    limits that is taken with which the layers disagree least, then what moves fewest households. What is right stays,
    also where a layer disagrees with it, and locked grids stay as they are.
    """
    ways = (drawn.units, *(replace(drawn.units, compound=one) for one in _compounds(drawn.units, layers)))
    mended = [replace(solve_again(replace(drawn, units=one), options), units=drawn.units) for one in ways]

    def moved(one: Drawn) -> int:
        return int(drawn.pieces.households[one.general != drawn.general].sum())

    return min(mended, key=lambda one: (_standing(one, options, layers), moved(one)))


def households_apart(drawn: Drawn, layer: Whole) -> int:
    """Return how many households of a division disagree with a layer of one code for each unit."""
    households = drawn.pieces.households
    return int(households[disagreeing(drawn.general, layer[drawn.pieces.unit], households)].sum())


def _variants(units: Units, layers: Sequence[Whole], band: Band) -> list[Units]:
    """Return the units as the engine is asked about them."""
    ground, (whole, inside) = refined(layers), _compounds(units, layers)
    return [
        units,
        replace(units, compound=whole),
        replace(units, compound=inside, barrier_cell=refined([units.barrier_cell, ground])),
        *(_apart(units, one, band) for one in ([ground, *layers] if len(layers) > 1 else [ground])),
    ]


def _compounds(units: Units, layers: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Return the pieces between the layers' borders as compounds, and the compounds cut along these borders."""
    ground = refined(layers)
    in_layer = np.column_stack(list(layers)).max(axis=1) != NONE
    has_compound = units.compound != NONE
    beside = np.where(has_compound, ground.max() + 1 + units.compound, NONE)
    whole = np.where(in_layer, ground, beside)
    return whole, np.where(has_compound, refined([units.compound, ground]), NONE)


def _apart(units: Units, ground: Whole, band: Band) -> Units:
    """Return the units with each block as a community of its own."""
    own = blocks(units, ground, band)
    return replace(units, community=own, names=units.names | {"community": tuple(map(str, range(int(own.max()) + 1)))})


def _drawn(own: Units, asked: Units, options: Options) -> Drawn:
    division = divide(asked, replace(options, repair=False))
    return Drawn(own, division.pieces, division.general, division.micro)


def _standing(drawn: Drawn, options: Options, layers: Sequence[Whole]) -> tuple[int, int, int, int]:
    """Return what is out of its limits, then what disagrees, then compounds torn: the less, the better."""
    found = sheet(drawn, options)
    return (
        found.general_grids - found.general_within,
        found.micro_grids - found.micro_within,
        sum(households_apart(drawn, layer) for layer in layers),
        found.split_compounds,
    )
