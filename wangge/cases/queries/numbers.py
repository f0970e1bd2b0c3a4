"""A number for a new case: drawn, never counted, and free."""

import secrets
from datetime import date

from django.db import connection

from wangge.core import numbers

DRAWN = 8  # numbers looked up at once: all of them taken would take a hundred thousand reports in a day


def free_number(day: date) -> str:
    """Draw a number that no other case of the day has."""
    drawn = [numbers.case_number(day, secrets.randbelow(numbers.DRAWS)) for _ in range(DRAWN)]
    with connection.cursor() as cursor:
        cursor.execute("select cases_free_number(string_to_array(%s, ','))", [",".join(drawn)])
        found: str = cursor.fetchone()[0]
        return found
