"""My day of a community secretary: what is late, what ends today, where to look, whose answer is awaited."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext_lazy as _

from wangge.cases.models import Case
from wangge.cases.queries.desk import OPEN_STATES
from wangge.cases.queries.faces import Badge, badge, calendar, clock_of, kind_of
from wangge.core.clock_face import Face
from wangge.core.deadlines import ClockKind
from wangge.core.periods import DAY, begin_of
from wangge.insight.queries.staffing import unstaffed
from wangge.places.models import Area
from wangge.places.queries.trees import tree_of

MOST = 200
VISITS = ("verifying", "handled", "checking")


@dataclass(frozen=True)
class Task:
    """One case as the sheet shows it: never a name or a number of a person."""

    case: Case
    badge: Badge
    face: Face
    kind: ClockKind


@dataclass(frozen=True)
class Section:
    """Cases with the same thing to do."""

    code: str
    label: str | Promise
    icon: str
    tasks: list[Task] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """Everything of a day: each open case stands in one section at most."""

    sections: tuple[Section, ...]
    empty_grids: list[Area]
    cut: bool

    @property
    def left(self) -> int:
        return sum(len(section.tasks) for section in self.sections) + len(self.empty_grids)


def community_day(areas: Collection[int], now: datetime) -> Day:
    """What there is to do in the areas, what is due first comes first."""
    tree, today = tree_of(localtime(now).date()), localtime(now).date()
    inside = frozenset[int]().union(*(tree.inside(area) for area in areas))
    midnight = begin_of(today + DAY, get_default_timezone())
    sections = (
        Section("over", _("Overdue"), "alarm"), Section("today", _("Ends today"), "clock"),
        Section("visits", _("To be looked at on site"), "eye-search"),
        Section("answers", _("Answer of the reporter awaited"), "message-star"),
    )  # fmt: skip
    by_code = {section.code: section for section in sections}
    found = Case.objects.filter(area_id__in=inside, state__in=OPEN_STATES).select_related("area", "lead")
    rows, days = list(found.defer("area__outline").order_by("due_at", "pk")[: MOST + 1]), calendar()
    for case in rows[:MOST]:
        code = _section(case, now, midnight)
        if code:
            by_code[code].tasks.append(Task(case, badge(case.state), clock_of(case, now, days), kind_of(case)))
    return Day(sections, list(unstaffed(areas, now).defer("outline")), len(rows) > MOST)


def _section(case: Case, now: datetime, midnight: datetime) -> str:
    if case.due_at < now:
        return "over"
    if case.due_at < midnight and case.state != "suspended":
        return "today"
    if case.state in VISITS:
        return "visits"
    return "answers" if case.state == "revisiting" else ""
