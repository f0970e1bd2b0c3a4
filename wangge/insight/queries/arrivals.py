"""Reports of today up to this minute, against the same weekdays of the last eight weeks up to the same time of day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import get_default_timezone, localtime

from wangge.access.arrays import array
from wangge.core.counts import middle
from wangge.core.periods import begin_of
from wangge.insight.queries.recount import DUPLICATE
from wangge.places.queries.trees import tree_of

WEEKS = 8
BY_THEN = """
select d.day, count(*) from unnest(%(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
       d (day, begins_at, ends_at)
 cross join lateral (
   select * from cases_case k where k.reported_at >= d.begins_at and k.reported_at <= d.ends_at offset 0) c
 where c.state <> 'voided' and c.area_id in (select unnest(%(areas)s::integer[]))
   and not (c.state = 'not_accepted' and %(duplicate)s = (select s.reason from cases_step s
     where s.case_id = c.id and s.verb = 'not_accept' order by s.at desc, s.id desc limit 1))
 group by d.day
"""


@dataclass(frozen=True)
class Arrivals:
    """Reports of today so far, and so far on each of the same weekdays before, the latest first."""

    today: int
    earlier: tuple[tuple[date, int], ...]

    @property
    def usual(self) -> float | None:
        """The median of the earlier days."""
        return middle(number for _day, number in self.earlier)


def arrivals(area: int, now: datetime) -> Arrivals:
    """Today against the weekdays before, in the area as it was on each of these days."""
    today = localtime(now).date()
    days = [today - timedelta(weeks=n) for n in range(WEEKS + 1)]
    groups: dict[frozenset[int], list[date]] = {}
    for day in days:
        groups.setdefault(tree_of(day).inside(area), []).append(day)
    found: dict[date, int] = {}
    for areas, those in groups.items():
        found |= _by_then(areas, those, now)
    return Arrivals(found.get(today, 0), tuple((day, found.get(day, 0)) for day in days[1:]))


def _by_then(areas: Collection[int], days: list[date], now: datetime) -> dict[date, int]:
    zone = get_default_timezone()
    begins = [begin_of(day, zone) for day in days]
    so_far = now - begin_of(localtime(now).date(), zone)
    given: dict[str, Any] = {
        "days": days, "begins": begins, "ends": [begin + so_far for begin in begins],
        "areas": array(areas), "duplicate": DUPLICATE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BY_THEN, given)
        return dict(cursor.fetchall())
