"""The rounds of a grid in force: its micro-grids, their stairwells in walking order, and sheets of paper for them."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.models import Reach
from wangge.access.pages import Request, needs
from wangge.core.rounds.pace import PRESETS, Pace
from wangge.core.rounds.style import SHEETS
from wangge.places.models import Grid, MicroGrid
from wangge.places.queries.divisions import Limits, limits_of
from wangge.places.queries.micro import own
from wangge.places.queries.rounds import micro_grid_in, micro_grids_of, stairs_by_micro, walked
from wangge.places.rules import may_see_changes
from wangge.places.words import GridKind
from wangge.web.grids.views import roots
from wangge.web.templatetags.wg import qr

KEPT = "private, max-age=86400"
PLACE = "[[sheets]]"  # where the sheets stand in their page


def grid_of(request: Request, pk: int) -> Grid:
    """A general grid in force inside one's areas; 404 elsewhere."""
    inside = Reach.objects.filter(ancestor_id__in=roots(request.actor)).values("descendant_id")
    held = Grid.objects.filter(area_id__in=inside, kind=GridKind.GENERAL, area__valid_to__isnull=True)
    return get_object_or_404(held.select_related("area__parent").defer("area__outline"), area_id=pk)


@needs(may_see_changes)
@require_safe
def rounds(request: Request, pk: int) -> HttpResponse:
    """The micro-grids of a grid: households, minutes, stairwells in walking order; what is printed of them."""
    grid = grid_of(request, pk)
    micro = micro_grids_of(pk)
    stairs = stairs_by_micro(micro)
    return render(request, "grids/rounds.html", {
        "grid": grid, "rows": [{"micro": one, "stairs": stairs[one.pk]} for one in micro],
        "left": max(0, grid.households - sum(one.households for one in micro)) if micro else 0,
        "presets": presets(), "back_url": reverse("grids-of", args=[grid.area.parent_id]),
    })  # fmt: skip


def presets() -> list[dict[str, Any]]:
    """What a round is for, with the minutes at each home."""
    said = {"notice": _("hand over a notice"), "check": _("check what is known"), "registration": _("register in full")}
    return [{"name": name, "label": said[name], "minutes": f"{minutes:g}"} for name, minutes in PRESETS.items()]


@needs(may_see_changes)
@require_safe
def on_paper(request: Request, pk: int) -> HttpResponse:
    """The sheets of one micro-grid (`micro`) or of all of a grid; `large` letters, minutes at each home by `for`."""
    grid = grid_of(request, pk)
    asked = request.GET.get("micro", "")
    micro = [_one(pk, asked)] if asked else micro_grids_of(pk)
    large, preset = request.GET.get("large") == "1", request.GET.get("for", "")
    limits = limits_of([grid.area.parent_id or 0])[grid.area.parent_id or 0]
    sheets = _sheets(request, grid, micro, pace_of(limits, preset), limits.minutes, large=large)
    context = {"grid": grid, "sheets": PLACE if sheets else "", "back_url": reverse("grids-rounds", args=[pk])}
    page = render_to_string("grids/rounds_print.html", context, request)
    return HttpResponse(page.replace(PLACE, sheets, 1))  # core.rounds.sheet escapes every text it is given


def _one(grid: int, asked: str) -> MicroGrid:
    found = micro_grid_in(grid, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    if found is None:
        raise Http404
    return found


def pace_of(limits: Limits, preset: str) -> Pace:
    """How a round is walked: as the grid was drawn for, or with the minutes at each home of what the round is for."""
    return replace(Pace(), service_minutes=PRESETS.get(preset, limits.service_minutes), crew=limits.crew)


def _sheets(request: Request, grid: Grid, micro: list[MicroGrid], pace: Pace, limit: float, *, large: bool) -> str:
    from wangge.core.rounds.plan import in_order  # noqa: PLC0415 - slow import
    from wangge.core.rounds.sheet import Heading, sheets  # noqa: PLC0415 - slow import

    address = card_address(request, grid.token)
    code = render_to_string("components/qr.html", qr(address, label=_("QR code: the card of this grid")))
    parent = grid.area.parent.name if grid.area.parent else ""
    language = "en" if (get_language() or "").startswith("en") else "zh-Hans"
    drawn = []
    for held in walked(micro):
        if not held.stops:
            continue
        title = _("%(grid)s, micro-grid %(n)s") % {"grid": grid.area.name, "n": own(held.micro.number, grid.number)}
        place = " ".join(part for part in (parent, held.compound) if part)
        round_ = in_order(held.stops, pace, limit_minutes=limit)
        headed = [(Heading(title, place, code=held.micro.number, emblem=code), round_)]
        key = f"m{held.micro.pk}"
        drawn.append(sheets(headed, language, held.footprints, pace.crew, is_large=large, key=key))
    return "\n".join(drawn)


def card_address(request: Request, token: str) -> str:
    """The whole address of a grid's public card, for paper."""
    path = reverse("grid-card", args=[token])
    known = str(settings.WANGGE.public_url).rstrip("/")
    return known + path if known else request.build_absolute_uri(path)


@needs(may_see_changes)
@require_safe
def style(_request: Request) -> HttpResponse:
    """How the sheets look: the style that files of `wangge rounds` carry inside."""
    return HttpResponse(SHEETS, content_type="text/css; charset=utf-8", headers={"Cache-Control": KEPT})
