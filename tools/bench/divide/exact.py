"""The exact answer for few units, as a mixed-integer programme that HiGHS solves.

It asks for the least household-weighted distance to the median unit of each grid, the grids in the band, and leaves
connection out: no division can beat it, and where its optimum is torn not even a perfect one reaches it.
"""

import json
import sys
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, kron, vstack

from tools.bench.divide.answers import Answer
from tools.bench.divide.clocks import clocked
from tools.bench.divide.inputs import chosen, quarter, table_of, units_of
from tools.bench.divide.medians import best_medians, can
from wangge.core.partition import Level, Options, Units, divide
from wangge.core.partition.graph import graph_of
from wangge.core.partition.problem import Reals, Whole
from wangge.core.unit_files.table import UnitTable

LOW, HIGH = 300, 500


def distances(units: Units) -> Reals:
    """Return households of the row x metres to the column."""
    apart = np.hypot(units.x_m[:, None] - units.x_m, units.y_m[:, None] - units.y_m)
    return np.asarray(apart * units.households[:, None], dtype=np.float64)


def to_medians(units: Units, grid: Whole) -> float:
    """Return the household metres to the best median unit of each grid."""
    cost = distances(units)
    return sum(float(cost[np.ix_(grid == g, grid == g)].sum(axis=0).min()) for g in np.unique(grid))


def to_centres(units: Units, grid: Whole) -> float:
    """Return the mean metres of a household to the households' centre of its grid: what our own spread measures."""
    held = np.bincount(grid, units.households)
    x, y = (np.bincount(grid, units.households * at) / held for at in (units.x_m, units.y_m))
    away = np.hypot(units.x_m - x[grid], units.y_m - y[grid])
    return float(np.average(away, weights=units.households))


@dataclass(frozen=True)
class Exact:
    """The best sum found and the proven bound, equal when solved to the end; the grid of each unit, empty for none."""

    best: float
    bound: float
    grid: Whole


def exact(units: Units, grids: int, seconds: float) -> Exact:
    """Return the best grids by the whole programme; NaN where none were found in time."""
    count = len(units)
    one, medians = eye_array(count), np.arange(count) * (count + 1)
    opened = coo_array((np.ones(count), (np.arange(count), medians)), shape=(count, count * count))
    held = csr_array(kron(units.households[None, :], one))
    everybody = csr_array(kron(one, np.ones((1, count))))
    total = csr_array(np.ones((1, count))) @ opened
    band = csr_array(vstack([csr_array(held - LOW * opened), csr_array(HIGH * opened - held)]))
    only_open = csr_array(kron(np.ones((count, 1)), opened) - eye_array(count * count))
    rows = [LinearConstraint(everybody, 1, 1), LinearConstraint(total, grids, grids)]
    rows += [LinearConstraint(band, 0, np.inf), LinearConstraint(only_open, 0, np.inf)]
    whole = np.ones(count * count, np.int64)
    found = milp(
        distances(units).ravel(), constraints=rows, bounds=Bounds(0, 1), integrality=whole,
        options={"time_limit": seconds},
    )  # fmt: skip
    bound = float("nan") if found.mip_dual_bound is None else float(found.mip_dual_bound)
    if found.x is None:
        return Exact(float("nan"), bound, np.empty(0, np.int64))
    median = found.x.reshape(count, count).argmax(axis=1)
    return Exact(float(found.fun), bound, np.unique(median, return_inverse=True)[1].astype(np.int64))


def hanging(table: UnitTable) -> UnitTable:
    """Return the units of the largest part that hangs together: of the others some are no grid by themselves."""
    units = units_of(table)
    part = graph_of(units.x_m, units.y_m, units.compound, units.barrier_cell, units.way).parts()
    return chosen(table, np.flatnonzero(part == np.bincount(part).argmax()))


def main(name: str, count: int, seconds: float) -> None:
    """Divide so many units of an input, without compounds, which the programme does not know; compare.

    Units above the band are left out: they are divided by floors, which the programme does not know either.
    """
    whole = table_of(name)
    table = hanging(quarter(chosen(whole, np.flatnonzero(whole.households <= HIGH)), count))
    units = replace(units_of(table), compound=np.full(len(table), -1))
    with clocked() as facts:
        division = divide(units, Options(level=Level.GENERAL))
        grids, own = len(division.general_sheet), Answer.of(division).of_units(len(units))[0]
        facts |= {"units": len(units), "grids": grids, "ours": to_medians(units, own), "to_centres": None}
        if can(len(units), grids):
            facts["best"] = facts["bound"] = best_medians(distances(units), units.households, grids)
        else:
            found = exact(units, grids, seconds)
            facts |= {"best": found.best, "bound": found.bound}
            if len(found.grid):
                facts["to_centres"] = [to_centres(units, own), to_centres(units, found.grid)]


if __name__ == "__main__":
    print(json.dumps({"input": sys.argv[1]}), file=sys.stderr)
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
