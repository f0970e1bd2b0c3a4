"""The figures of the grids of a draft, kept with it: who looks at a workbench walks no round anew."""

from dataclasses import astuple, fields
from typing import Any

from wangge.core.drafting import GridRow, Tier, Why

COLUMNS = tuple(one.name for one in fields(GridRow))
Rows = tuple[GridRow, ...]


def packed(rows: Rows) -> list[list[Any]]:
    """Rows as JSON keeps them."""
    return [list(astuple(row)) for row in rows]


def unpacked(held: list[list[Any]]) -> Rows:
    """Rows from JSON."""
    given = (dict(zip(COLUMNS, row, strict=True)) for row in held)
    return tuple(GridRow(**one | {"level": Tier(one["level"]), "why": Why(one["why"])}) for one in given)
