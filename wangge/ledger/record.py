"""Writing into the book: one plain insert in the writer's own transaction."""

import json
from collections.abc import Mapping

from django.db import connection

Fact = str | int | bool | None | list[str] | list[int]


def record(
    verb: str, subject: str, *, area_id: int | None, facts: Mapping[str, Fact], purpose: str | None = None
) -> None:
    """Add an entry. Time, actor and number are stamped by the database; facts are codes and ids, never names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into ledger_entry (verb, subject, area_id, facts, purpose) values (%s, %s, %s, %s, %s)",
            [verb, subject, area_id, json.dumps(dict(facts), ensure_ascii=False), purpose],
        )
