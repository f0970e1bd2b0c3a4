"""Floor bands: a unit that no micro-grid could hold is shared out among its floors, from the ground up."""

from dataclasses import replace

import numpy as np

from wangge.core.partition.problem import Band, Flags, Limits, Pieces, Units, Whole

FINE = 2
"""Bands in the place of one where a unit lies in several general grids: its floors have to fill up what is round it."""


def pieces_of(units: Units, limits: Limits, high: int = Band.high) -> Pieces:
    """Return every unit as one piece, or as floor bands where one round cannot hold it (households or minutes).

    A unit of more than `high` households, which no general grid could hold, gets finer ones.
    """
    fine = replace(limits, micro_max=max(1, limits.micro_max // FINE))
    is_large = _is_over(units.households, units.floors, units.lift, limits)
    unit, part, households, top = [np.flatnonzero(~is_large)], [], [], []
    whole = unit[0]
    part.append(np.zeros(len(whole), np.int64))
    households.append(units.households[whole])
    top.append(units.floors[whole])
    for row in np.flatnonzero(is_large).tolist():
        own = fine if units.households[row] > high else limits
        shares, tops = _shared_out(int(units.households[row]), int(units.floors[row]), bool(units.lift[row]), own)
        unit.append(np.full(len(shares), row))
        part.append(np.arange(len(shares)))
        households.append(shares)
        top.append(tops)
    columns = [np.concatenate(column).astype(np.int64) for column in (unit, part, households, top)]
    order = np.lexsort([columns[1], columns[0]])
    return Pieces(*(column[order] for column in columns))


def _is_over(households: Whole, floors: Whole, lift: Flags, limits: Limits) -> Flags:
    """Say which stops alone are more than a round; one household is never too much to be one."""
    work = limits.pace.work_seconds(households, floors, lift)
    too_long = (work > limits.minutes * 60.0 * limits.pace.crew) & (households > 1)
    return (households > limits.micro_max) | too_long


def _shared_out(households: int, floors: int, lift: bool, limits: Limits) -> tuple[Whole, Whole]:  # noqa: FBT001 - a fact
    """Return households and uppermost floor of the fewest bands that a round can hold each."""
    for count in range(max(2, -(-households // limits.micro_max)), households + 1):
        steps = np.arange(count + 1)
        tops = (steps * floors) // count
        # Without as many floors as bands the doors are counted off, and each band is reached like the whole.
        ends = tops / floors if floors >= count else steps / count
        shares = np.diff(np.round(ends * households)).astype(np.int64)
        reached = tops[1:].astype(np.int64) if floors >= count else np.full(count, floors, np.int64)
        if shares.min() > 0 and not _is_over(shares, reached, np.full(count, lift), limits).any():
            return shares, reached
    return np.ones(households, np.int64), np.full(households, floors, np.int64)
