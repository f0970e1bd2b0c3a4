"""The first rows of a case: itself under a number that is free, and its first step.

Whether a number is free only the database knows, at the moment of writing: a resident sees no other case. So looking,
adding the case and adding the step are one question.
"""

import json
import secrets
from datetime import date, datetime

from django.db import connection, models

from wangge.cases.models import Case, Step
from wangge.core import numbers


def drawn(day: date) -> str:
    """Draw a case number; whether another case of the day has it, `written` says."""
    return numbers.case_number(day, secrets.randbelow(numbers.DRAWS))


def written(case: Case, step: Step, token: str = "") -> bool:
    """Write both in one question to the database and give them their ids; False when the number is taken.

    `token` is the secret of whoever may see the case by it: a resident writes as the one who will hold it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select case_id, step_id from cases_begin(%s, %s, %s)", [token, _row(case), _row(step)])
        ids = cursor.fetchone()
    if ids is None:
        return False
    case.pk, step.pk = ids
    step.case = case
    return True


def _row(of: models.Model) -> str:
    values = {field.column: getattr(of, field.attname) for field in of._meta.concrete_fields}
    return json.dumps(values, default=_said, ensure_ascii=False)


def _said(value: object) -> str:
    """The form in which PostgreSQL reads what JSON has no form for."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    assert isinstance(value, datetime)
    return value.isoformat()
