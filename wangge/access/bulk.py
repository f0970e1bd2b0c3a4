"""Many rows in one go: one statement per chunk, one entry in the book with count and digest.

The app role may neither copy into a table under row-level security nor make a table of its own to copy into, so the
columns of a chunk travel as arrays, and the insert reads them row by row under the policy.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, LiteralString, TypeVar

from django.db import connection
from django.db.models import Model
from psycopg import sql

from wangge.access.action import note
from wangge.access.arrays import array

M = TypeVar("M", bound=Model)
T = TypeVar("T")
CHUNK = 20_000
INSERT = sql.SQL("insert into {table} ({columns}) select {values} from unnest({arrays}) as sent ({columns}) {held}")
NOTHING, COMMA = sql.SQL(""), sql.SQL(", ")
NEXT = "select nextval((select pg_get_serial_sequence(%s, %s)::regclass)) from generate_series(1, %s)"
TYPES: dict[str, LiteralString] = {  # letters travel as text: a cast to their length would cut them in silence
    "bigint": "bigint", "integer": "integer", "smallint": "smallint", "double precision": "double precision",
    "boolean": "boolean", "date": "date", "timestamp with time zone": "timestamptz", "jsonb": "jsonb", "bytea": "bytea",
}  # fmt: skip


@dataclass(frozen=True)
class Kept(Generic[M]):
    """Rows as they were kept, with their ids."""

    rows: tuple[M, ...]
    ledger_subject: str
    ledger_area: int | None = None


def chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut what is to be kept into chunks; each becomes one entry."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, size)):
        yield chunk


def keep_rows(rows: Sequence[M], *, app: str) -> Kept[M]:
    """Insert rows of one table of the app. Called by that app's own bulk action."""
    if not rows:
        return Kept((), f"{app}:none")
    model = type(rows[0])
    if model._meta.app_label != app or any(type(row) is not model for row in rows):
        msg = f"{model._meta.label} is not written by {app}"
        raise ValueError(msg)
    if rows[0].pk is None:
        for row, number in zip(rows, ids(model, len(rows)), strict=True):
            row.pk = number
    columns = {field.attname: [_value(field, row) for row in rows] for field in model._meta.concrete_fields}
    note(rows=len(rows), digest=insert(model, columns))
    return Kept(tuple(rows), f"table:{model._meta.db_table}")


def _value(field: Any, row: Model) -> Any:
    """What the row says, else what the field fills in when a row is made."""
    value = getattr(row, field.attname)
    return field.pre_save(row, add=True) if value is None else value


def ids(model: type[Model], count: int) -> list[int]:
    """Take as many free ids of a table."""
    table = model._meta
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [table.db_table, table.pk.column, count])
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[Model], columns: Mapping[str, Sequence[Any]], held: sql.Composable = NOTHING) -> str:
    """Insert the columns, named as the fields of the model; return the digest of what was sent.

    Moments may be told in seconds since 1970: a city has millions of them. `held` says what becomes of rows there are.
    """
    fields = [field for field in model._meta.concrete_fields if field.attname in columns]
    sent = [array(columns[field.attname]) for field in fields]
    table, names = sql.Identifier(model._meta.db_table), [sql.Identifier(str(field.column)) for field in fields]
    types = [_type(field, columns[field.attname]) for field in fields]
    arrays = COMMA.join(sql.SQL("%s::{}[]").format(sql.SQL(kind)) for kind, _ in types)
    values = COMMA.join(read.format(name) for (_, read), name in zip(types, names, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT.format(table=table, columns=COMMA.join(names), values=values, arrays=arrays, held=held), sent
        )
    return hashlib.sha256(
        "\n".join([model._meta.db_table, *(field.attname for field in fields), *sent]).encode()
    ).hexdigest()


def _type(field: Any, values: Sequence[Any]) -> tuple[LiteralString, sql.SQL]:
    """As what the values of a field travel, and how they are read."""
    kind = TYPES.get(str(field.db_type(connection)).partition("(")[0], "text")
    if kind == "timestamptz" and any(type(value) is int for value in values):
        return "bigint", sql.SQL("to_timestamp({})")
    if str(field.db_type(connection)) == "integer[]":
        return "text", sql.SQL("{}::integer[]")
    return kind, sql.SQL("{}")
