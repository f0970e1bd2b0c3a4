"""Records of any table, many at a time: ids in advance, insert, change, remove; called by the apps' own actions."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.sql import SQL, Identifier

IDS = "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)"
INSERT = SQL("insert into {} ({}) select {} from unnest({}) as x ({})")
ARRAY, AS, JSONB = SQL("%s::{}[]"), SQL("x.{}"), SQL("x.{}::jsonb")
TYPES = {"jsonb": SQL("text"), "bigint": SQL("bigint"), "integer": SQL("integer"), "boolean": SQL("boolean"),
         "double precision": SQL("float8"), "date": SQL("date"), "smallint": SQL("smallint"),
         "timestamp with time zone": SQL("timestamptz")}  # fmt: skip
REMOVE = SQL("delete from {} where {} = any(%s)")


def new_ids(model: type[Model], count: int) -> list[int]:
    """Ids for records that are not written yet, so that they can name each other."""
    with connection.cursor() as cursor:
        cursor.execute(IDS, [model._meta.db_table, count])
        return [row[0] for row in cursor.fetchall()]


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one table in one statement; each column travels as an array."""
    if not rows:
        return
    table = rows[0]._meta
    fields = table.concrete_fields
    names = [Identifier(field.column) for field in fields]
    statement = INSERT.format(
        Identifier(table.db_table),
        SQL(", ").join(names),
        SQL(", ").join(
            (JSONB if isinstance(f, JSONField) else AS).format(n) for f, n in zip(fields, names, strict=True)
        ),
        SQL(", ").join(ARRAY.format(_type(field)) for field in fields),
        SQL(", ").join(names),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [[_value(field, row) for row in rows] for field in fields])


def _type(field: "Field[Any, Any]") -> SQL:
    held = (field.db_type(connection) or "").partition("(")[0]
    return TYPES.get(held, SQL("text"))


def _value(field: "Field[Any, Any]", row: Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, JSONField):
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value if value is None else field.get_db_prep_save(value, connection)


def remove(model: type[Model], pks: Sequence[int]) -> None:
    """Delete records; policies let only those go that the import under way had made."""
    primary = model._meta.pk
    assert primary is not None
    with connection.cursor() as cursor:
        cursor.execute(REMOVE.format(Identifier(model._meta.db_table), Identifier(primary.column)), [list(pks)])
        if cursor.rowcount != len(set(pks)):
            raise NotOurs(model._meta.label_lower)


class NotOurs(PermissionError):
    """A record that no import under way had made was to be removed."""
