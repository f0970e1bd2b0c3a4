"""Invented communities to be divided: houses along lanes, stairwells of compounds, towers, rivers, in all sizes."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from wangge.core.partition import Division, Units
from wangge.core.partition.community import ground_of
from wangge.core.partition.fields import Field
from wangge.core.partition.general import field_of
from wangge.core.partition.graph import graph_of
from wangge.core.partition.problem import NONE, Options, Whole


def village(houses: int, seed: int = 1, **columns: Any) -> Units:
    """A village of one to three households a house, on a crooked lattice of 15 m."""
    draw = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(houses)))
    x = np.arange(houses) % side * 15.0 + draw.normal(0, 2, houses)
    y = np.arange(houses) // side * 15.0 + draw.normal(0, 2, houses)
    given = {"households": draw.integers(1, 4, houses), "floors": np.full(houses, 2)} | columns
    return Units.of(x_m=x, y_m=y, **given)


def town(blocks: int, seed: int = 1) -> Units:
    """Slabs of six-floor stairwells in compounds of 20, every fifth compound with two towers of 34 floors."""
    draw = np.random.default_rng(seed)
    rows = []
    for block in range(blocks):
        east, north = block % 4 * 160.0, block // 4 * 120.0
        for stair in range(20):
            place = (east + stair % 5 * 20, north + stair // 5 * 25)
            is_tower = block % 5 == 4 and stair < 2
            rows.append((*place, 136 if is_tower else int(draw.integers(9, 13)), 34 if is_tower else 6, block))
    x, y, households, floors, compound = np.array(rows).T
    noise = draw.normal(0, 1, (2, len(x)))
    return Units.of(x_m=x + noise[0], y_m=y + noise[1], households=households, floors=floors, lift=floors > 7,
                    compound=compound.astype(int))  # fmt: skip


@st.composite
def communities(draw: st.DrawFn, most: int = 60) -> Units:
    """Any community: places on a coarse lattice, so that many coincide or lie in one line; a river; compounds."""
    count = draw(st.integers(1, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    step = draw(st.sampled_from([0.0, 1.0, 20.0, 400.0]))
    x, y = rng.integers(0, draw(st.integers(1, 12)), (2, count)) * step
    households = rng.integers(1, draw(st.sampled_from([3, 30, 140, 700])), count)
    river = draw(st.booleans())
    return Units.of(
        x_m=x,
        y_m=y,
        households=households,
        floors=rng.integers(0, 35, count),
        lift=rng.random(count) < 0.3,
        compound=rng.integers(-1, 4, count),
        community=rng.integers(0, draw(st.integers(1, 2)), count),
        barrier_cell=(x > x.mean()).astype(int) if river else None,
        way=rng.integers(-1, 2, count) if draw(st.booleans()) else None,
    )


def field_of_units(units: Units, high: int = 500) -> Field:
    """Return the field of the units of one community, in their order."""
    graph = graph_of(units.x_m, units.y_m, units.compound, units.barrier_cell, units.way)
    return field_of(graph, units.households, units.x_m, units.y_m, units.compound, high)


def faults(units: Units, division: Division, options: Options) -> list[str]:
    """Return what is wrong with a division; the connected parts are found here, by hand, on the graph of the pieces."""
    pieces = division.pieces
    wrong = []
    if (np.bincount(pieces.unit, pieces.households, len(units)) != units.households).any():
        wrong.append("cover")
    for community in np.unique(units.community):
        rows = np.flatnonzero(units.community[pieces.unit] == community)
        ground = ground_of(units, pieces, rows, options)
        for level in (division.general, division.micro):
            codes = [grid for grid in np.unique(level[rows]).tolist() if grid != NONE]
            wrong += [
                f"grid {grid} is not connected"
                for grid in codes
                if not _hangs(ground.floor.start, ground.floor.neighbour, level[ground.pieces] == grid)
            ]
    for inner, outer in ((division.general, units.community[pieces.unit]), (division.micro, division.general)):
        pairs = np.unique(np.column_stack([inner, outer]), axis=0)
        if inner.min() >= 0 and len(pairs) != len(np.unique(inner)):
            wrong.append("inside")
    sheet = division.micro_sheet
    if (~sheet.is_within & (sheet.households > 1)).any():
        wrong.append("round")
    grids = division.general_sheet
    if not division.impossible and (~grids.is_within & (grids.households > 0)).any():
        wrong.append("band")
    return wrong


def _hangs(start: Whole, neighbour: Whole, is_in: Any) -> bool:
    waiting = [int(np.flatnonzero(is_in)[0])]
    seen = set(waiting)
    while waiting:
        v = waiting.pop()
        for u in neighbour[start[v] : start[v + 1]].tolist():
            if is_in[u] and u not in seen:
                seen.add(u)
                waiting.append(u)
    return len(seen) == int(is_in.sum())


def reordered(units: Units, order: Whole) -> Units:
    """Return the same units in another order of rows."""
    columns = {name: value[order] for name, value in vars(units).items() if name != "names"}
    return replace(units, **columns)
