"""Rows of registered tables by the key that sealed them: taken in chunks, written back, asked whether any is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg import sql

from wangge.vault.sealed import Sealed

COMMA, OR = sql.SQL(", "), sql.SQL(" or ")
TAKE = sql.SQL("""
select {key}, {name}, {columns} from {table} t
 where (%s = '' or t.{key} > nullif(%s, '')::{type}) and ({held}) order by t.{key} limit %s for update of t skip locked
""")
LEFT = sql.SQL("select exists (select from {table} t where {held})")
WRITE = sql.SQL(
    "update {table} t set {changes} from unnest({arrays}) as v(key, {columns}) where t.{key} = v.key::{type}"
)
ARRAYS = {"text": sql.SQL("%s::text[]"), "bytea": sql.SQL("%b::bytea[]")}
"""Bytes travel as bytes, not written out in digits."""
HORIZON = "select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint from pg_current_snapshot() s"
TYPE = "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = %s::regclass and attname = %s"


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
    cells = [_named(column) + sql.SQL("::text") * (spec.holding.cast == "jsonb") for column in spec.columns]
    indexes = [_named(index.column) for index in spec.indexes]
    areas = [_named(index.area_column) if index.area_column else sql.SQL("null") for index in spec.indexes]
    name = sql.SQL(spec.named_by) if spec.named_by else _named(spec.key_column) + sql.SQL("::text")
    names = {
        "key": _named(spec.key_column), "name": name, "columns": COMMA.join([*cells, *indexes, *areas]),
        "table": _named(spec.table), "type": _type(spec), "held": _held(spec),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(**names), [after, after, *[list(old)] * len(spec.columns), most])
        rows = cursor.fetchall()
    first, second = 2 + len(cells), 2 + len(cells) + len(indexes)
    return [Row(row[0], row[1], row[2:first], row[first:second], row[second:]) for row in rows]


def is_left(spec: Sealed, old: Sequence[str]) -> bool:
    """Say whether any row is still under an old key, locked or not."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT.format(table=_named(spec.table), held=_held(spec)), [list(old)] * len(spec.columns))
        return bool(cursor.fetchone()[0])


def write(spec: Sealed, rows: Sequence[Row]) -> None:
    """Put the chunk back in one statement."""
    if not rows:
        return
    columns = [*spec.columns, *(index.column for index in spec.indexes)]
    casts = [spec.holding.cast] * len(spec.columns) + ["bytea"] * len(spec.indexes)
    sent = ["text", *("text" if cast == "jsonb" else cast for cast in casts)]
    changes = [
        sql.SQL("{column} = v.{column}::{cast}").format(column=_named(column), cast=sql.SQL(cast))
        for column, cast in zip(columns, casts, strict=True)
    ]
    names = {
        "table": _named(spec.table), "changes": COMMA.join(changes), "key": _named(spec.key_column),
        "type": _type(spec), "columns": COMMA.join(map(_named, columns)),
        "arrays": COMMA.join(ARRAYS[kind] for kind in sent),
    }  # fmt: skip
    values = [list(cells) for cells in zip(*((*row.cells, *row.indexes) for row in rows), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(**names), [[str(row.key) for row in rows], *values])


def without_hurry() -> None:
    """Let this transaction's statements take their time: a chunk may have to be looked for in the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")


def horizon() -> tuple[int, int]:
    """The oldest transaction that is still under way, and the one that begins next."""
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        oldest, following = cursor.fetchone()
    return oldest, following


def _named(name: str) -> sql.Composable:
    return sql.Identifier(name)


def _held(spec: Sealed) -> sql.Composable:
    """Which rows hold a value of the given keys: one array of keys for each column."""
    return OR.join(sql.SQL("({})").format(sql.SQL(spec.holding.names).format(column=_named(c))) for c in spec.columns)


def _type(spec: Sealed) -> sql.Composable:
    return sql.SQL(_type_of(spec.table, spec.key_column))


@lru_cache(maxsize=64)
def _type_of(table: str, column: str) -> str:
    """The SQL type of a key, by which a text becomes one again."""
    with connection.cursor() as cursor:
        cursor.execute(TYPE, [table, column])
        return str(cursor.fetchone()[0])
