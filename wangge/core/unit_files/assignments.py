"""Divisions in a file: which unit, or which floor band of it, is in which grids."""

from dataclasses import dataclass

import numpy as np

from wangge.core.cells import integer, number
from wangge.core.columns import Wanted
from wangge.core.unit_files.faults import BadFile
from wangge.core.unit_files.reading import MOST_HOUSEHOLDS, Reader
from wangge.core.unit_files.sheet import columns_of
from wangge.core.unit_files.table import Reals, Whole

FIELDS = tuple(
    Wanted(name, (name,))
    for name in ("id", "part", "community", "general_grid", "micro_grid", "households", "minutes_in_round_order")
)
LONGEST = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """A division, one row for each unit or floor band (层段); a band's `part` counts from the ground up.

    `minutes` are those from the arrival at the first stop of the micro-grid's round until this stop is done: they give
    the walking order, and the greatest is the round without the way back. NaN where the file has none.
    """

    rows: Whole
    ids: tuple[str, ...]
    part: Whole
    community: tuple[str, ...]
    general: tuple[str, ...]
    micro: tuple[str, ...]
    households: Whole
    minutes: Reals

    def __len__(self) -> int:
        return len(self.ids)


def read_assignment(raw: bytes) -> Assignment:
    """Return the division in a CSV or GeoJSON file, packed or not. Raises BadFile."""
    reader = Reader(columns_of(raw, FIELDS))
    reader.needed("id", "general_grid", "households")
    households = reader.numbers("households", lambda cell: integer(cell, least=0, most=MOST_HOUSEHOLDS))
    part = reader.numbers("part", lambda cell: integer(cell, least=0, most=MOST_HOUSEHOLDS), blank=0.0)
    minutes = reader.numbers("minutes_in_round_order", lambda cell: number(cell, least=0, most=LONGEST), blank=-1.0)
    ids = reader.texts("id", is_needed=True)
    if reader.faults:
        raise BadFile(reader.faults)
    return Assignment(
        rows=np.array(reader.columns.rows, dtype=np.int64),
        ids=tuple(ids),
        part=part.astype(np.int64),
        community=tuple(reader.texts("community")),
        general=tuple(reader.texts("general_grid")),
        micro=tuple(reader.texts("micro_grid")),
        households=households.astype(np.int64),
        minutes=np.where(minutes < 0, np.nan, minutes),
    )
