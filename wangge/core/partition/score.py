"""How good a division is: the figures of a score sheet, and bounds that no division can go below."""

from dataclasses import dataclass

import numpy as np

from wangge.core.partition.problem import NONE, Division, Options, Pieces, Reals, Sheet, Units, Whole


@dataclass(frozen=True)
class Score:
    """The figures of one division. `spread_m` is the household-weighted mean distance from the grid's household centre.

    `split` counts compounds with no more households than the band allows that lie in several general grids; `fitting`
    is how many such compounds there are.
    """

    general_grids: int
    general_within: int
    micro_grids: int
    micro_within: int
    households: int
    mean: float
    deviation: float
    weighted_cut: float
    spread_m: float
    fitting: int
    split: int
    moved: int


def score(units: Units, division: Division, options: Options) -> Score:
    """Return the score sheet of a division.

    `moved` counts households whose previous general grid was another one; those of units above the band are left out,
    since a unit names one previous grid and these lay in several.
    """
    general, micro = division.general_sheet, division.micro_sheet
    fitting, split = compounds(units, division.pieces, division.general, options.band.high)
    used = general.households[general.households > 0]
    known = np.where(units.households <= options.band.high, units.general_grid, NONE)
    before = known[division.pieces.unit]
    moved = division.pieces.households[(before != NONE) & (before != division.general)].sum()
    return Score(
        general_grids=len(used),
        general_within=int(general.is_within.sum()),
        micro_grids=int((micro.households > 0).sum()),
        micro_within=int(micro.is_within.sum()),
        households=int(units.households.sum()),
        mean=float(used.mean()),
        deviation=float(used.std()),
        weighted_cut=division.weighted_cut,
        spread_m=spread(units, division.pieces, division.general, general),
        fitting=fitting,
        split=split,
        moved=int(moved) if options.repair else 0,
    )


def compounds(units: Units, pieces: Pieces, general: Whole, high: int) -> tuple[int, int]:
    """Return how many compounds fit into one general grid, and how many of those are split nevertheless."""
    unit = pieces.unit
    inside = (units.compound[unit] != NONE) & (general != NONE)
    if not inside.any():
        return 0, 0
    code = units.compound[unit][inside] * (units.community.max() + 2) + units.community[unit][inside] + 1
    _, own = np.unique(code, return_inverse=True)
    fits = np.bincount(own, pieces.households[inside]) <= high
    pairs = np.unique(np.column_stack([own, general[inside]]), axis=0)
    grids = np.bincount(pairs[:, 0], minlength=len(fits))
    return int(fits.sum()), int((fits & (grids > 1)).sum())


def spread(units: Units, pieces: Pieces, grid: Whole, sheet: Sheet) -> float:
    """Return the household-weighted mean distance in metres from the household centre of the grid."""
    east = units.x_m[pieces.unit] - sheet.centre_x[grid]
    north = units.y_m[pieces.unit] - sheet.centre_y[grid]
    return float(np.average(np.hypot(east, north), weights=pieces.households))


def sheet_of(units: Units, pieces: Pieces, grid: Whole, minutes: Reals, metres: Reals, options: Options) -> Sheet:
    """Return the sheet of grids numbered from 0, as many as there are minutes: micro-grids when any is not 0."""
    count = len(minutes)
    if count == 0:
        empty, nothing = np.empty(0, np.int64), np.empty(0)
        return Sheet(empty, empty, nothing, nothing, nothing, nothing, np.empty(0, np.bool_))
    households = np.bincount(grid, pieces.households, count)
    centre_x = np.bincount(grid, pieces.households * units.x_m[pieces.unit], count) / np.maximum(households, 1)
    centre_y = np.bincount(grid, pieces.households * units.y_m[pieces.unit], count) / np.maximum(households, 1)
    community = np.full(count, NONE, np.int64)
    community[grid] = units.community[pieces.unit]
    if minutes.any():
        is_within = (households > 0) & (households <= options.limits.micro_max) & (minutes <= options.limits.minutes)
    else:
        is_within = (households >= options.band.low) & (households <= options.band.high)
    return Sheet(community, households.astype(np.int64), centre_x, centre_y, minutes, metres, is_within)


def shared(pieces: Pieces, grid: Whole) -> tuple[int, ...]:
    """Return the units whose floor bands lie in more than one general grid."""
    differs = (pieces.unit[1:] == pieces.unit[:-1]) & (grid[1:] != grid[:-1])
    return tuple(np.unique(pieces.unit[1:][differs]).tolist())


def packing_bound(weights: Reals, capacity: float) -> int:
    """Return the least number of bins of `capacity` for these weights (bound L2).

    Martello and Toth, Lower bounds and reduction procedures for the bin packing problem, Discrete Applied Mathematics
    28 (1990). Weights above the capacity count as full bins of their own.
    """
    ordered = np.sort(np.minimum(weights, capacity))
    total = np.concatenate([[0.0], np.cumsum(ordered)])
    half = int(np.searchsorted(ordered, capacity / 2, side="right"))  # from here on larger than half a bin
    best = int(np.ceil(total[-1] / capacity - 1e-9))
    for small in np.unique(np.concatenate([[0.0], ordered[:half]])).tolist():
        first = int(np.searchsorted(ordered, small, side="left"))
        huge = int(np.searchsorted(ordered, capacity - small, side="right"))
        huge = max(huge, half)
        room = (huge - half) * capacity - (total[huge] - total[half])
        rest = max(0.0, (total[half] - total[first] - room) / capacity)
        best = max(best, len(ordered) - half + int(np.ceil(rest - 1e-9)))
    return best
