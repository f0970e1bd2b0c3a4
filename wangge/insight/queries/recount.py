"""Counts of days straight from the cases: of today, of days not counted yet, of what has changed since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.timezone import get_default_timezone

from wangge.clocks import queries as clocks
from wangge.core.counts import Counts
from wangge.core.deadlines import Calendar
from wangge.core.worktime import Worktime

Key = tuple[date, int]
Bounds = Mapping[date, tuple[datetime, datetime]]
DUPLICATE = "not_accepted.same_pending"

# `offset 0` keeps the days apart: each is read from its index, whatever the planner thinks of the whole.
REPORTED = """
select d.day, c.area_id,
       case when c.state = 'voided' then 'voided'
            when c.state = 'not_accepted' and %(duplicate)s = (select s.reason from cases_step s
              where s.case_id = c.id and s.verb = 'not_accept' order by s.at desc, s.id desc limit 1) then 'duplicates'
            else 'reports' end,
       case when c.dispatched_at >= c.reported_at
            then floor(extract(epoch from c.dispatched_at - c.reported_at) / 60)::integer end, count(*)
  from unnest(%(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[]) d (day, begins_at, ends_at)
 cross join lateral (
   select * from cases_case k where k.reported_at >= d.begins_at and k.reported_at < d.ends_at offset 0) c
 where %(everywhere)s or c.area_id in (select unnest(%(areas)s::integer[]))
 group by 1, 2, 3, 4
"""
ENDED = """
select d.day, c.area_id, c.reported_at, c.done_at,
       (select array_agg(s.at order by s.at, s.id) from cases_step s
         where s.case_id = c.id and s.verb in ('suspend', 'resume'))
  from unnest(%(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[]) d (day, begins_at, ends_at)
 cross join lateral (select * from cases_case k where k.done_at >= d.begins_at and k.done_at < d.ends_at offset 0) c
 where c.state in ('closed', 'self_handled') and (%(everywhere)s or c.area_id in (select unnest(%(areas)s::integer[])))
"""
ASKED = """
select d.day, c.area_id,
       coalesce((select a.verb from cases_step a where a.case_id = s.case_id and (a.at, a.id) > (s.at, s.id)
         and a.verb in ('rate_solved', 'rate_partly', 'rate_unsolved') order by a.at, a.id limit 1), ''), count(*)
  from unnest(%(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[]) d (day, begins_at, ends_at)
 cross join lateral (select * from cases_step k
   where k.verb = 'pass_check' and k.at >= d.begins_at and k.at < d.ends_at offset 0) s
 cross join lateral (select * from cases_case k where k.id = s.case_id offset 0) c
 where c.state <> 'voided' and (%(everywhere)s or c.area_id in (select unnest(%(areas)s::integer[])))
   and (select count(*) from cases_step n
     where n.case_id = s.case_id and n.verb = 'pass_check' and (n.at, n.id) > (s.at, s.id)) = 0
 group by 1, 2, 3
"""


def recount(days: Bounds, areas: Collection[int] | None) -> dict[Key, Counts]:
    """Counts by day and area of the days given with their bounds, in the areas given or everywhere."""
    found: dict[Key, Counts] = defaultdict(Counts)
    if not days or (areas is not None and not areas):
        return found
    given = {
        "days": list(days), "begins": [begin for begin, _end in days.values()],
        "ends": [end for _begin, end in days.values()], "everywhere": areas is None, "areas": list(areas or ()),
        "duplicate": DUPLICATE,
    }  # fmt: skip
    _reported(found, given)
    _ended(found, given)
    _asked(found, given)
    return found


def _reported(found: dict[Key, Counts], given: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(REPORTED, given)
        for day, area, kind, minutes, number in cursor.fetchall():
            counts = found[day, area]
            setattr(counts, kind, getattr(counts, kind) + number)
            if kind == "reports" and minutes is not None:
                counts.dispatch[minutes] += number


def _ended(found: dict[Key, Counts], given: dict[str, Any]) -> None:
    worktime = office_hours()
    with connection.cursor() as cursor:
        cursor.execute(ENDED, given)
        for day, area, reported_at, done_at, pauses in cursor.fetchall():
            counts = found[day, area]
            counts.closed += 1
            paused = list(zip((pauses or ())[::2], (pauses or ())[1::2], strict=False))
            minutes = worktime.minutes(reported_at, max(reported_at, done_at), paused)
            if minutes is not None:
                counts.close[minutes] += 1


def _asked(found: dict[Key, Counts], given: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ASKED, given)
        for day, area, answer, number in cursor.fetchall():
            counts = found[day, area]
            counts.asked += number
            counts.answered += number if answer else 0
            counts.solved += number if answer == "rate_solved" else 0


def office_hours() -> Worktime:
    """The working time of the city's calendar, added up once for each calendar."""
    return _worktime(clocks.calendar(get_default_timezone()))


@lru_cache(maxsize=2)
def _worktime(calendar: Calendar) -> Worktime:
    return Worktime(calendar)
