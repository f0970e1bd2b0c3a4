"""What changed since a stamp: one read over the index of transaction ids, seen through row-level security."""

from dataclasses import dataclass

from django.db import connection

MOST = 200
STAMP = "Wangge-Stamp"  # header beside a 204: where the next question may begin
LARGEST = 2**62


@dataclass(frozen=True)
class News:
    """The newest stamp, and the numbers of visible cases that changed since the one asked about."""

    stamp: int
    cases: list[str]


def since(stamp: int) -> News:
    """Stamp and rows are of one snapshot: what commits later has a number not below the stamp."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " array(select number from cases_case where changed_xid >= %s order by changed_xid limit %s)",
            [stamp, MOST],
        )
        newest, cases = cursor.fetchone()
    return News(int(newest), list(cases))


def stamp_of(text: str) -> int:
    """The stamp an address carries; what is not one asks from the beginning."""
    return min(int(text), LARGEST) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def glance(token: str, stamp: int) -> News | None:
    """Whether anything the session may see changed: one question, outside any transaction of ours. None without one."""
    with connection.cursor() as cursor:
        cursor.execute("select newest, numbers from cases_news(%s, %s, 1)", [token, stamp])
        found = cursor.fetchone()
    return None if found is None else News(int(found[0]), list(found[1]))
