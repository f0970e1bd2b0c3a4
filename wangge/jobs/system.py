"""The system's own account: what the house does by itself is signed too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from wangge.access.actor import Actor
from wangge.access.context import acting
from wangge.access.sessions import close_session, open_session

SYSTEM, PUBLIC = "system", "public"


class NotFurnished(LookupError):
    """The accounts that are no person are not there: nothing was migrated yet."""


def account_of(name: str) -> int:
    """Id of one of the two accounts that are no person: `system` and `public`."""
    with connection.cursor() as cursor:
        cursor.execute("select id from teams_account where username = %s and kind = %s", [name, name])
        row = cursor.fetchone()
    if row is None:
        msg = f"the account '{name}' is missing: run 'wangge migrate'"
        raise NotFurnished(msg)
    return int(row[0])


@contextmanager
def as_system(purpose: str) -> Iterator[Actor]:
    """Act in the house's own name, in one transaction."""
    token = open_session(
        account_of(SYSTEM), kind="job", purpose=purpose, now=timezone.now(), lasts=timedelta(minutes=10)
    )
    try:
        with acting(token) as actor:
            yield actor
    finally:
        close_session(token)
