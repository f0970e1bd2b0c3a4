"""How long something is kept: what starts its time, on which day it goes, and the digests that prove a removal."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum


class Start(StrEnum):
    """What starts the time: from that day on the days are counted."""

    LEFT = "left"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    EXPIRED = "expired"
    SENT = "sent"


class Way(StrEnum):
    """What is done when the time is over."""

    ROW = "row"
    FIELD = "field"
    FILE = "file"


def newest_over(today: date, days: int) -> date:
    """Return the newest day whose things go today: `days` natural days lie between it and today."""
    return today - timedelta(days=days)


def goes_on(start: date, days: int) -> date:
    """Return the day on which something goes whose time started on a day."""
    return start + timedelta(days=days)


def digest_of_keys(table: str, keys: Iterable[str]) -> str:
    """Return the digest of the keys of removed rows, whatever their order: hexadecimal SHA-256."""
    return hashlib.sha256("\n".join([table, *sorted(keys)]).encode()).hexdigest()


def digest_of_parts(parts: Iterable[str]) -> str:
    """Return the one digest over the digests of all parts, in their order: hexadecimal SHA-256."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
