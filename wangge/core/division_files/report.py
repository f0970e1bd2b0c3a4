"""The report of a division as plain data: the score sheet, what is out of its limits and why, what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from wangge.core.division_files.naming import Names
from wangge.core.partition.problem import Division, Options, Units
from wangge.core.partition.score import packing_bound, score

VERSION = 1


def report(
    ids: Sequence[str], units: Units, division: Division, names: Names, options: Options,
    *, aside: Sequence[str] = (), measured: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return everything that is known of a division, ready for JSON. `measured` are seconds and memory by step."""
    found = score(units, division, options)
    bound = _least(units, division, options)
    return {
        "version": VERSION,
        "options": _options(options),
        "units": len(units),
        "score": asdict(found) | {"micro_least": bound, "moved_share": found.moved / max(1, found.households)},
        "impossible": [
            {"community": one.community, "households": one.households, "reason": one.reason.value}
            for one in division.impossible
        ],
        "over": _over(division, names, options),
        "shared_units": [ids[unit] for unit in division.shared],
        "without_households": list(aside),
        "measured": dict(measured or {}),
    }


def _options(options: Options) -> dict[str, Any]:
    return {
        "band": [options.band.low, options.band.high], "micro_max": options.limits.micro_max,
        "minutes": options.limits.minutes, "pace": asdict(options.limits.pace), "mode": options.mode.value,
        "level": options.level.value, "seed": options.seed, "repair": options.repair,
    }  # fmt: skip


def _over(division: Division, names: Names, options: Options) -> list[dict[str, Any]]:
    """Return the micro-grids over their limits: each is one stairwell that cannot be divided further."""
    sheet = division.micro_sheet
    over = np.flatnonzero((sheet.households > 0) & ~sheet.is_within)
    return [
        {"grid": names.micro[code], "households": int(sheet.households[code]),
         "minutes": round(float(sheet.minutes[code]), 1)}
        for code in over.tolist()
    ]  # fmt: skip


def _least(units: Units, division: Division, options: Options) -> int:
    """Return how many micro-grids the households and the work at the doors need at least, general grid by grid."""
    if not len(division.micro_sheet):
        return 0
    pieces, pace, limits = division.pieces, options.limits.pace, options.limits
    lift = units.lift[pieces.unit]
    minutes = pace.work_seconds(pieces.households, pieces.top, lift) / 60.0 / pace.crew
    order = np.argsort(division.general, kind="stable")
    least = 0
    for own in np.split(order, np.flatnonzero(np.diff(division.general[order])) + 1):
        by_homes = packing_bound(pieces.households[own].astype(float), float(limits.micro_max))
        least += max(by_homes, packing_bound(minutes[own], limits.minutes))
    return least
