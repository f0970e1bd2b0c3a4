"""Requests that may be sent twice: the same key gives the same answer, another body under it is refused."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction


class OtherBody(ValueError):
    """The key was used before with another content."""


def digest_of(body: Any) -> bytes:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()).digest()


def once(
    key: str, body: Any, answer: Callable[[], dict[str, Any]], *, account_id: int, now: datetime
) -> dict[str, Any]:
    """Run `answer` once per (account, key) and give its result again to whoever repeats the request.

    Two at the same time: the second waits for the first one's commit at the unique index.
    """
    digest = digest_of(body)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into access_receipt (account_id, key, body_digest, at) values (%s, %s, %s, %s)"
            " on conflict (account_id, key) do nothing returning id",
            [account_id, key, digest, now],
        )
        mine = cursor.fetchone()
        if mine is None:
            cursor.execute(
                "select body_digest, answer from access_receipt where account_id = %s and key = %s", [account_id, key]
            )
            held, kept = cursor.fetchone()
            if bytes(held) != digest:
                raise OtherBody
            result: dict[str, Any] = json.loads(kept)
            return result
        given = answer()
        cursor.execute(
            "update access_receipt set answer = %s where id = %s", [json.dumps(given, ensure_ascii=False), mine[0]]
        )
        return given
