"""The exact answer for few grids: every set of medians is held against a bound, and solved where it is not ruled out.

The bound of a set is the way of every unit to the nearest of its medians. In ascending order of it each set is solved
as a small programme, who goes to which median within the band, until the bound alone is no better than the best.
"""

from itertools import combinations
from math import comb

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from wangge.core.partition.problem import Reals, Whole

MANY = 300_000
"""Sets of medians that are looked at."""


def can(units: int, grids: int) -> bool:
    """Say whether there are few enough sets of medians."""
    return comb(units, grids) <= MANY


def best_medians(cost: Reals, households: Whole, grids: int, low: int = 300, high: int = 500) -> float:
    """Return the least sum of `cost` (row: unit, column: median) of grids within the band; infinite without any."""
    sets = np.array(list(combinations(range(len(households)), grids)))
    bound = np.zeros(len(sets))
    for row in cost:
        bound += row[sets].min(axis=1)
    best = np.inf
    for at in np.argsort(bound, kind="stable").tolist():
        if bound[at] >= best:
            break
        best = min(best, _assigned(cost[:, sets[at]], households, low, high, best))
    return best


def _assigned(cost: Reals, households: Whole, low: int, high: int, best: float) -> float:
    """Return the least sum when these are the medians, by the nearest where that is within the band already."""
    nearest = cost.argmin(axis=1)
    held = np.bincount(nearest, households, cost.shape[1])
    if low <= held.min() and held.max() <= high:
        return float(cost.min(axis=1).sum())
    count, grids = cost.shape
    once = np.kron(np.eye(count), np.ones((1, grids)))
    held_by = np.kron(households[None, :], np.eye(grids))
    rows = [LinearConstraint(once, 1, 1), LinearConstraint(held_by, low, high)]
    lax = milp(cost.ravel(), constraints=rows, bounds=Bounds(0, 1))
    if lax.x is None or lax.fun >= best:
        return np.inf
    found = milp(cost.ravel(), constraints=rows, bounds=Bounds(0, 1), integrality=np.ones(count * grids))
    return float(found.fun) if found.x is not None else np.inf
