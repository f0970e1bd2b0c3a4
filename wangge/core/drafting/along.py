"""Drawn anew along the borders of other divisions (沿部门网格划分), as far as the limits allow it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wangge.core.drafting.beginning import in_force
from wangge.core.drafting.blocks import blocks
from wangge.core.drafting.drawn import Drawn
from wangge.core.drafting.keys import named_after
from wangge.core.drafting.shown import sheet
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


def households_apart(drawn: Drawn, layer: Whole) -> int:
    """Return how many households of a division disagree with a layer of one code for each unit."""
    households = drawn.pieces.households
    return int(households[disagreeing(drawn.general, layer[drawn.pieces.unit], households)].sum())


def _variants(units: Units, layers: Sequence[Whole], band: Band) -> list[Units]:
    """Return the units as the engine is asked about them."""
    ground = refined(layers)
    in_layer = np.column_stack(list(layers)).max(axis=1) != NONE
    has_compound = units.compound != NONE
    beside = np.where(has_compound, ground.max() + 1 + units.compound, NONE)
    inside = np.where(has_compound, refined([units.compound, ground]), NONE)
    return [
        units,
        replace(units, compound=np.where(in_layer, ground, beside)),
        replace(units, compound=inside, barrier_cell=refined([units.barrier_cell, ground])),
        *(_apart(units, one, band) for one in ([ground, *layers] if len(layers) > 1 else [ground])),
    ]


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
