"""Cases as a list that can be taken out: what, where and how long; not who reported, not what was written."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.access.actor import Actor
from wangge.cases.models import Case, Step
from wangge.cases.queries.desk import Wanted, narrowed
from wangge.cases.queries.faces import labels
from wangge.cases.rules import may_see_desk
from wangge.cases.words import Rating, Source, State
from wangge.catalogue import queries as catalogue
from wangge.exchange.exporter import Cell, Column, Filter, Given, Label, Type, by_key, register
from wangge.places.exports import AREA, AREAS, OfAreas, lies_in
from wangge.teams.models import Organisation

DAY = timedelta(days=1)
CLOCKS: dict[str, Label] = {
    "over": _("Overdue"), "near": _("Half the time used"), "calm": pgettext_lazy("clock", "In time"),
    "paused": _("Suspended"), "in_time": _("Ended in time"), "late": _("Ended late"),
}  # fmt: skip


class Cases(OfAreas):
    """The cases of an area by the day of their report."""

    kind, label, icon = "cases", _("List of cases"), "list"
    holds = _(
        "Cases with number, category, state, clock, grid, unit, moments and rating. Not the words of the report, no"
        " address below the grid, no reporter, no contact, no name of a worker."
    )
    filters = (
        AREA,
        Filter("since", _("Reported from day"), "day"),
        Filter("until", _("Reported to day"), "day"),
        Filter("state", _("State")),
        Filter("category", _("Category")),
        Filter("unit", _("Unit")),
    )
    columns = (
        Column("number", _("Number of the case"), Type.CODE, "cases.Case.number"),
        Column("category", _("Category"), Type.WORD, "cases.Case.category_code"),
        Column("source", _("Source"), Type.WORD, "cases.Case.source"),
        Column("danger", _("Danger"), Type.WORD, "cases.Case.urgent"),
        Column("case_state", _("State"), Type.WORD, "cases.Case.state"),
        Column("clock", _("State of the clock"), Type.WORD, "cases.Case.clock"),
        *AREAS,
        Column("unit", _("Unit"), Type.UNIT, "teams.Organisation.name"),
        Column("reported", _("Reported at"), Type.MOMENT, "cases.Case.reported_at"),
        Column("accepted", _("Accepted at"), Type.MOMENT, "cases.Step.at"),
        Column("dispatched", _("Dispatched at"), Type.MOMENT, "cases.Case.dispatched_at"),
        Column("due", _("Limit"), Type.MOMENT, "cases.Case.due_at"),
        Column("ended", _("Ended at"), Type.MOMENT, "cases.Case.done_at"),
        Column("rating", _("Rating"), Type.WORD, "cases.Case.rating"),
    )

    def may_ask(self, actor: Actor) -> str | None:
        return may_see_desk(actor) or super().may_ask(actor)

    def choices(self, code: str, actor: Actor) -> list[tuple[str, Label]]:
        if code == "state":
            return list(State.choices)
        if code == "category":
            return [(leaf, name) for leaf, name in sorted(labels(catalogue.categories()).items())]
        if code == "unit":
            units = Organisation.objects.order_by("sort_key").values_list("pk", "name")
            return [(str(unit), name) for unit, name in units]
        return super().choices(code, actor)

    def said(self, code: str, value: str) -> str:
        if code == "state":
            return str(State(value).label)
        if code == "category":
            return labels(catalogue.categories()).get(value, value)
        if code == "unit":
            return Organisation.objects.values_list("name", flat=True).get(pk=int(value))
        return super().said(code, value)

    def _found(self, given: Given, at: datetime) -> QuerySet[Case]:
        since, until = (_begin_of(given.get(name, "")) for name in ("since", "until"))
        category, unit = given.get("category"), given.get("unit")
        wanted = Wanted(
            area=int(given["area"]), since=since, until=until + DAY if until else None, state=given.get("state", ""),
            categories=(category,) if category else (), unit=int(unit) if unit else None,
        )  # fmt: skip
        return narrowed(Case.objects.filter(reported_at__lt=at), wanted, at)

    def count(self, given: Given, at: datetime) -> int:
        return self._found(given, at).count()

    def rows(self, given: Given, at: datetime, now: datetime) -> Iterator[tuple[Cell, ...]]:
        accepted = Step.objects.filter(case=OuterRef("pk"), verb="accept").order_by("at").values("at")[:1]
        found = self._found(given, at).annotate(accepted_at=Subquery(accepted))
        names, sources, ratings = labels(catalogue.categories()), dict(Source.choices), dict(Rating.choices)
        fields = (
            "number", "category_code", "source", "urgent", "state", "stage_at", "due_at", "done_at", "area_id",
            "area__name", "lead__name", "reported_at", "accepted_at", "dispatched_at", "rating",
        )  # fmt: skip
        for row in by_key(found, *fields):
            number, category, source, danger, state, stage, due, done, area, place, unit, reported, *others = row
            taken, sent, rating = others
            yield (
                number, names.get(category, category), str(sources[source]), str(_("Danger")) if danger else "",
                str(State(state).label), str(CLOCKS[clock_state(state, stage, due, done, now)]),
                *lies_in(area, place), unit or "", reported, taken, sent, due, done, str(ratings.get(rating, "")),
            )  # fmt: skip


def _begin_of(day: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), time(), get_default_timezone()) if day else None


def clock_state(state: str, stage: datetime, due: datetime, done: datetime | None, now: datetime) -> str:
    """What the clock of a case shows, by the definitions of the figures."""
    if done is not None:
        return "in_time" if done <= due else "late"
    if due < now:
        return "over"
    if state == State.SUSPENDED:
        return "paused"
    return "near" if now - stage >= due - now else "calm"


def register_all() -> None:
    """Called when the app is ready."""
    register(Cases())
