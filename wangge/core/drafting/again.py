"""Micro-grids of the general grids that were touched: rounds that still hold stay, the others are made again."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from wangge.core.drafting.drawn import Drawn, next_key
from wangge.core.drafting.keys import claimed, with_new
from wangge.core.drafting.land import Land
from wangge.core.drafting.standing import of_micro
from wangge.core.partition.community import floor_field, of_largest, stops_of
from wangge.core.partition.fields import cut_out
from wangge.core.partition.micro import divide_grid
from wangge.core.partition.problem import NONE, Flags, Level, Options, Whole


def with_general(drawn: Drawn, general: Whole, touched: Collection[int], options: Options) -> Drawn:
    """Return the draft with other general grids; in those that were touched every piece gets into a round that holds.

    A micro-grid that now lies in two stays with most of its households.
    """
    land = Land.of(drawn.units, drawn.pieces, options)
    grid, micro = land.taken(general), land.taken(drawn.micro)
    part = land.hanging(grid).parts()
    is_due = np.isin(grid, sorted(touched))
    stays = of_largest(micro, part, land.households.astype(np.float64))
    micro = np.where(is_due, stays, np.where(grid == NONE, NONE, micro))
    if options.level == Level.BOTH:
        free = next_key(drawn.micro, drawn.units.micro_grid)
        micro = _with_rounds(land, grid, micro, options, part=part, is_due=is_due, free=free)
    return replace(drawn, general=general, micro=land.given_back(micro))


def _with_rounds(
    land: Land, grid: Whole, micro: Whole, options: Options, *, part: Whole, is_due: Flags, free: int
) -> Whole:
    """Return micro-grids, made again in the connected parts of due general grids in which one does not hold."""
    wrong = of_micro(land, np.where(is_due, micro, NONE), options).wrong()
    is_wrong = is_due & (np.isin(micro, wrong) | (micro == NONE))
    if not is_wrong.any():
        return micro
    field = floor_field(land.units, land.pieces, replace(land.ground, floor=land.tied(grid)), options.limits.micro_max)
    stops = stops_of(land.units, land.pieces, land.ground.pieces, options)
    micro = micro.copy()
    for p in np.unique(part[is_wrong]).tolist():
        nodes = np.flatnonzero(part == p)
        rounds = divide_grid(cut_out(field, nodes), stops.at(nodes), options, micro[nodes])
        names = with_new(claimed(rounds.grid, micro[nodes], land.households[nodes]), free)
        micro[nodes] = names[rounds.grid]
        free = max(free, int(names.max()) + 1)
    return micro
