"""The one write of this floor: keep the counts of days, today's too, and mend those that changed since."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import sql

from wangge.access import bulk
from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.core.counts import MINUTES, NUMBERS, Counts
from wangge.insight.models import CountedDay, DayCount, Mark
from wangge.insight.queries.days import bounds_of, rows_of, transaction_now, waiting
from wangge.insight.queries.recount import recount
from wangge.places.queries.trees import tree_of

MOST_DAYS = 15
MOST_MARKS = 5000
RENEWED = sql.SQL("on conflict (area_id, whole, day) do update set {}").format(
    sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in (*NUMBERS, *MINUTES))
)
Own = Mapping[int, Counts]
Row = tuple[bool, int]


@dataclass(frozen=True)
class Kept:
    """How many days were counted and mended, and whether more wait."""

    days: int
    mended: int
    more: bool
    ledger_subject: str = "figures:days"
    ledger_area: int | None = None


@action("insight.keep_days", needs=by_the_system)
def keep_days(*, by: Actor, now: datetime) -> Kept:
    """Count the days that are not counted yet, and count again where something changed.

    Doing it twice changes nothing. A day is opened for notes first and counted when every transaction of before has
    ended; a note that is not seen yet stays for the next time.
    """
    todo = waiting(now, most=MOST_DAYS)
    xid = transaction_now()
    CountedDay.objects.bulk_create(
        [CountedDay(day=day, begins_at=begin, ends_at=end, xid=xid) for day, (begin, end) in todo.unopened.items()],
        ignore_conflicts=True,
    )
    marks = list(Mark.objects.order_by("id").values_list("id", "day", "area_id")[:MOST_MARKS])
    Mark.objects.filter(id__in=[mark for mark, _day, _area in marks]).delete()
    _count(todo.uncounted, xid)
    mended = _mend([(day, area) for _mark, day, area in marks], frozenset(todo.uncounted), xid)
    note(opened=len(todo.unopened), days=len(todo.uncounted), mended=mended)
    return Kept(len(todo.uncounted), mended, bool(todo.unopened) or todo.more or len(marks) == MOST_MARKS)


def _count(days: list[date], xid: int) -> None:
    """Whole days anew; what was counted before and is no longer there becomes nothing."""
    own: dict[date, dict[int, Counts]] = {day: {} for day in days}
    for (day, area), counts in recount(bounds_of(days), None).items():
        own[day][area] = counts
    for day in days:
        rows = _rolled(day, own[day])
        held = DayCount.objects.filter(day=day).values_list("whole", "area_id")
        _write(day, {row: Counts() for row in held} | rows)
    CountedDay.objects.filter(day__in=days).update(ready=True, xid=xid)


def _mend(changed: list[tuple[date, int]], counted: frozenset[date], xid: int) -> int:
    """Areas of counted days anew, and all in which they lay on that day."""
    ready = set(
        CountedDay.objects.filter(ready=True, day__in={day for day, _ in changed}).values_list("day", flat=True)
    )
    areas: dict[date, set[int]] = defaultdict(set)
    for day, area in changed:
        if day in ready and day not in counted:
            areas[day].add(area)
    for day, those in areas.items():
        own = {area: counts for (_day, area), counts in rows_of([day]).items()}
        fresh = recount(bounds_of([day]), those)
        own |= {area: fresh.get((day, area), Counts()) for area in those}
        tree = tree_of(day)
        above = {one for area in those for one in tree.way(area)}
        rows = {(whole, one): counts for (whole, one), counts in _rolled(day, own).items() if one in above}
        _write(day, rows)
    CountedDay.objects.filter(day__in=list(areas)).update(xid=xid)
    return sum(map(len, areas.values()))


def _rolled(day: date, own: Own) -> dict[Row, Counts]:
    """Each area's own counts, and those of every area with all that lay in it that day."""
    tree, rows = tree_of(day), {(False, area): counts for area, counts in own.items()}
    for area, counts in own.items():
        for above in tree.way(area):
            rows.setdefault((True, above), Counts()).add(counts)
    return rows


def _write(day: date, rows: Mapping[Row, Counts]) -> None:
    counts = rows.values()
    numbers = {name: [getattr(each, name) for each in counts] for name in NUMBERS}
    minutes = {name: [_listed(getattr(each, name)) for each in counts] for name in MINUTES}
    at: dict[str, list[Any]] = {
        "day": [day] * len(rows),
        "whole": [whole for whole, _area in rows],
        "area_id": [area for _whole, area in rows],
    }
    bulk.insert(DayCount, {**at, **numbers, **minutes}, RENEWED)


def _listed(often: Counter[int]) -> str:
    """Each minute as often as it occurs, as an array of the database."""
    return f"{{{','.join(map(str, sorted(often.elements())))}}}"
