"""Which past days are counted, what changed in them since, and the counts that are kept."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F, IntegerField, Sum
from django.utils.timezone import get_default_timezone, localtime

from wangge.core.counts import NUMBERS, Counts
from wangge.core.periods import DAY, begin_of
from wangge.insight.models import CountedDay, DayCount, Mark

Bounds = dict[date, tuple[datetime, datetime]]


@dataclass(frozen=True)
class Kept:
    """Days whose counts are kept, by which transaction each was last made, and what changed since."""

    ready: dict[date, int]
    changed: frozenset[tuple[date, int]]


def kept(first: date, last: date) -> Kept:
    """What is kept of the days from first to last."""
    days = dict(CountedDay.objects.filter(day__range=(first, last), ready=True).values_list("day", "xid"))
    changed = Mark.objects.filter(day__range=(first, last)).values_list("day", "area_id").distinct()
    return Kept(days, frozenset((d, a) for d, a in changed if d in days))


def bounds_of(days: Iterable[date]) -> Bounds:
    """When local days begin and end."""
    zone = get_default_timezone()
    return {day: (begin_of(day, zone), begin_of(day + DAY, zone)) for day in days}


SUMS = {f"sum_{name}": Sum(F(name), output_field=IntegerField()) for name in NUMBERS}


def sums(by: str, days: Collection[date], areas: Collection[int], *, whole: bool) -> dict[Any, Counts]:
    """Kept counts by `day` or `area_id`, without the minutes."""
    rows = DayCount.objects.filter(whole=whole, area_id__in=list(areas), day__in=list(days))
    found = rows.values(by).annotate(**SUMS).order_by()
    return {row[by]: Counts(**{name: row[f"sum_{name}"] for name in NUMBERS}) for row in found}


def add_minutes(to: Counts, days: Collection[date], areas: Collection[int], *, whole: bool) -> None:
    """Add the kept minutes of dispatching and closing."""
    rows = DayCount.objects.filter(whole=whole, area_id__in=list(areas), day__in=list(days))
    for dispatch, close in rows.values_list("dispatch", "close"):
        to.dispatch.update(dispatch)
        to.close.update(close)


def rows_of(days: Collection[date], areas: Collection[int] | None = None) -> dict[tuple[date, int], Counts]:
    """Kept counts of what lies in the areas themselves, with the minutes, day by day."""
    rows = DayCount.objects.filter(whole=False, day__in=list(days))
    if areas is not None:
        rows = rows.filter(area_id__in=list(areas))
    return {(row.day, row.area_id): counts_of(row) for row in rows}


def counts_of(row: DayCount) -> Counts:
    counts = Counts(**{name: getattr(row, name) for name in NUMBERS})
    counts.dispatch, counts.close = Counter(row.dispatch), Counter(row.close)
    return counts


@dataclass(frozen=True)
class Waiting:
    """Days up to today: not opened for notes yet, and opened but not counted."""

    unopened: Bounds
    uncounted: list[date]
    more: bool


def waiting(now: datetime, *, most: int) -> Waiting:
    """What there is to count, the newest days first; a day only when all transactions of before its opening ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select min(reported_at) from cases_case), pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        begin, oldest = cursor.fetchone()
    first = localtime(begin).date() if begin else localtime(now).date()
    known = set(CountedDay.objects.values_list("day", flat=True))
    begun = (first + n * DAY for n in range((localtime(now).date() - first).days + 1))
    uncounted = CountedDay.objects.filter(ready=False, xid__lt=oldest).order_by("-day").values_list("day", flat=True)
    found = list(uncounted[: most + 1])
    return Waiting(bounds_of(day for day in begun if day not in known), found[:most], len(found) > most)


def is_waiting(now: datetime) -> bool:
    """Whether anything is to be counted or counted again."""
    found = waiting(now, most=1)
    return bool(found.unopened or found.uncounted) or Mark.objects.exists()


def transaction_now() -> int:
    """The number of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])
