"""Requests that may be sent twice: the same key gives the same answer, another body under it is refused."""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from wangge.access.budgets import Asked, Spent

KEEP = """
with kept as (insert into access_receipt (account_id, key, body_digest, answer, at) values (%s, %s, %s, %s, %s))
select coalesce(bool_and(wg_spend(b.key, b.most, b.seconds)), true)
  from unnest(%s::bytea[], %s::int[], %s::int[]) as b (key, most, seconds)
"""


class OtherBody(ValueError):
    """The key was used before with another content."""


def digest_of(body: Any) -> bytes:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()).digest()


def once(
    key: str, body: Any, answer: Callable[[], dict[str, Any]], *, account_id: int, now: datetime, alone: bool = False,
    within: Sequence[Asked] = (),
) -> dict[str, Any]:  # fmt: skip
    """Run `answer` once per (account, key) and give its result again to whoever repeats the request.

    Two at the same time: the second waits for the first one's commit. `alone` says that the answer is one action
    and nothing beside it: it undoes itself when it fails, so no further savepoint is needed. A new answer takes one
    try from each budget of `within`, last of all since the counters stay locked until the commit. Raises Spent.
    """
    digest = digest_of(body)
    with connection.cursor() as cursor:
        cursor.execute("select body_digest, answer from wg_receipt(%s, %s)", [account_id, key])
        held = cursor.fetchone()
        if held is not None:
            if bytes(held[0]) != digest:
                raise OtherBody
            result: dict[str, Any] = json.loads(held[1])
            return result
        with nullcontext() if alone else transaction.atomic():
            given = answer()
            keys = [budget.key(of) for budget, of in within]
            most, seconds = [budget.most for budget, _ in within], [budget.seconds for budget, _ in within]
            said = json.dumps(given, ensure_ascii=False)
            cursor.execute(KEEP, [account_id, key, digest, said, now, keys, most, seconds])
            if not cursor.fetchone()[0]:
                raise Spent
        return given
