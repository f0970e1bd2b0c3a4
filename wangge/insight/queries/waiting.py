"""What is open now, read once over the open cases: by area, by unit, by state."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from wangge.access.arrays import array
from wangge.cases.queries.desk import OPEN_STATES


@dataclass(slots=True)
class Open:
    """Open cases by the colour of their clock, and those with danger."""

    over: int = 0
    near: int = 0
    calm: int = 0
    paused: int = 0
    danger: int = 0

    @property
    def total(self) -> int:
        return self.over + self.near + self.calm + self.paused

    def add(self, other: "Open") -> None:
        self.over += other.over
        self.near += other.near
        self.calm += other.calm
        self.paused += other.paused
        self.danger += other.danger


@dataclass
class Waiting:
    """Open cases by area; by unit the overdue ones (None: no unit named yet); by state; with danger by state."""

    areas: dict[int, Open] = field(default_factory=dict)
    over_by_unit: dict[int | None, int] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    danger: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> Open:
        total = Open()
        for each in self.areas.values():
            total.add(each)
        return total


OPEN = """
select grouping(c.area_id), grouping(c.lead_id), c.area_id, c.lead_id, c.state, count(*),
       count(*) filter (where c.urgent),
       count(*) filter (where c.due_at < %(now)s),
       count(*) filter (where c.due_at >= %(now)s and c.state = 'suspended'),
       count(*) filter (where c.due_at >= %(now)s and c.state <> 'suspended'
                          and %(now)s - c.stage_at >= c.due_at - %(now)s)
  from cases_case c
 where c.state = any(%(open)s::text[]) and c.done_at is null
   and (%(everywhere)s or c.area_id in (select unnest(%(areas)s::integer[])))
 group by grouping sets ((c.area_id), (c.lead_id), (c.state))
"""


def waiting(areas: Collection[int] | None, now: datetime) -> Waiting:
    """The open cases of the areas, or everywhere."""
    found = Waiting()
    given: dict[str, Any] = {
        "now": now,
        "open": list(OPEN_STATES),
        "everywhere": areas is None,
        "areas": array(areas or ()),
    }
    with connection.cursor() as cursor:
        cursor.execute(OPEN, given)
        for no_area, no_unit, area, unit, state, total, danger, over, paused, near in cursor.fetchall():
            if not no_area:
                found.areas[area] = Open(over, near, total - over - near - paused, paused, danger)
            elif not no_unit:
                found.over_by_unit |= {unit: over} if over else {}
            else:
                found.states[state] = total
                found.danger[state] = danger
    return found
