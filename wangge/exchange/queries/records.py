"""Records of any table, many at a time: ids in advance, insert, change, remove; called by the apps' own actions."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg.sql import SQL, Identifier

IDS = """
with one as materialized (select pg_get_serial_sequence(%s, 'id')::regclass as sequence)
select nextval(sequence) from one, generate_series(1, %s)
"""
INSERT = SQL("insert into {} ({}) select {} from jsonb_to_recordset(%s::jsonb) as x ({})")
TYPES = {
    one: SQL(one)
    for one in (
        "jsonb",
        "bigint",
        "integer",
        "smallint",
        "boolean",
        "double precision",
        "date",
        "timestamp with time zone",
    )
}
REMOVE = SQL("delete from {} where {} = any(%s)")


def new_ids(model: type[Model], count: int) -> list[int]:
    """Ids for records that are not written yet, so that they can name each other."""
    with connection.cursor() as cursor:
        cursor.execute(IDS, [model._meta.db_table, count])
        return [row[0] for row in cursor.fetchall()]


def insert(rows: Sequence[Model]) -> str:
    """Insert rows of one table in one statement; they travel as one JSON text, which is returned."""
    if not rows:
        return ""
    table = rows[0]._meta
    fields = table.concrete_fields
    names = SQL(", ").join(Identifier(field.column) for field in fields)
    typed = SQL(", ").join(SQL("{} {}").format(Identifier(field.column), _type(field)) for field in fields)
    columns = [(field.column, field.attname) for field in fields]
    chunk = [{column: held[name] for column, name in columns} for held in map(vars, rows)]
    sent = json.dumps(chunk, ensure_ascii=False, default=str)
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(Identifier(table.db_table), names, names, typed), [sent])
    return sent


def _type(field: "Field[Any, Any]") -> SQL:
    return TYPES.get((field.db_type(connection) or "").partition("(")[0], SQL("text"))


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
