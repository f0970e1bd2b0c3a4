"""What changed since a stamp: one read over the index of transaction ids, seen through row-level security."""

from dataclasses import dataclass

from django.db import connection

MOST = 200
LARGEST = 2**62
STALE = 10_000  # a stamp this far back is renewed even when nothing changed, so that the read stays short


@dataclass(frozen=True)
class News:
    """The newest stamp, and the numbers of visible cases that changed since the one asked about."""

    stamp: int
    cases: list[str]
    is_stale: bool


def since(stamp: int) -> News:
    """Stamp and rows are of one snapshot: what commits later has a number not below the stamp."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " array(select number from cases_case where changed_xid >= %s order by changed_xid limit %s)",
            [stamp, MOST],
        )
        newest, cases = cursor.fetchone()
    return News(int(newest), list(cases), newest - stamp > STALE)


def stamp_of(text: str) -> int:
    """The stamp an address carries; what is not one asks from the beginning."""
    return min(int(text), LARGEST) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def is_quiet(token: str, stamp: int) -> bool:
    """Whether nothing the session may see changed since the stamp: one question, outside any transaction of ours."""
    with connection.cursor() as cursor:
        cursor.execute("select newest, numbers from cases_news(%s, %s, 1)", [token, stamp])
        found = cursor.fetchone()
    return found is not None and not found[1] and found[0] - stamp <= STALE


def stamp_now() -> int:
    """The stamp a page starts from."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
