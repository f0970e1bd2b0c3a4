"""The work lists: which cases, in which order, how many, read by keyset and in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThanOrEqual

from wangge.access.actor import Actor
from wangge.cases.models import Case
from wangge.cases.queries import suggest
from wangge.cases.queries.counted import counted, in_area, in_days
from wangge.cases.queries.faces import Badge, badge, calendar, clock_of, kind_of, labels
from wangge.cases.queries.reach import close_to
from wangge.cases.words import DESKS, OPEN
from wangge.catalogue import queries as catalogue
from wangge.catalogue.schema import Category
from wangge.core.clock_face import Face
from wangge.core.deadlines import Calendar, ClockKind

PAGE = 50
MOST_FOUND = 2000
OUTLINES = ("area__outline", "area__parent__outline")
OPEN_STATES = tuple(OPEN.split(" | "))
NO_UNIT = 0


@dataclass(frozen=True)
class Cursor:
    """The last row that was seen: the moment the list is sorted by, and the id."""

    at: datetime
    case_id: int


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; every field stands in the address, so that a list can be kept and shared."""

    search: str = ""
    danger: bool = False
    due: str = ""
    state: str = ""
    source: str = ""
    categories: tuple[str, ...] = ()
    unit: int | None = None
    area: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest: bool = False
    by: str = ""
    answer: str = ""
    counted: bool = False
    dispatched: bool = False
    then: bool = False
    within: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of a list."""

    case: Case
    state: Badge
    category: str
    is_guess: bool
    face: Face
    kind: ClockKind


@dataclass(frozen=True)
class Page:
    """A page of rows; `more` is set when others follow."""

    rows: list[Row]
    more: Cursor | None


def of_desk(desk: str, actor: Actor) -> QuerySet[Case]:
    """The cases on a desk, as far as row-level security lets the actor see them."""
    states = DESKS[desk][1]
    found = Case.objects.filter(state__in=states) if states else Case.objects.all()
    return found.filter(lead__in=actor.organisations) if desk == "unit" else close_to(found, actor)


def is_near(now: datetime) -> Q:
    """Half of the time is used and some is left; a clock that is stopped uses none.

    Said in spans, not as `due_at >= now`: most open cases have time left, so that no index of deadlines is of help.
    """
    used = models.ExpressionWrapper(Value(now) - F("stage_at"), output_field=models.DurationField())
    left = models.ExpressionWrapper(F("due_at") - Value(now), output_field=models.DurationField())
    some = Value(timedelta(0), models.DurationField())
    return Q(GreaterThanOrEqual(left, some)) & ~Q(state="suspended") & Q(GreaterThanOrEqual(used, left))


def is_over(now: datetime) -> Q:
    return Q(due_at__lt=now, done_at__isnull=True)


def of_clock(due: str, now: datetime) -> Q:
    """Open cases by what their clock shows; each shows one of four things."""
    stopped = Q(state="suspended", due_at__gte=now)
    over, near = Q(due_at__lt=now), is_near(now)
    return {"over": over, "near": near, "paused": stopped, "calm": ~over & ~near & ~stopped}.get(due, Q())


def narrowed(found: QuerySet[Case], wanted: Wanted, now: datetime) -> QuerySet[Case]:
    """The filters of the address laid over a list."""
    plain: dict[str, Any] = {
        "urgent": wanted.danger or None,
        "state": wanted.state or None,
        "source": wanted.source or None,
        "category_code__in": wanted.categories or None,
        "lead_id": wanted.unit or None,
        "lead_id__isnull": True if wanted.unit == NO_UNIT else None,
        "dispatched_at__isnull": False if wanted.dispatched else None,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value is not None})
    time = (wanted.by, wanted.since, wanted.until, wanted.answer)
    plan: dict[str, Any] = {"then": wanted.then, "within": wanted.within}
    found = found.filter(in_days(*time) if wanted.area is None else in_area(wanted.area, *time, **plan))
    if wanted.due:
        found = found.filter(of_clock(wanted.due, now), state__in=OPEN_STATES)
    found = counted(found) if wanted.counted else found
    return searched(found, wanted.search) if wanted.search else found


def searched(found: QuerySet[Case], text: str) -> QuerySet[Case]:
    """By number when it looks like one, else by the words of text and place: the open cases, then the newest."""
    if first := number_in(text):
        return numbered(found, first)
    return found.filter(id__in=RawSQL("select cases_holding(%s, %s)", [text, MOST_FOUND]))


def number_in(text: str) -> str:
    """The beginning of a case number as it is kept, when the text may be one; else nothing."""
    digits = text.replace(" ", "")
    if not (digits.replace("-", "").isdecimal() and len(digits) >= 6 and digits.isascii()):
        return ""
    return digits if "-" in digits else f"{digits[:6]}-{digits[6:]}".rstrip("-")


def numbered(found: QuerySet[Case], first: str) -> QuerySet[Case]:
    """Cases whose number begins so; a plain `like` could not use the index."""
    return found.filter(number__gte=first, number__lt=f"{first}~")


def sorted_from(found: QuerySet[Case], *, newest: bool, after: Cursor | None) -> QuerySet[Case]:
    """The order of the list, from behind the last row seen: stable while others insert."""
    if newest:
        if after:
            found = found.filter(Q(reported_at__lte=after.at) & (Q(reported_at__lt=after.at) | Q(id__lt=after.case_id)))
        return found.order_by("-reported_at", "-id")
    if after:
        found = found.filter(Q(due_at__gte=after.at) & (Q(due_at__gt=after.at) | Q(id__gt=after.case_id)))
    return found.order_by("due_at", "id")


def page(
    found: QuerySet[Case],
    wanted: Wanted,
    now: datetime,
    known: Iterable[catalogue.Held[Category]],
    *,
    after: Cursor | None = None,
) -> Page:
    """One page of the list. Names are looked up for the rows of the page, not for all that were found."""
    listed = sorted_from(narrowed(found, wanted, now), newest=wanted.newest, after=after)[: PAGE + 1]
    shown = sorted_from(Case.objects.filter(pk__in=listed.values("pk")), newest=wanted.newest, after=None)
    cases = list(shown.select_related("area__parent", "lead").defer(*OUTLINES))
    days, names = calendar(), labels(known)
    last = cases[PAGE - 1] if len(cases) > PAGE else None
    more = Cursor(last.reported_at if wanted.newest else last.due_at, last.pk) if last else None
    return Page([row_of(case, now, days, names, known) for case in cases[:PAGE]], more)


def row_of(
    case: Case,
    now: datetime,
    days: Calendar,
    names: Any,
    known: Iterable[catalogue.Held[Category]],
) -> Row:
    """A case as the list shows it; without a category, with the one that fits best."""
    name, is_guess = names.get(case.category_code, case.category_code), False
    if not name and case.state in OPEN_STATES:
        guess = suggest.best(case, known)
        name, is_guess = (names[guess.code] if guess else ""), guess is not None
    return Row(case, badge(case.state), name, is_guess, clock_of(case, now, days), kind_of(case))


@dataclass(frozen=True)
class Figures:
    """How many cases lie on a desk, and how many of them are in danger, near their limit, over it."""

    total: int
    danger: int
    near: int
    over: int


def desks_of(actor: Actor) -> list[str]:
    """The desks at which the actor works, in their order."""
    return [desk for desk, (_label, _states, roles) in DESKS.items() if actor.has(*roles)]


@dataclass(frozen=True)
class Tally:
    """How many open cases wait on each of the actor's desks, and the figures over one of them."""

    waiting: dict[str, int]
    figures: Figures


@dataclass(frozen=True)
class Group:
    """Open cases that are alike in state and danger, and in whether they lie with one of the actor's units."""

    state: str
    is_mine: bool
    total: int
    over: int
    urgent: bool = False
    near: int = 0

    def lies_on(self, desk: str) -> bool:
        return self.state in (DESKS[desk][1] or OPEN_STATES) and (self.is_mine or desk != "unit")


def tally(actor: Actor, now: datetime, desk: str = "all") -> Tally:
    """Everything that is counted for a page of a desk, in one read over the open cases; "all" counts every one."""
    groups = _groups(actor, now, "urgent", near=Count("id", filter=is_near(now)))
    here = [group for group in groups if group.lies_on(desk)]
    danger, near = sum(group.total for group in here if group.urgent), sum(group.near for group in here)
    figures = Figures(sum(group.total for group in here), danger, near, sum(group.over for group in here))
    return Tally(_waiting(actor, groups), figures)


def _groups(actor: Actor, now: datetime, *by: str, **also: Count) -> list[Group]:
    mine = models.ExpressionWrapper(Q(lead__in=actor.organisations), output_field=models.BooleanField())
    found = close_to(Case.objects.filter(state__in=OPEN_STATES), actor).values("state", *by)
    counted = found.annotate(
        is_mine=mine if actor.organisations else Value(value=False),
        total=Count("id"), over=Count("id", filter=is_over(now)), **also,
    )  # fmt: skip
    return [Group(**row) for row in counted.order_by()]


def _waiting(actor: Actor, groups: list[Group]) -> dict[str, int]:
    desks = [desk for desk in desks_of(actor) if DESKS[desk][1]]
    waiting = {desk: sum(group.total for group in groups if group.lies_on(desk)) for desk in desks}
    return {**waiting, "over": sum(group.over for group in groups)}


def counts(actor: Actor, now: datetime) -> dict[str, int]:
    """How many cases wait on each of the actor's desks, and how many are overdue: one read."""
    return _waiting(actor, _groups(actor, now)) if desks_of(actor) else {}
