"""How the communities of somebody's areas are divided: one line for each, with what is out of its limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from wangge.access.models import Reach
from wangge.places.models import Area, Grid, GridDraft, MicroGrid
from wangge.places.words import BANDS, GridKind, Level

LOW, HIGH = BANDS[GridKind.GENERAL.value]
OPEN = ("drawing", "open", "failed", "submitted")


@dataclass(frozen=True)
class Limits:
    """The limits a division is drawn for when nobody says otherwise."""

    low: int = LOW
    high: int = HIGH
    micro_max: int = BANDS[GridKind.MICRO.value][1]
    minutes: int = 180
    service_minutes: float = 1.5
    crew: int = 1
    mode: str = "balanced"
    seed: int = 1

    def says(self, households: int) -> str:
        """What is to be said of a general grid of so many homes; nothing when it fits."""
        if households > self.high:
            return _("%(n)s too many") % {"n": households - self.high}
        return _("%(n)s too few") % {"n": self.low - households} if households < self.low else ""


USUAL = Limits()


def limits_of(areas: Iterable[int]) -> dict[int, Limits]:
    """The limits each community was last divided for; the usual ones where it never was."""
    wanted = list(areas)
    held = GridDraft.objects.filter(area_id__in=wanted, change__state="in_force").order_by("area_id", "-number")
    drawn = {area: Limits(**limits) for area, limits in held.distinct("area_id").values_list("area_id", "limits")}
    return {area: drawn.get(area, USUAL) for area in wanted}


def communities(roots: Iterable[int], *, text: str = "", out: bool = False) -> QuerySet[Area]:
    """Communities in force inside the roots; with `out` those that have a grid out of its limits, or none."""
    inside = Reach.objects.filter(ancestor_id__in=list(roots)).values("descendant_id")
    found = Area.objects.filter(pk__in=inside, level=Level.COMMUNITY, valid_to__isnull=True).select_related("parent")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(parent__name__icontains=text))
    if out:
        general = _grids().filter(area__parent_id=OuterRef("pk"), kind=GridKind.GENERAL)
        found = found.filter(Exists(general.exclude(households__range=(LOW, HIGH))) | ~Exists(general))
    return found.defer("outline", "parent__outline").order_by("sort_key", "pk")


def _grids() -> QuerySet[Grid]:
    return Grid.objects.filter(area__valid_to__isnull=True)


def figures(page: Iterable[Area]) -> list[dict[str, Any]]:
    """The lines of a page: grids, those out of their limits, micro-grids, households, the draft under work."""
    areas = list(page)
    ids = [area.pk for area in areas]
    limits, by_area = limits_of(ids), {pk: {"n": 0, "fit": 0, "homes": 0, "guessed": 0} for pk in ids}
    grids = _grids().filter(area__parent_id__in=ids, kind=GridKind.GENERAL)
    for community, homes, guessed in grids.values_list("area__parent_id", "households", "provisional"):
        row = by_area[community or 0]
        row["n"] += 1
        row["fit"] += not limits[community or 0].says(homes)
        row["homes"] += homes
        row["guessed"] += guessed
    micro = MicroGrid.objects.filter(grid__parent_id__in=ids, valid_to__isnull=True).values("grid__parent_id")
    micros = dict(micro.annotate(n=Count("pk")).values_list("grid__parent_id", "n"))
    drafts = {one.area_id: one for one in _newest(ids)}
    return [
        {"area": area, **by_area[area.pk], "micro": micros.get(area.pk, 0), "draft": drafts.get(area.pk)}
        for area in areas
    ]


def _newest(ids: list[int]) -> QuerySet[GridDraft]:
    """The newest draft under work of each community."""
    return drafts_of(ids).filter(state__in=OPEN).order_by("area_id", "-number").distinct("area_id")


def drafts_of(ids: Iterable[int]) -> QuerySet[GridDraft]:
    """Drafts of communities without their columns, the newest first."""
    heavy = ("units", "general", "micro", "steps", "rows", "area__outline")
    return GridDraft.objects.filter(area_id__in=list(ids)).select_related("made_by", "change", "area").defer(*heavy)
