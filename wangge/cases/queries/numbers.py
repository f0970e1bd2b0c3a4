"""A number for a new case: drawn, never counted, and free."""

import secrets
from datetime import date

from django.db import connection

from wangge.core import numbers

DRAWN = 2  # numbers looked up at once; with ten thousand reports in a day both are taken once in ten thousand times


def free_number(day: date) -> str:
    """Draw a number that no other case of the day has."""
    found = None
    while found is None:
        drawn = [numbers.case_number(day, secrets.randbelow(numbers.DRAWS)) for _ in range(DRAWN)]
        with connection.cursor() as cursor:
            cursor.execute("select cases_free_number(string_to_array(%s, ','))", [",".join(drawn)])
            (found,) = cursor.fetchone()
    return str(found)
