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
 where {after} ({held}) order by t.{key} limit %s for update of t skip locked
""")
AFTER = sql.SQL("t.{key} > %s::{type} and")
LEFT = sql.SQL("select exists (select from {table} t where {held})")
WRITE = sql.SQL("""
update {table} t set {changes} from unnest({arrays}) as v(key, {columns})
 where t.{key} = v.key::{type} and t.{key} between %s::{type} and %s::{type}
""")
"""A chunk lies in a short range of keys: said, so that it is not looked for in the whole table."""
ARRAYS = {"text": sql.SQL("%s::text[]"), "bytea": sql.SQL("%b::bytea[]")}
"""Bytes travel as bytes, not written out in digits."""
HORIZON = "select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint from pg_current_snapshot() s"
TYPE = "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = %s::regclass and attname = %s"


@dataclass(frozen=True)
class Chunk:
    """Rows to be sealed anew, column by column: keys, names their values are bound to, sealed cells, indexes, areas."""

    keys: list[Any]
    names: list[Any]
    cells: tuple[list[Any], ...]
    indexes: tuple[list[Any], ...]
    areas: tuple[list[Any], ...]

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, places: Sequence[int]) -> "Chunk":
        """The rows at these places of the chunk."""

        def picked(column: list[Any]) -> list[Any]:
            return [column[at] for at in places]

        groups = (tuple(map(picked, columns)) for columns in (self.cells, self.indexes, self.areas))
        return Chunk(picked(self.keys), picked(self.names), *groups)


def take(spec: Sealed, old: Sequence[str], *, after: str, most: int) -> Chunk:
    """Lock the next rows under an old key, in the order of the table's key; what others hold is passed over."""
    cells = [_named(column) + sql.SQL("::text") * (spec.holding.cast == "jsonb") for column in spec.columns]
    indexes = [_named(index.column) for index in spec.indexes]
    areas = [_named(index.area_column) if index.area_column else sql.SQL("null") for index in spec.indexes]
    name = sql.SQL(spec.named_by) if spec.named_by else _named(spec.key_column) + sql.SQL("::text")
    names = {
        "key": _named(spec.key_column), "name": name, "columns": COMMA.join([*cells, *indexes, *areas]),
        "table": _named(spec.table), "held": _held(spec),
        "after": AFTER.format(key=_named(spec.key_column), type=_type(spec)) if after else sql.SQL(""),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(**names), [*[after] * bool(after), *[list(old)] * len(spec.columns), most])
        rows = cursor.fetchall()
    first, second = len(cells), len(cells) + len(indexes)
    keys, named, *rest = ([row[at] for row in rows] for at in range(2 + second + len(areas)))
    return Chunk(keys, named, tuple(rest[:first]), tuple(rest[first:second]), tuple(rest[second:]))


def is_left(spec: Sealed, old: Sequence[str]) -> bool:
    """Say whether any row is still under an old key, locked or not."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT.format(table=_named(spec.table), held=_held(spec)), [list(old)] * len(spec.columns))
        return bool(cursor.fetchone()[0])


def write(spec: Sealed, chunk: Chunk) -> None:
    """Put the chunk back in one statement."""
    if not chunk:
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
    keys = [str(key) for key in chunk.keys]
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(**names), [keys, *chunk.cells, *chunk.indexes, keys[0], keys[-1]])


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
