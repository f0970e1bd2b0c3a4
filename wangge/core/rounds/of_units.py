"""From units and their grids to rounds: the stops of each micro-grid, with the doors that are known."""

from collections.abc import Mapping

import numpy as np

from wangge.core.rounds.stops import Door, Stop
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.table import UnitTable


def stops_by_grid(
    table: UnitTable, division: Assignment | None = None, doors: Mapping[str, tuple[Door, ...]] | None = None
) -> dict[str, list[Stop]]:
    """Return the stops of each micro-grid by its name, in the order of the file, lower floor bands first.

    Without a division the micro-grids are those the units carry; units in none are left out, and rows of unknown units
    too. `doors` are by the id of a unit; those of a floor band are counted off from the ground up.
    """
    number = {one: at for at, one in enumerate(table.ids)}
    rows = _rows(table) if division is None else _bands(division)
    done: dict[str, int] = {}
    found: dict[str, list[Stop]] = {}
    for one, micro, households, part, parts in rows:
        at = number.get(one)
        if at is None or not micro:
            continue
        known = sorted((doors or {}).get(one, ()), key=lambda door: door.floor)
        first = done.get(one, 0)
        done[one] = first + households
        own = tuple(known[first : first + households]) if len(known) == table.households[at] else ()
        floors = int(table.floors[at])
        found.setdefault(micro, []).append(
            Stop(
                one if parts == 1 else f"{one} {part}/{parts}",
                float(table.x_m[at]),
                float(table.y_m[at]),
                households,
                floors if floors < parts else part * floors // parts,
                lift=bool(table.lift[at]),
                doors=own,
            )
        )
    return found


Row = tuple[str, str, int, int, int]


def _rows(table: UnitTable) -> list[Row]:
    return [(one, table.micro_grid.name(at), int(table.households[at]), 1, 1) for at, one in enumerate(table.ids)]


def _bands(division: Assignment) -> list[Row]:
    """The rows of a division with the number of each floor band from the ground up, and how many its unit has."""
    own: dict[str, list[int]] = {}
    order = np.argsort(division.part, kind="stable").tolist()
    for at in order:
        own.setdefault(division.ids[at], []).append(at)
    place = {at: (k, len(rows)) for rows in own.values() for k, at in enumerate(rows, 1)}
    return [(division.ids[at], division.micro[at], int(division.households[at]), *place[at]) for at in order]
