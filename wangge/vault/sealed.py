"""What lies sealed where: apps say it once, in their AppConfig.ready, and rotation finds every value by it.

The table's grants must let the app role update the named columns, and its policies let the system see and update every
row; a test walks the list.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

CELL = "encode(substring({column} from 3 for 16), 'hex') = any (%s)"
"""Sealed bytes name their key from the third byte on (see cipher)."""
JSON = "exists (select from unnest(%s::text[]) k where position(k in {column}::text) > 0)"


class Holding(Protocol):
    """How a cell holds sealed values. `names` is true where one of them was sealed with a key of the array %s."""

    @property
    def names(self) -> str: ...
    @property
    def cast(self) -> str: ...

    def read(self, cell: Any) -> list[bytes]: ...
    def written(self, fresh: Sequence[bytes], cell: Any) -> Any: ...


@dataclass(frozen=True)
class Plain:
    """One sealed value in a bytea column; an empty or missing one stays so."""

    names: str = CELL
    cast: str = "bytea"

    def read(self, cell: Any) -> list[bytes]:
        return [bytes(cell)] if cell else []

    def written(self, fresh: Sequence[bytes], cell: Any) -> Any:
        return fresh[0] if fresh else cell


@dataclass(frozen=True)
class InJson:
    """Sealed values in hex under some names of a jsonb object, alone or in a list."""

    inside: tuple[str, ...]
    names: str = JSON
    cast: str = "jsonb"

    def read(self, cell: Any) -> list[bytes]:
        held = json.loads(cell)
        return [bytes.fromhex(text) for name in self.inside for text in _listed(held.get(name))]

    def written(self, fresh: Sequence[bytes], cell: Any) -> Any:
        held, values = json.loads(cell), iter(fresh)
        for name in self.inside:
            texts = [next(values).hex() for _ in _listed(held.get(name))]
            if texts:
                held[name] = texts if isinstance(held[name], list) else texts[0]
        return json.dumps(held)


def _listed(held: Any) -> list[str]:
    return held if isinstance(held, list) else [held] if held else []


@dataclass(frozen=True)
class Index:
    """A blind index: of which sealed column, how the clear value is brought into its normal form, in which area."""

    column: str
    of: str
    normal: Callable[[str], str] = str
    area_column: str | None = None


@dataclass(frozen=True)
class Sealed:
    """Sealed columns of one table. `key_column` is unique; `named_by` is SQL for the row's name when it is not the key.

    `bound_to` is the table the values are sealed for when they only pass through this one.
    `compartment_column` is a column that holds the compartment's code, or `compartment` is the one code for all rows.
    """

    table: str
    key_column: str
    columns: tuple[str, ...]
    indexes: tuple[Index, ...] = ()
    compartment_column: str | None = "compartment"
    compartment: str = ""
    named_by: str = ""
    bound_to: str = ""
    holding: Holding = field(default_factory=Plain)

    def __post_init__(self) -> None:
        if strangers := {index.of for index in self.indexes} - set(self.columns):
            raise ValueError(f"{self.table}: no sealed column {', '.join(sorted(strangers))} to index")

    @property
    def place(self) -> str:
        """The table the values are bound to."""
        return self.bound_to or self.table

    def may_hold(self, code: str) -> bool:
        return not self.compartment or self.compartment == code


_known: dict[str, Sealed] = {}
_passing: dict[str, timedelta] = {}


def register(sealed: Sealed) -> None:
    """Say where a table holds sealed values. Twice is harmless; two different lists of one table are a mistake."""
    if _known.setdefault(sealed.table, sealed) != sealed:
        raise ValueError(f"{sealed.table} was registered with other columns before")


def register_passing(compartment: str, lasts: timedelta) -> None:
    """Say that the compartment seals values outside registered tables which nobody needs after `lasts`: receipts."""
    _passing[compartment] = max(lasts, _passing.get(compartment, lasts))


def everything() -> Iterator[Sealed]:
    yield from _known.values()


def of(compartment: str) -> tuple[Sealed, ...]:
    """The registered tables in which values of this compartment may lie, in the order of their names."""
    return tuple(_known[table] for table in sorted(_known) if _known[table].may_hold(compartment))


def passing(compartment: str) -> timedelta:
    """How long values outside registered tables may still be asked for."""
    return _passing.get(compartment, timedelta())
