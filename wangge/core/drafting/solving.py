"""What the engine does to a draft: mend what is out of its limits, and make two grids of one."""

from dataclasses import replace

import numpy as np

from wangge.core.drafting.again import with_general
from wangge.core.drafting.drawn import Drawn, next_key
from wangge.core.drafting.keys import by_sight, claimed, with_new
from wangge.core.drafting.land import Land
from wangge.core.drafting.standing import of_general
from wangge.core.partition.community import divide_parts, floor_field
from wangge.core.partition.fields import HOUSEHOLDS, Field, coarser, cut_out
from wangge.core.partition.general import halved
from wangge.core.partition.graph import Graph
from wangge.core.partition.problem import NONE, Flags, Options, Whole


def solve_again(drawn: Drawn, options: Options) -> Drawn:
    """Return the draft mended where it is out of its limits, few households moved, the locked grids as they are.

    Only the parts of the community are looked at in which something is wrong and that hang together without what is
    locked.
    """
    land = Land.of(drawn.units, drawn.pieces, options)
    grid = land.taken(drawn.general)
    is_free = ~np.isin(grid, sorted(drawn.locked))
    is_wrong = is_free & ((grid == NONE) | np.isin(grid, of_general(land, grid, options).wrong()))
    if is_wrong.any():
        field = _field(land, grid, options)
        nodes = _reached(field, is_free, is_wrong)
        free = next_key(drawn.general, drawn.units.general_grid)
        grid = grid.copy()
        grid[nodes] = _mended(land, field, nodes, grid[nodes], options, free=free)
    touched = set(np.unique(grid).tolist()) - drawn.locked - {NONE}
    return with_general(drawn, land.given_back(grid), touched, options)


def smaller_half(drawn: Drawn, key: int, options: Options) -> Flags:
    """Say which pieces leave a general grid that becomes two: all but the largest part where it is torn."""
    land = Land.of(drawn.units, drawn.pieces, options)
    grid = land.taken(drawn.general)
    nodes = np.flatnonzero(grid == key)
    inner = cut_out(_field(land, grid, options), nodes)
    part = _parts(inner)
    if part.max() > 0:
        held = np.bincount(part, inner.load[:, HOUSEHOLDS])
        side = (part != np.argmax(held)).astype(np.int64)
    else:
        side = _halved(inner, land.unit[nodes], options)
    larger = int(np.argmax(np.bincount(side, inner.load[:, HOUSEHOLDS], 2)))
    chosen = np.zeros(len(grid), np.bool_)
    chosen[nodes] = side != larger
    return land.given_back(chosen)


def _halved(inner: Field, unit: Whole, options: Options) -> Whole:
    """Return two sides of a connected field. Units stay whole unless there is but one."""
    whole = by_sight(unit)
    cluster = whole if whole.max() > 0 else np.arange(len(unit))
    if len(cluster) < 2:
        return np.zeros(len(cluster), np.int64)
    return halved(coarser(inner, cluster, int(cluster.max()) + 1), options)[cluster]


def _field(land: Land, grid: Whole, options: Options) -> Field:
    ground = replace(land.ground, floor=land.tied(grid))
    return floor_field(land.units, land.pieces, ground, options.band.high)


def _parts(field: Field) -> Whole:
    return Graph(field.start, field.neighbour, field.weight).parts()


def _reached(field: Field, is_free: Flags, is_wrong: Flags) -> Whole:
    """Return the pieces that hang together, over those that are free, with one that is wrong."""
    nodes = np.flatnonzero(is_free)
    part = _parts(cut_out(field, nodes))
    return nodes[np.isin(part, part[is_wrong[nodes]])]


def _mended(land: Land, field: Field, nodes: Whole, before: Whole, options: Options, *, free: int) -> Whole:
    """Return new general grids of some pieces, each with the key of the old one it holds most households of."""
    inner = cut_out(field, nodes)
    cluster = _whole_units(land, nodes, before, options.band.high)
    coarse = coarser(inner, cluster, int(cluster.max()) + 1)
    _, first = np.unique(cluster, return_index=True)
    part = by_sight(divide_parts(coarse, _parts(coarse), before[first], "", options)[0][cluster])
    return with_new(claimed(part, before, land.households[nodes]), free)[part]


def _whole_units(land: Land, nodes: Whole, before: Whole, high: int) -> Whole:
    """Number pieces by their units; those of a unit above the band, or in several grids by hand, are on their own."""
    unit = land.unit[nodes]
    own = np.unique(np.column_stack([unit, before]), axis=0)[:, 0]
    in_several = np.unique(own[1:][own[1:] == own[:-1]])
    is_apart = (land.units.households[unit] > high) | np.isin(unit, in_several)
    return by_sight(np.where(is_apart, len(land.units) + np.arange(len(nodes)), unit))
