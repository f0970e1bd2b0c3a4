"""Open work in areas that change, counted before and listed after; what was reported, by the tree of then and now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone_name

from wangge.cases.models import Case, Handover, HandoverItem
from wangge.cases.queries.case import TURNS
from wangge.cases.queries.faces import Badge, badge, calendar, clock_of, labels
from wangge.cases.words import AT_WORK, VERBS, State
from wangge.catalogue import queries as catalogue
from wangge.core.clock_face import Face
from wangge.core.deadlines import ClockKind

NEXT = {  # the verb that takes a case on from the state in which it is handed over
    "reported": "accept", "verifying": "verify", "accepted": "dispatch", "filed": "dispatch", "returned": "dispatch",
    "reopened": "dispatch", "dispatched": "start", "in_progress": "handle", "rework": "handle",
    "extension": "grant_extension", "suspended": "resume", "handled": "pass_check", "checking": "pass_check",
    "revisiting": "close_case",
}  # fmt: skip


@dataclass(frozen=True)
class OpenWork:
    """How many open cases lie in some areas: in all, by state, and by what their clock shows."""

    total: int
    in_time: int
    near: int
    over: int
    by_state: list[tuple[str, int]]


@dataclass(frozen=True)
class Handed:
    """A case on a list: as it stood when it was handed over, who has it, what is next."""

    item: HandoverItem
    category: str
    state: Badge
    face: Face
    kind: ClockKind
    who: str
    next: str
    is_open: bool


@dataclass(frozen=True)
class Reported:
    """Cases of a span of days: of the area as it was on each day, and of the area as it is today."""

    by_then: int
    by_now: int


def open_work(areas: Iterable[int], now: datetime) -> OpenWork:
    """Numbers for the preview, for people too who see no case."""
    with connection.cursor() as cursor:
        cursor.execute("select state, look, n from cases_open_in(%s, %s)", [list(areas), now])
        rows = cursor.fetchall()
    looks = {look: sum(n for _state, of, n in rows if of == look) for look in ("in_time", "near", "over")}
    states = [(str(state.label), sum(n for of, _look, n in rows if of == state)) for state in State]
    return OpenWork(sum(looks.values()), **looks, by_state=[each for each in states if each[1]])


def reported_in(area_id: int, since: date, until: date) -> Reported:
    """How many cases were reported from `since` until before `until`."""
    with connection.cursor() as cursor:
        zone = get_default_timezone_name()
        cursor.execute("select by_then, by_now from cases_reported_in(%s, %s, %s, %s)", [area_id, since, until, zone])
        return Reported(*(cursor.fetchone() or (0, 0)))


def handovers() -> QuerySet[Handover]:
    """The lists the actor may see, with the names they show."""
    return Handover.objects.select_related("change", "origin", "target", "signed_by", "acknowledged_by")


def to_decide(handover: Handover) -> QuerySet[HandoverItem]:
    """What units of the old area had in hand and nobody has decided about yet, while it is still with them."""
    at_work = Case.objects.filter(state__in=AT_WORK.split(" | ")).values("pk")
    return handover.items.filter(theirs=True, decision="", case_id__in=at_work)


def listed(handover: Handover, *, after: int = 0, most: int | None = None) -> list[Handed]:
    """The list as it was frozen, what is due first comes first. No case is read: the old area sees them no more."""
    rows = handover.items.filter(pk__gt=after).select_related("lead", "new_lead").order_by("pk")  # kept in this order
    items = list(rows if most is None else rows[:most])
    names, days = labels(catalogue.categories()), calendar()
    waiting = set(to_decide(handover).values_list("pk", flat=True))
    return [
        Handed(
            item, names.get(item.category_code, item.category_code), badge(item.state),
            clock_of(_as_it_stood(item), handover.made_at, days), ClockKind(item.clock), _who(item),
            str(VERBS[NEXT[item.state]].label), item.pk in waiting,
        )
        for item in items
    ]  # fmt: skip


def _as_it_stood(item: HandoverItem) -> Case:
    """The case's clock at the handover, on a row that is never written."""
    return Case(
        number=item.number, state=item.state, stage_at=item.stage_at, due_at=item.due_at, clock=item.clock,
        reported_at=item.stage_at,
    )  # fmt: skip


def _who(item: HandoverItem) -> str:
    """Who has it: the unit while it works, else the desk whose turn it is."""
    if item.lead is not None and item.state in AT_WORK.split(" | "):
        return item.lead.name
    return str(TURNS.get(item.state, item.lead or ""))
