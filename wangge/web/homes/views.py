"""Homes from the grid down to the door: how fresh what is known is, and who lives behind one door."""

from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.cases.models import WAITS, Case
from wangge.people.queries import homes as read
from wangge.people.rules import may_see_residents
from wangge.people.words import told_by
from wangge.places.models import Building, Dwelling
from wangge.web.homes.forms import SourceForm, use_fields

PAGE = 50
MATTERS = 10
DOOR = (
    "area__level", "area__name", "area__parent__name", "building__compound__name", "building__name", "floor", "room",
    "unit", "use",
)  # fmt: skip
"""What the pages of a door say of where it lies: no outline of an area, which weighs more than all the rest."""


@needs(may_see_residents)
@require_safe
def homes(request: Request) -> HttpResponse:
    """The grids whose registry one keeps, with how fresh it is; who keeps one grid is there at once."""
    grids = list(read.my_grids(request.actor))
    if len(grids) == 1:
        return redirect("homes-grid", grids[0].pk)
    known = read.freshness([grid.pk for grid in grids], localdate(request.now))
    rows = sorted(((grid, known.get(grid.pk, read.Known())) for grid in grids), key=lambda row: -row[1].left)
    return render(request, "homes/homes.html", {"rows": rows})


@needs(may_see_residents)
@require_safe
def grid(request: Request, pk: int) -> HttpResponse:
    """The buildings of a grid."""
    mine = list(read.my_grids(request.actor))
    area = next((one for one in mine if one.pk == pk), None)
    if area is None:
        raise Http404
    today, after = localdate(request.now), _after(request)
    found = read.buildings(pk, after, PAGE)
    page, more = found[:PAGE], found[PAGE:]
    known = read.of_buildings(page, today)
    last = page[-1] if more else None
    return render(request, "homes/grid.html", {
        "area": area, "several": len(mine) > 1, "whole": read.freshness([pk], today).get(pk, read.Known()),
        "rows": [(one, known.get(one.pk, read.Known())) for one in page], "shown": len(page),
        "more_url": _more(pk, last) if last else "",
    })  # fmt: skip


def _after(request: Request) -> tuple[str, int, int] | None:
    given = request.GET
    try:
        return given["street"][:200].replace("\0", ""), int(given["order"]), int(given["after"])
    except (KeyError, ValueError):
        return None


def _more(pk: int, last: Building) -> str:
    street = last.compound.sort_key if last.compound else last.name
    return f"{reverse('homes-grid', args=[pk])}?{urlencode({'street': street, 'order': last.order, 'after': last.pk})}"


@needs(may_see_residents)
@require_safe
def building(request: Request, pk: int) -> HttpResponse:
    """The doors of a building; no name stands there."""
    house = get_object_or_404(Building.objects.select_related("compound", "grid").defer("footprint"), pk=pk)
    doors = read.doors_of(house, localdate(request.now))
    if not doors:
        raise Http404
    units = [(unit, list(held)) for unit, held in groupby(doors, lambda door: door.dwelling.unit)]
    return render(request, "homes/building.html", {"house": house, "units": units})


@needs(may_see_residents)
@require_safe
def dwelling(request: Request, pk: int) -> HttpResponse:
    """One door on one screen: who lives here, since when, how fresh that is, what is open."""
    door = door_of(pk)
    use, today = getattr(door, "use", None), localdate(request.now)
    households, past = read.households_of(door)
    matters = Case.objects.filter(WAITS, building=door.building_id).order_by("due_at")
    response = render(request, "homes/dwelling.html", {
        "door": door, "homes": read.with_needs(read.homes_of(households), today=today), "past": past,
        "use": use, "use_told_by": told_by(use.source) if use else "", "use_fields": use_fields(),
        "source_form": SourceForm(), "matters": matters.values("number", "due_at")[:MATTERS],
    })  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def door_of(pk: int) -> Dwelling:
    """A dwelling of one's own area; 404 alike for another's and for none."""
    held = Dwelling.objects.select_related("building__compound", "area__parent", "use")
    return get_object_or_404(held.only(*DOOR), pk=pk)
