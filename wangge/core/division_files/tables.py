"""The tables of a division as rows of texts: which unit is in which grids, and what each grid has."""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from wangge.core.division_files.naming import Names
from wangge.core.partition.problem import NONE, Division, Options, Sheet, Units

Row = tuple[str | int | float, ...]
ASSIGNMENT = ("id", "part", "community", "general_grid", "micro_grid", "households", "minutes_in_round_order")
GRIDS = ("grid", "community", "households", "minutes", "tour_m", "in_band", "reason")
TOO_MANY, TOO_LONG = "households", "minutes"
"""Why a micro-grid is over its limits: a single stairwell that cannot be divided further."""


def assignment(ids: tuple[str, ...], units: Units, division: Division, names: Names) -> Iterator[Row]:
    """Yield one row for each unit or floor band, in the order of the input, bands from the ground up."""
    pieces = division.pieces
    rows = np.lexsort((pieces.part, pieces.unit)).tolist()
    for at in rows:
        unit, micro = int(pieces.unit[at]), int(division.micro[at])
        yield (
            ids[unit], int(pieces.part[at]), _community(units, int(units.community[unit])),
            names.general[division.general[at]], names.micro[micro] if micro != NONE else "",
            int(pieces.households[at]), round(float(division.done[at]), 2) if micro != NONE else "",
        )  # fmt: skip


def general_grids(units: Units, division: Division, names: Names) -> Iterator[Row]:
    """Yield one row for each general grid: its minutes and metres are those of all its micro-grids together."""
    sheet, micro = division.general_sheet, division.micro_sheet
    minutes, metres = np.zeros((2, len(sheet)))
    has_micro = division.micro != NONE
    pairs = np.unique(np.column_stack([division.general[has_micro], division.micro[has_micro]]), axis=0)
    np.add.at(minutes, pairs[:, 0], micro.minutes[pairs[:, 1]])
    np.add.at(metres, pairs[:, 0], micro.tour_m[pairs[:, 1]])
    reasons = reason_of(division, units)
    for code in _in_order(sheet, names.general):
        community = int(sheet.community[code])
        why = "" if sheet.is_within[code] else reasons.get(community, "")
        size = _size(sheet, code, float(minutes[code]), float(metres[code]))
        yield names.general[code], _community(units, community), *size, why


def micro_grids(units: Units, division: Division, names: Names, options: Options) -> Iterator[Row]:
    """Yield one row for each micro-grid."""
    sheet = division.micro_sheet
    for code in _in_order(sheet, names.micro):
        is_large = sheet.households[code] > options.limits.micro_max
        why = "" if sheet.is_within[code] else TOO_MANY if is_large else TOO_LONG
        size = _size(sheet, code, float(sheet.minutes[code]), float(sheet.tour_m[code]))
        yield names.micro[code], _community(units, int(sheet.community[code])), *size, why


def reason_of(division: Division, units: Units) -> dict[int, str]:
    """Return for each community, by its code, why it has general grids out of the band."""
    code = {name: at for at, name in enumerate(units.names["community"])}
    found: dict[int, dict[str, None]] = {}
    for one in division.impossible:
        found.setdefault(code.get(one.community, NONE), {})[one.reason.value] = None
    return {community: " ".join(reasons) for community, reasons in found.items()}


def _size(sheet: Sheet, code: int, minutes: float, metres: float) -> Row:
    return int(sheet.households[code]), round(minutes, 1), round(metres), "yes" if sheet.is_within[code] else "no"


def _community(units: Units, code: int) -> str:
    return units.names["community"][code] if code != NONE else ""


def _in_order(sheet: Sheet, names: tuple[str, ...]) -> list[int]:
    """The grids there are, by community and name."""
    used = np.flatnonzero(sheet.households > 0).tolist()
    return sorted(used, key=lambda code: (int(sheet.community[code]), names[code]))


def as_text(head: Row, rows: Iterator[Row]) -> Iterator[tuple[str, ...]]:
    """Yield head and rows as texts, in which no cell can be taken for a formula."""
    for row in chain([head], rows):
        yield tuple(_safe(str(cell)) for cell in row)


def _safe(cell: str) -> str:
    is_number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else cell
