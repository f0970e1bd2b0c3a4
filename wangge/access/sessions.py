"""Opening and closing sessions: only a process that holds the session key can name an account."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

BLOCK = 64
TOKEN = "wg_token"  # noqa: S105 - the field of the browser session that holds the secret


def padded_halves(key: bytes) -> tuple[bytes, bytes]:
    """Inner and outer HMAC-SHA256 pads of the key, as the database keeps them (RFC 2104)."""
    block = hashlib.sha256(key).digest().ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def sign(message: str) -> bytes:
    """HMAC of the message under the installation's session key."""
    return hmac.new(hashlib.sha256(settings.SESSION_KEY).digest(), message.encode(), hashlib.sha256).digest()


def open_session(account_id: int, *, kind: str, purpose: str, now: datetime, lasts: timedelta, label: str = "") -> str:
    """Open a session for the account and return its secret (256 bit, URL-safe).

    The database checks our signature, so that injected SQL cannot open a session for another account.
    """
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    until = (now + lasts).replace(microsecond=0)
    issued = int(now.timestamp())
    message = "|".join((str(account_id), digest.hex(), kind, purpose, str(int(until.timestamp())), str(issued)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select wg_open_session(%s, %s, %s, %s, %s, %s, %s, %s)",
            [account_id, digest, kind, purpose, label, until, issued, sign(message)],
        )
    return token


def close_session(token: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select wg_close_session(%s)", [token])


def close_all(account_id: int, *, but: str | None = None) -> int:
    """End every session of the account but one, and return how many ended."""
    with connection.cursor() as cursor:
        cursor.execute("select wg_close_sessions(%s, %s)", [account_id, but])
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class OpenSession:
    """One open session as its owner sees it; the handle names it and opens nothing."""

    handle: str
    kind: str
    label: str
    opened_at: datetime
    ends_at: datetime
    is_this: bool


def my_sessions() -> list[OpenSession]:
    """The open sessions of whoever acts, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select handle, kind, label, opened_at, ends_at, this_one from wg_my_sessions()")
        return [OpenSession(*row) for row in cursor.fetchall()]


def close_mine(handle: str) -> bool:
    """End one of one's own sessions; False when there is none of that handle."""
    with connection.cursor() as cursor:
        cursor.execute("select wg_close_my_session(%s)", [handle])
        return bool(cursor.fetchone()[0])
