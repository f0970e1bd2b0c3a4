"""The exact answer for few units, as a mixed-integer programme that HiGHS solves.

It asks for the least household-weighted distance to the median unit of each grid, the grids in the band, and leaves
connection out: no division can beat it, and where its optimum is torn not even a perfect one reaches it.
"""

import json
import sys
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, kron, vstack

from tools.bench.divide.clocks import clocked
from tools.bench.divide.inputs import quarter, table_of, units_of
from tools.bench.divide.medians import best_medians, can
from wangge.core.partition import Level, Options, Units, divide
from wangge.core.partition.problem import Reals, Whole


def distances(units: Units) -> Reals:
    """Return households of the row x metres to the column."""
    apart = np.hypot(units.x_m[:, None] - units.x_m, units.y_m[:, None] - units.y_m)
    return np.asarray(apart * units.households[:, None], dtype=np.float64)


def to_medians(units: Units, grid: Whole) -> float:
    """Return the household metres to the best median unit of each grid."""
    cost = distances(units)
    return sum(float(cost[np.ix_(grid == g, grid == g)].sum(axis=0).min()) for g in np.unique(grid))


def exact(units: Units, grids: int, seconds: float) -> tuple[float, float]:
    """Return the best sum found and the proven bound: equal when solved to the end, NaN where none was found."""
    count = len(units)
    one, medians = eye_array(count), np.arange(count) * (count + 1)
    opened = coo_array((np.ones(count), (np.arange(count), medians)), shape=(count, count * count))
    held = csr_array(kron(units.households[None, :], one))
    everybody = csr_array(kron(one, np.ones((1, count))))
    total = csr_array(np.ones((1, count))) @ opened
    band = csr_array(vstack([csr_array(held - 300 * opened), csr_array(500 * opened - held)]))
    rows = [LinearConstraint(everybody, 1, 1), LinearConstraint(total, grids, grids), LinearConstraint(band, 0, np.inf)]
    whole = np.ones(count * count, np.int64)
    found = milp(
        distances(units).ravel(), constraints=rows, bounds=Bounds(0, 1), integrality=whole,
        options={"time_limit": seconds},
    )  # fmt: skip
    best = float(found.fun) if found.x is not None else float("nan")
    bound = found.mip_dual_bound
    return best, float(bound) if bound is not None else float("nan")


def main(name: str, count: int, seconds: float) -> None:
    """Divide so many units of an input, without compounds, which the programme does not know; compare."""
    table = quarter(table_of(name), count)
    units = replace(units_of(table), compound=np.full(len(table), -1))
    with clocked() as facts:
        division = divide(units, Options(level=Level.GENERAL))
        grids = len(division.general_sheet)
        if can(len(units), grids):
            best = bound = best_medians(distances(units), units.households, grids)
        else:
            best, bound = exact(units, grids, seconds)
        facts |= {"units": len(units), "grids": grids, "best": best, "bound": bound}
        facts["ours"] = to_medians(units, division.general)


if __name__ == "__main__":
    print(json.dumps({"input": sys.argv[1]}), file=sys.stderr)
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
