"""Asking the database now what it would otherwise say at the end of the transaction."""

from django.db import connection


def check_now() -> None:
    """Check the foreign keys of what was written so far. Raises IntegrityError, inside the savepoint of the caller."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
