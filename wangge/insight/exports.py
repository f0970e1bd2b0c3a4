"""Figures as a list that can be taken out: reports and closed cases by day and community, small counts withheld."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.core.periods import DAY
from wangge.core.suppression import LEAST
from wangge.exchange.exporter import Cell, Column, Filter, Given, Type, register
from wangge.insight.models import CountedDay, DayCount
from wangge.insight.rules import may_see_figures
from wangge.places.exports import ABOVE, AREA, AREAS, OfAreas, inside, lies_in
from wangge.places.words import Level


class Figures(OfAreas):
    """Counts of each day of each community.

    Communities only, no totals, and no count that is part of another: what is withheld here stands in no other export
    and is no difference of two. The same cell is withheld in every export that holds it.
    """

    kind, label, icon = "figures", _("Figures by day and community"), "chart-bar"
    holds = _(
        "Reports and closed cases of each day and community, as the areas were then. Counts from 1 to 4 are withheld"
        " and stand as “<5”; a day without a line had none."
    )
    filters = (
        AREA,
        Filter("since", _("From day"), "day", required=True),
        Filter("until", _("To day"), "day", required=True),
    )
    columns = (
        Column("day", _("Day"), Type.DAY, "insight.DayCount.day"),
        *(column for column in AREAS if column.code in ABOVE),
        Column("reports", _("Reports"), Type.COUNT, "insight.DayCount.reports"),
        Column("closed", _("Closed"), Type.COUNT, "insight.DayCount.closed"),
    )

    def may_ask(self, actor: Actor) -> str | None:
        return may_see_figures(actor)

    def _found(self, given: Given, at: datetime) -> QuerySet[DayCount]:
        since = date.fromisoformat(given["since"])
        until = min(date.fromisoformat(given["until"]), localtime(at).date() - DAY)
        counted = CountedDay.objects.filter(day__range=(since, until), ready=True).values("day")
        whole = DayCount.objects.filter(whole=True, area__level=Level.COMMUNITY, area_id__in=inside(given))
        return whole.filter(day__in=counted)

    def count(self, given: Given, at: datetime) -> int:
        return self._found(given, at).count()

    def rows(self, given: Given, at: datetime, now: datetime) -> Iterator[tuple[Cell, ...]]:
        """One day after the other: a day is a chunk."""
        found = self._found(given, at)
        for day in found.order_by("day").values_list("day", flat=True).distinct():
            lines = found.filter(day=day).order_by("area__sort_key", "area_id")
            for area, name, reports, closed in lines.values_list("area_id", "area__name", "reports", "closed"):
                above = lies_in(area)[:3]
                yield (day, *(above if any(above) else ("", "", name)), withheld(reports), withheld(closed))


def withheld(count: int) -> int | str:
    """A count, or what stands in place of 1 to 4."""
    return f"<{LEAST}" if 0 < count < LEAST else count


def register_all() -> None:
    """Called when the app is ready."""
    register(Figures())
