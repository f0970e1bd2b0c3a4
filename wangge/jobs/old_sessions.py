"""Sessions that have ended: the app role cannot read them, so three functions of the database count and remove them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from wangge.core.retention import Start, Way
from wangge.jobs.keeping import Key, Over, Summed, end_of


class OldSessions:
    """The category of ended sessions; they lie in no area."""

    code, table, start, way = "session_over", "access_session", Start.EXPIRED, Way.ROW

    def summed(self, newest: date, held: QuerySet[Any, Any]) -> list[Summed]:
        with connection.cursor() as cursor:
            cursor.execute("select rows, oldest from wg_sessions_over(%s)", [end_of(newest)])
            rows, oldest = cursor.fetchone()
        return [Summed(None, rows, oldest)] if rows else []

    def taken(self, newest: date, held: QuerySet[Any, Any], most: int) -> list[Over]:
        with connection.cursor() as cursor:
            cursor.execute("select handle, since from wg_take_sessions(%s, %s)", [end_of(newest), most])
            return [Over(handle, None, since) for handle, since in cursor.fetchall()]

    def remove(self, keys: Sequence[Key], newest: date) -> Mapping[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("select wg_forget_sessions(%s, %s)", [list(keys), end_of(newest)])
        return {}
