"""News for upper floors: readers follow the book in the order of finished transactions and miss none."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True)
class News:
    """One entry as a reaction sees it."""

    id: int
    at: datetime
    actor_id: int
    verb: str
    subject: str
    area_id: int | None
    facts: dict[str, Any]


def news_of(row: tuple[Any, ...]) -> News:
    """The entry of a row (id, at, actor, verb, subject, area, facts as JSON text)."""
    number, at, actor_id, verb, subject, area_id, facts = row
    return News(number, at, actor_id, verb, subject, area_id, json.loads(facts))


Reaction = Callable[[News], None]
reactions: dict[str, list[Reaction]] = {}


def react_to(*verbs: str) -> Callable[[Reaction], Reaction]:
    """Register a reaction. It runs at least once per entry and must be idempotent."""

    def register(reaction: Reaction) -> Reaction:
        for verb in verbs:
            reactions.setdefault(verb, []).append(reaction)
        return reaction

    return register


def drain(hand_on: Callable[[News], object], *, limit: int = 500) -> int:
    """Hand finished entries to `hand_on`, move the cursor in the same transaction, return how many were read.

    Only transactions below the oldest one still running are read: a late commit cannot be passed over. A
    transaction is never cut in two, so `limit` is a wish.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into ledger_cursor values ('reactions', 0) on conflict do nothing")
        cursor.execute("select below_xid from ledger_cursor where reader = 'reactions' for update skip locked")
        held = cursor.fetchone()
        if held is None:
            return 0
        cursor.execute(BELOW, {"low": held[0], "limit": limit})
        below = cursor.fetchone()[0]
        cursor.execute(ROWS, {"low": held[0], "below": below})
        rows = [news_of(row) for row in cursor.fetchall()]
        for news in rows:
            if news.verb in reactions:
                hand_on(news)
        cursor.execute("update ledger_cursor set below_xid = %s where reader = 'reactions'", [below])
        return len(rows)


# The edge: the first transaction past the limit, or else the oldest one still running.
BELOW = """
select coalesce((select greatest(e.xid, %(low)s + 1) from ledger_entry e
                  where e.xid >= %(low)s and e.xid < s.xmin order by e.xid, e.id offset %(limit)s limit 1), s.xmin)
  from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin) s
"""
ROWS = """
select id, at, actor_id, verb, subject, area_id, facts from ledger_entry
 where xid >= %(low)s and xid < %(below)s order by xid, id
"""


def react(news: News) -> None:
    """Run every reaction registered for the entry's verb."""
    for reaction in reactions.get(news.verb, []):
        reaction(news)
