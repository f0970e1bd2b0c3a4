"""The transaction in which somebody acts: row-level security sees the session's secret, and only until commit."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from wangge.access.actor import Actor, Role

ENTER = """
select account_id, purpose, kind, roles, version, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  from wg_enter(%s, %s)
"""
current: ContextVar[Actor | None] = ContextVar("wangge_actor", default=None)


class NoSession(PermissionError):
    """The token is unknown, ended or out of time."""


def enter(token: str, bearer: str = "") -> Actor:
    """Set the session's secret for the rest of this transaction and return who it belongs to.

    `bearer` is a tracking token a resident holds: it opens that one case and nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [token, bearer])
        row = cursor.fetchone()
    if row is None:
        raise NoSession
    account_id, purpose, kind, roles, version, stamp = row
    return Actor(account_id, token, purpose, kind, tuple(Role(*held) for held in json.loads(roles)), version, stamp)


def hold(bearer: str) -> None:
    """Present a bearer's secret (a tracking token, a device's secret) for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('wg.bearer', %s, true)", [bearer])


@contextmanager
def acting(token: str, bearer: str = "") -> Iterator[Actor]:
    """Open a transaction in the name of the session and close it with the block."""
    with transaction.atomic():
        actor = enter(token, bearer)
        mark = current.set(actor)
        try:
            yield actor
        finally:
            current.reset(mark)


def actor_now() -> Actor:
    """Whoever acts in the present transaction."""
    actor = current.get()
    if actor is None:
        raise NoSession
    return actor


def without_hurry() -> None:
    """Let a statement of this connection take its time, and file its words in large heaps: for loading in bulk only."""
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0; set work_mem = '64MB'; set gin_pending_list_limit = '64MB'")


def looking_at_once() -> None:
    """Let this transaction's foreign keys be looked up with each statement, not all of them while it commits."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def reach_version() -> int | None:
    """Under which number the actor's transaction may remember what it reads of the area tree; None outside one."""
    actor = current.get()
    return None if actor is None else actor.reach_version


def without_waiting_for_the_disk() -> None:
    """Let this connection's commits return before the disk has them: only for data that can be loaded again."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
