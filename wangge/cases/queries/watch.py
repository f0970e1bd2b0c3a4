"""What a process knows for all its open pages: the newest change anywhere, looked up a few times a second.

A page that asks about a later stamp than that has missed nothing, whoever it belongs to; only whether its session is
still open has to be asked now and then. The answer tells no more than that nothing happened at all.
"""

import time

from django.db import connection

LOOK_EVERY = 0.25  # seconds
SESSION_EVERY = 10.0
MOST_SESSIONS = 20_000


class Watch:
    """The newest change this process has seen, and when it last saw each session open."""

    def __init__(self) -> None:
        self.newest, self.looked = 0, float("-inf")
        self.open: dict[str, float] = {}

    def is_still(self, token: str, stamp: int) -> bool:
        """Nothing changed anywhere since the stamp, and the session was open a moment ago."""
        now = time.monotonic()
        if now - self.open.get(token, float("-inf")) > SESSION_EVERY:
            return False
        if now - self.looked > LOOK_EVERY:
            self.newest, self.looked = latest(), now
        return self.newest < stamp

    def saw_open(self, token: str) -> None:
        if len(self.open) >= MOST_SESSIONS:
            self.open.clear()
        self.open[token] = time.monotonic()


def latest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select cases_latest()")
        return int(cursor.fetchone()[0])


watch = Watch()
