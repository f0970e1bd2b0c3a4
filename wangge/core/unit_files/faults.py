"""What can be wrong with a file of units, and where: row and column as people see them in their program."""

from collections.abc import Iterable
from dataclasses import dataclass

from wangge.core.cells import BadCell
from wangge.core.sheets import Unreadable

MOST_NAMED = 20
"""So many faults are named one by one; the others are counted."""

SAYS = {
    "empty": "the file is empty",
    "binary": "this is no text: save it as CSV in UTF-8 or GB18030, or as GeoJSON",
    "encoding": "the characters are neither UTF-8 nor GB18030: save the file as CSV UTF-8",
    "quote": "a quotation mark is not closed",
    "columns": "more than 200 columns",
    "geojson": "this JSON is no FeatureCollection",
    "no_line": "this is no line",
    "no_header": "no row looks like a header",
    "packed": "the packed file is broken or incomplete",
    "too_big": "unpacked the file is larger than {detail} MB",
    "no_rows": "there is a header and no unit below it",
    "nobody": "no unit has a household",
    "no_column": "there is no such column; the file has {detail}",
    "no_places": "neither lon and lat nor x_m and y_m are there; the file has {detail}",
    "mixed_places": "some rows have lon and lat, others x_m and y_m: give one pair for all ({detail})",
    "too_many_cells": "more cells than the header has columns: {detail}",
    "duplicate_id": "the id {detail} stands in row {other} too",
    "swapped": "a latitude is between -90 and 90, this is {detail}: lon and lat look swapped",
    "missing": "the cell is empty",
    "not_number": "{detail} is no number",
    "not_finite": "{detail} is no number that can be reckoned with",
    "not_whole": "{detail} is no whole number",
    "too_small": "{detail} is below {limit}",
    "too_large": "{detail} is above {limit}",
    "not_yes_no": "{detail} is neither yes nor no",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: by which rule, in which row (0 is the whole file) and column (may be empty)."""

    rule: str
    row: int = 0
    column: str = ""
    detail: str = ""
    limit: str = ""
    other: int = 0

    def __str__(self) -> str:
        where = ", ".join([f"row {self.row}"] * (self.row > 0) + [f"column {self.column}"] * bool(self.column))
        said = SAYS.get(self.rule, "{detail} cannot be read (" + self.rule + ")")
        told = said.format(detail=self.detail, limit=self.limit, other=self.other)
        return f"{where}: {told}" if where else told


class BadFile(ValueError):
    """A file that cannot be used; `faults` are the first twenty, `count` is how many there are."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        every = sorted(faults, key=lambda fault: fault.row)
        self.faults = tuple(every[:MOST_NAMED])
        self.count = len(every)
        more = [f"and {self.count - MOST_NAMED} more"] if self.count > MOST_NAMED else []
        super().__init__("\n".join([*map(str, self.faults), *more]))


def of_cell(problem: BadCell, row: int, column: str, cell: str) -> Fault:
    """Return the fault of a cell that broke a rule of core.cells."""
    return Fault(problem.rule.value, row, column, cell.strip()[:40] or "(empty)", limit=problem.detail)


def of_sheet(problem: Unreadable) -> Fault:
    """Return the fault of a file that is no sheet."""
    detail = str(problem).removeprefix(problem.rule).removeprefix(": ")
    return Fault(problem.rule, int(detail) if detail.isdecimal() else 0)
