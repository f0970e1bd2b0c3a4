"""Public pages of places: the card of a grid, and the posters that hang in it. They show posts, never doors."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, open_to_all
from wangge.places.models import Area, Building, Grid
from wangge.places.queries import card, line
from wangge.places.queries.sketch import of_grid

ON_PAPER, ON_SCREEN = 188 / 48, 1.5  # width to height


def report_address(request: Request, token: str) -> str:
    """The whole address of a place's report page, as it stands in the QR code."""
    path = reverse("report", args=[token])
    known = str(settings.WANGGE.public_url).rstrip("/")
    return known + path if known else request.build_absolute_uri(path)


def short(address: str) -> str:
    """The address for typing: what a fraudster's sticker cannot have is the city's own name in it."""
    return address.partition("://")[2].rstrip("/")


def _grid(token: str) -> Grid:
    grid = card(token)
    if grid is None:
        raise Http404
    return grid


def _whom(area: Area) -> dict[str, str]:
    """The nearest duty and supervision telephones up the tree, and the names of what lies above."""
    above = line(area.pk)
    return {
        "duty_phone": next((a.duty_phone for a in reversed(above) if a.duty_phone), ""),
        "supervision_phone": next((a.supervision_phone for a in reversed(above) if a.supervision_phone), ""),
        "community": next((a.name for a in reversed(above) if a.level == "community"), ""),
        "town": next((a.name for a in reversed(above) if a.level in ("town", "county")), ""),
    }


def _card(request: Request, grid: Grid, report_token: str) -> dict[str, Any]:
    address = report_address(request, report_token)
    return {
        "grid": grid,
        "houses": _range(grid.area),
        "address": address,
        "short": short(address),
        **_whom(grid.area),
    }


def _range(area: Area) -> str:
    """What lies in the grid: the compound, and the first and the last of its buildings."""
    found = list(Building.objects.filter(grid_id=area.pk).select_related("compound").order_by("order"))
    if not found:
        return ""
    compounds = dict.fromkeys(each.compound.name for each in found if each.compound)
    if len(compounds) != 1 or len(found) == 1:
        return "、".join(compounds)
    return f"{next(iter(compounds))} {found[0].name} – {found[-1].name}"


@open_to_all
@require_safe
def grid_card(request: Request, token: str) -> HttpResponse:
    """The card on a phone: whom to call, the way to report, the sketch."""
    grid = _grid(token)
    context = {**_card(request, grid, grid.token), "sketch": of_grid(grid.area, shape_of=ON_SCREEN)}
    return render(request, "places/grid_card.html", context)


@open_to_all
@require_safe
def grid_poster(request: Request, token: str) -> HttpResponse:
    """The card as a sheet of A4 for the board at the gate."""
    grid = _grid(token)
    context = {
        **_card(request, grid, grid.token),
        "sketch": of_grid(grid.area, shape_of=ON_PAPER),
        "back_url": reverse("grid-card", args=[token]),
    }
    return render(request, "places/grid_poster.html", context)


@open_to_all
@require_safe
def building_poster(request: Request, token: str) -> HttpResponse:
    """The sheet for the door of one building: its QR code leads to the report with the place filled in."""
    building = Building.objects.select_related("compound", "grid__grid").filter(token=token).first()
    if building is None:
        raise Http404
    grid = building.grid.grid
    context = {
        **_card(request, grid, building.token),
        "building": building,
        "sketch": of_grid(building.grid, shape_of=ON_PAPER, here=building),
        "back_url": reverse("grid-card", args=[grid.token]),
    }
    return render(request, "places/building_poster.html", context)
