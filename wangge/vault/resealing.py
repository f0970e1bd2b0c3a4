"""A chunk of a registered table: rows under the old keys are taken, opened, sealed with the new key, written back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from wangge.vault import cipher
from wangge.vault.queries import indexing_key_of, key_named_in
from wangge.vault.sealed import Sealed


@dataclass(frozen=True)
class Row:
    """A row to be sealed anew: its key, the name its values are bound to, its sealed cells, indexes and their areas."""

    key: Any
    name: str | None
    cells: tuple[Any, ...]
    indexes: tuple[Any, ...]
    areas: tuple[Any, ...]


def take(spec: Sealed, old: Sequence[str], *, after: str, most: int) -> list[Row]:
    """Lock the next rows under an old key, in the order of the table's key; what others hold is passed over."""
    areas = [index.area_column or "null" for index in spec.indexes]
    indexes = [index.column for index in spec.indexes]
    cells = [f"{column}::text" if spec.holding.cast == "jsonb" else column for column in spec.columns]
    name = spec.named_by or f"{spec.key_column}::text"
    beyond = f"t.{spec.key_column} > %s::text::{_type(spec.table, spec.key_column)} and" if after else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {', '.join([spec.key_column, name, *cells, *indexes, *areas])} from {spec.table} t"  # noqa: S608 - registered names
            f" where {beyond} ({_any(spec)}) order by t.{spec.key_column} limit %s for update of t skip locked",
            [*([after] if after else []), *[list(old)] * len(spec.columns), most],
        )
        rows = cursor.fetchall()
    first, second = 2 + len(cells), 2 + len(cells) + len(indexes)
    return [Row(row[0], row[1], row[2:first], row[first:second], row[second:]) for row in rows]


def is_left(spec: Sealed, old: Sequence[str]) -> bool:
    """Say whether any row is still under an old key, locked or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select exists (select from {spec.table} t where {_any(spec)})",  # noqa: S608 - registered names
            [list(old)] * len(spec.columns),
        )
        return bool(cursor.fetchone()[0])


def sealed_anew(code: str, spec: Sealed, rows: Iterable[Row], old: Sequence[str]) -> tuple[list[Row], int]:
    """The rows under the newest key, and how many do not open: those stay as they are, and so does their key."""
    ring = _Ring(code, old)
    fresh, unreadable = [], 0
    for row in rows:
        try:
            fresh.append(_row(spec, row, ring))
        except ValueError:  # Unreadable, or no normal form to index
            unreadable += 1
    return fresh, unreadable


def write(spec: Sealed, rows: Sequence[Row]) -> None:
    """Put the chunk back in one statement."""
    if not rows:
        return
    columns = [*spec.columns, *(index.column for index in spec.indexes)]
    casts = [spec.holding.cast] * len(spec.columns) + ["bytea"] * len(spec.indexes)
    arrays = ", ".join(["%s::text[]", *("%s::text[]" if cast == "jsonb" else f"%s::{cast}[]" for cast in casts)])
    values = [list(cells) for cells in zip(*((*row.cells, *row.indexes) for row in rows), strict=True)]
    changes = ", ".join(f"{column} = v.{column}::{cast}" for column, cast in zip(columns, casts, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {spec.table} t set {changes} from unnest({arrays}) as v(key, {', '.join(columns)})"  # noqa: S608 - registered names
            f" where t.{spec.key_column} = v.key::{_type(spec.table, spec.key_column)}",
            [[str(row.key) for row in rows], *values],
        )


class _Ring:
    """The keys of one chunk, each fetched once."""

    def __init__(self, code: str, old: Sequence[str]) -> None:
        self.code = code
        self.old = frozenset(bytes.fromhex(key_id) for key_id in old)
        self.newest = indexing_key_of(code)
        self.keys: dict[bytes, cipher.Key] = {}

    def anew(self, sealed: bytes, spec: Sealed, column: str, name: str) -> tuple[bytes, str | None]:
        """The value under the newest key, and in clear; what is under no old key is left alone and stays closed."""
        named = cipher.key_id(sealed)
        if named not in self.old:
            return sealed, None
        if named not in self.keys:
            self.keys[named] = key_named_in(self.code, sealed)
        value = cipher.open_(self.keys[named], sealed, table=spec.table, column=column, row=name)
        return cipher.seal(self.newest, value, table=spec.table, column=column, row=name), value


def _row(spec: Sealed, row: Row, ring: _Ring) -> Row:
    if row.name is None:
        raise cipher.Unreadable("the row has no name")
    cells, clear = [], {}
    for column, cell in zip(spec.columns, row.cells, strict=True):
        held = [] if cell is None else spec.holding.read(cell)
        fresh = [ring.anew(sealed, spec, column, row.name) for sealed in held]
        cells.append(spec.holding.written([sealed for sealed, _ in fresh], cell) if held else cell)
        clear[column] = next((value for _, value in fresh if value is not None), None)
    indexes = []
    for index, cell, area in zip(spec.indexes, row.indexes, row.areas, strict=True):
        value = clear[index.of]
        is_due = bool(cell) and value is not None
        indexes.append(cipher.blind_index(ring.newest, index.normal(value or ""), area=area) if is_due else cell)
    return Row(row.key, row.name, tuple(cells), tuple(indexes), row.areas)


def _any(spec: Sealed) -> str:
    return " or ".join(f"({spec.holding.names.format(column=column)})" for column in spec.columns)


@lru_cache(maxsize=64)
def _type(table: str, column: str) -> str:
    """The SQL type of a key, by which a text becomes one again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = %s::regclass and attname = %s",
            [table, column],
        )
        return str(cursor.fetchone()[0])
