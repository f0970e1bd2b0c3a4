"""Reads of the book by the house itself."""

from datetime import timedelta

from django.db import connection


def lag() -> timedelta:
    """Age of the oldest entry that no seal covers yet; zero when all are sealed."""
    with connection.cursor() as cursor:
        cursor.execute("select ledger_lag()")
        found: timedelta = cursor.fetchone()[0]
        return found
