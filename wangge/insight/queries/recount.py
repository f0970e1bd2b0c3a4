"""Counts of days straight from the cases: of today, of days not counted yet, of what has changed since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
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

LAY = """coalesce((select f.origin_id from cases_formerarea f
  where f.case_id = c.id and f.until > d.day order by f.until limit 1), c.area_id)"""
LIES = "c.area_id"
# `offset 0` keeps the days apart: each is read from its index, whatever the planner thinks of the whole.
OF_DAYS = """cross join lateral (
   select * from cases_case k where k.{moment} >= d.begins_at and k.{moment} < d.ends_at offset 0) c"""
OF_IDS = "join cases_case c on c.id = any (%(ids)s) and c.{moment} >= d.begins_at and c.{moment} < d.ends_at"
STEPS_OF_DAYS = """cross join lateral (select * from cases_step k
   where k.verb = 'pass_check' and k.at >= d.begins_at and k.at < d.ends_at offset 0) s
 cross join lateral (select * from cases_case k where k.id = s.case_id offset 0) c"""
STEPS_OF_IDS = """join cases_step s on s.case_id = any (%(ids)s) and s.verb = 'pass_check'
   and s.at >= d.begins_at and s.at < d.ends_at join cases_case c on c.id = s.case_id"""
DAYS = "unnest(%(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[]) d (day, begins_at, ends_at)"
REPORTED = """
select d.day, {lay},
       case when c.state = 'voided' then 'voided'
            when c.state = 'not_accepted' and %(duplicate)s = (select s.reason from cases_step s
              where s.case_id = c.id and s.verb = 'not_accept' order by s.at desc, s.id desc limit 1) then 'duplicates'
            else 'reports' end,
       case when c.dispatched_at >= c.reported_at
            then floor(extract(epoch from c.dispatched_at - c.reported_at) / 60)::integer end, count(*)
  from {days} {cases}
 where %(everywhere)s or {lay} in (select unnest(%(areas)s::integer[]))
 group by 1, 2, 3, 4
"""
ENDED = """
select d.day, {lay}, c.reported_at, c.done_at,
       (select array_agg(s.at order by s.at, s.id) from cases_step s
         where s.case_id = c.id and s.verb in ('suspend', 'resume'))
  from {days} {cases}
 where c.state in ('closed', 'self_handled') and (%(everywhere)s or {lay} in (select unnest(%(areas)s::integer[])))
"""
ASKED = """
select d.day, {lay},
       coalesce((select a.verb from cases_step a where a.case_id = s.case_id and (a.at, a.id) > (s.at, s.id)
         and a.verb in ('rate_solved', 'rate_partly', 'rate_unsolved') order by a.at, a.id limit 1), ''), count(*)
  from {days} {cases}
 where c.state <> 'voided' and (%(everywhere)s or {lay} in (select unnest(%(areas)s::integer[])))
   and (select count(*) from cases_step n
     where n.case_id = s.case_id and n.verb = 'pass_check' and (n.at, n.id) > (s.at, s.id)) = 0
 group by 1, 2, 3
"""
MOVED = """
select f.case_id from cases_formerarea f where f.origin_id = any (%(areas)s)
 union select f.case_id from cases_formerarea f join cases_case c on c.id = f.case_id where c.area_id = any (%(areas)s)
"""


@dataclass(frozen=True)
class Statements:
    """The three questions, asked of whole days or of some cases; by the grids of each day or by those of today."""

    reported: str
    ended: str
    asked: str

    @classmethod
    def of(cls, lay: str, cases: str, steps: str) -> "Statements":
        held = {"lay": lay, "days": DAYS}
        return cls(
            REPORTED.format(cases=cases.format(moment="reported_at"), **held),
            ENDED.format(cases=cases.format(moment="done_at"), **held), ASKED.format(cases=steps, **held),
        )  # fmt: skip


WHOLE = Statements.of(LAY, OF_DAYS, STEPS_OF_DAYS)
THEN, NOW = (Statements.of(lay, OF_IDS, STEPS_OF_IDS) for lay in (LAY, LIES))


def recount(days: Bounds, areas: Collection[int] | None) -> dict[Key, Counts]:
    """Counts by day and area of the days given with their bounds, in the areas given or everywhere.

    The area is the one in which a case lay on that day: a plan of grids may have laid it into another since.
    """
    if not days or (areas is not None and not areas):
        return {}
    return _counted(WHOLE, days, {"everywhere": areas is None, "areas": list(areas or ()), "ids": []})


def moved(days: Bounds, areas: Collection[int]) -> tuple[dict[Key, Counts], dict[Key, Counts]]:
    """Counts of the cases that plans of grids laid out of these areas or into them: where they lay, where they lie."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED, {"areas": list(areas)})
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ids or not days:
        return {}, {}
    given = {"everywhere": True, "areas": [], "ids": ids}
    return _counted(THEN, days, given), _counted(NOW, days, given)


def _counted(asked: Statements, days: Bounds, given: dict[str, Any]) -> dict[Key, Counts]:
    found: dict[Key, Counts] = defaultdict(Counts)
    given |= {
        "days": list(days), "begins": [begin for begin, _end in days.values()],
        "ends": [end for _begin, end in days.values()], "duplicate": DUPLICATE,
    }  # fmt: skip
    _reported(found, asked.reported, given)
    _ended(found, asked.ended, given)
    _asked(found, asked.asked, given)
    return found


def _reported(found: dict[Key, Counts], asked: str, given: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        for day, area, kind, minutes, number in cursor.fetchall():
            counts = found[day, area]
            setattr(counts, kind, getattr(counts, kind) + number)
            if kind == "reports" and minutes is not None:
                counts.dispatch[minutes] += number


def _ended(found: dict[Key, Counts], asked: str, given: dict[str, Any]) -> None:
    worktime = office_hours()
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        for day, area, reported_at, done_at, pauses in cursor.fetchall():
            counts = found[day, area]
            counts.closed += 1
            paused = list(zip((pauses or ())[::2], (pauses or ())[1::2], strict=False))
            minutes = worktime.minutes(reported_at, max(reported_at, done_at), paused)
            if minutes is not None:
                counts.close[minutes] += 1


def _asked(found: dict[Key, Counts], asked: str, given: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
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
