"""The figures of the grids of a draft, kept with it: who looks at a workbench walks no round anew."""

from dataclasses import astuple, fields
from typing import Any

from wangge.core.drafting import GridRow, Tier, Why

COLUMNS = len(fields(GridRow))
Rows = tuple[GridRow, ...]


def packed(rows: Rows) -> list[list[Any]]:
    """Rows as JSON keeps them."""
    return [list(astuple(row)) for row in rows]


def unpacked(held: list[list[Any]]) -> Rows:
    """Rows from JSON."""
    return tuple(GridRow(row[0], Tier(row[1]), *row[2 : COLUMNS - 1], why=Why(row[-1])) for row in held)
