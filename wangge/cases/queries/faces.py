"""How a case looks in any list: its state's badge, its clock, the words of its category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import get_language

from wangge.cases.models import Case
from wangge.cases.words import ICONS, State
from wangge.catalogue import queries as catalogue
from wangge.catalogue.parts import Label
from wangge.catalogue.schema import Category
from wangge.clocks import queries as clocks
from wangge.core.clock_face import Face, face
from wangge.core.deadlines import Calendar, ClockKind, working_days_left

LOOKS = {"wait": "waiting", "done": "good", "off": "none"}
AT_THE_UNIT = ("dispatched", "in_progress", "rework", "extension")
SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True)
class Badge:
    """A state as the component badge draws it."""

    label: str
    icon: str
    tone: str


def badge(state: str) -> Badge:
    """The look and the label of a state."""
    return _badge(state, get_language())


@lru_cache(maxsize=64)
def _badge(state: str, _language: str | None) -> Badge:
    tone, icon = ICONS[state]
    return Badge(str(State(state).label), icon, LOOKS.get(tone, tone))


def said(label: Label) -> str:
    """A label of the catalogue in the language of the page."""
    return label.text(get_language() or "zh-hans")


def calendar() -> Calendar:
    """The calendar the city's clocks count by."""
    return clocks.calendar(get_default_timezone())


def kind_of(case: Case) -> ClockKind:
    return ClockKind(case.clock)


def clock_of(case: Case, now: datetime, days: Calendar) -> Face:
    """What the clock of a case shows: of its stage while it runs, of the whole way once it has ended."""
    began = case.dispatched_at if case.state in AT_THE_UNIT and case.dispatched_at else case.stage_at
    if case.done_at is not None:
        began = case.reported_at
    due, moment = localtime(case.due_at), localtime(now)
    counted = kind_of(case) is ClockKind.WORKING_DAY and case.state != State.SUSPENDED and due > moment
    return face(
        moment,
        due,
        min(localtime(began), due - SHORTEST),
        paused_until=due if case.state == State.SUSPENDED else None,
        done_at=localtime(case.done_at) if case.done_at else None,
        working_days=working_days_left(moment, due, days) if counted else None,
    )


def labels(categories: Iterable[catalogue.Held[Category]]) -> Mapping[str, str]:
    """Labels of the categories in use, by code."""
    language = get_language() or "zh-hans"
    return {each.code: each.entry.label.text(language) for each in categories}
