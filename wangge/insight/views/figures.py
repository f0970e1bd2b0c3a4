"""The page of figures of an area, the grids without a worker, the definitions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.classes import even_classes
from wangge.core.counts import median
from wangge.core.periods import before
from wangge.exchange.queries.exports import way_out
from wangge.insight.forms import PeriodForm
from wangge.insight.queries.cockpit import Board, board
from wangge.insight.queries.drawing import drawing
from wangge.insight.queries.needs import needs as needs_of
from wangge.insight.queries.scope import Place, way_down
from wangge.insight.queries.staffing import unstaffed
from wangge.insight.rules import READERS, may_see_area, may_see_figures
from wangge.insight.views import parts
from wangge.insight.views.links import Links
from wangge.insight.words import DEFINITIONS, PERIODS, Plan
from wangge.places.queries.trees import tree_of

WITHOUT_PAST_PLANS = ("community", "grid")
PAGE = 200


def way_to(request: Request, area: int) -> list[Place]:
    """From one's own widest area down to this one; refused outside of it."""
    if reason := may_see_area(request.actor, area):
        raise Refused(reason)
    return way_down(tree_of(localtime(request.now).date()), area, request.actor.areas_of(READERS))


@needs(may_see_figures)
@require_safe
def first(request: Request) -> HttpResponse:
    """To the widest of one's own areas."""
    tree = tree_of(localtime(request.now).date())
    widest = max(request.actor.areas_of(READERS), key=lambda area: (len(tree.inside(area)), -area))
    return redirect("figures-area", widest)


@needs(may_see_figures)
@require_safe
def page(request: Request, area: int) -> HttpResponse:
    """Show where it hurts and whether somebody is on it."""
    way = way_to(request, area)
    form = PeriodForm(request.GET, localtime(request.now).date())
    plan = Plan.THEN if way[-1].level in WITHOUT_PAST_PLANS else form.plan
    links = Links(area, form.period, plan)
    found = board(area, form.period, plan, request.now, request.actor.areas_of(request.actor.role_codes))
    context = {
        "place": way[-1], "way": [(one, links.page(one.id)) for one in way[:-1]], "form": form,
        "has_plans": way[-1].level not in WITHOUT_PAST_PLANS, "here": links.page(), "links": links,
        "periods": [(label, links.page(period=code), code == form.period.code) for code, label in PERIODS],
        "plans": [(each.label, links.page(plan=each.value), each is plan) for each in Plan],
        "export_url": way_out(request.actor, "figures", {
            "area": str(area), "since": form.period.first.isoformat(), "until": form.period.last.isoformat(),
        }),
        **_shown(found, links),
    }  # fmt: skip
    return render(request, "insight/figures.html", context)


def _shown(found: Board, links: Links) -> dict[str, Any]:
    total = found.past.total
    branches = [row.place.id for row in found.rows]
    drawn = drawing(found.area, list(found.map), branches)
    return {
        "board": found, "total": total, "definitions": DEFINITIONS, "before": before(found.period),
        "heads": parts.heads(found, links, localtime(found.at).date()), "colours": parts.colours(found, links),
        "units": parts.units(found, links), "rows": parts.rows(found, links), "days": parts.days(found),
        "sheet": parts.sheet(drawn, found, even_classes(found.map.values()), links),
        "dispatch": parts.span(median(total.dispatch)), "close": parts.working(median(total.close)),
        "dispatched": total.dispatch.total(),
        "satisfaction": parts.satisfaction(total, links, is_hidden=found.answers_hidden),
        "needs": [(need, links.open(**need.query)) for need in needs_of(found)],
    }  # fmt: skip


@needs(may_see_figures)
@require_safe
def grids(request: Request, area: int) -> HttpResponse:
    """The grids behind the figure of grids without a worker."""
    way = way_to(request, area)
    every = unstaffed([area], request.now)
    text = request.GET.get("after", "")
    after = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    rows = every.filter(pk__gt=after).select_related("parent", "grid").defer("outline", "parent__outline")[: PAGE + 1]
    found = list(rows)
    return render(request, "insight/grids.html", {
        "place": way[-1], "grids": found[:PAGE], "total": every.count(), "more": len(found) > PAGE,
        "definition": DEFINITIONS["unstaffed"], "title": _("Grids without a worker"),
    })  # fmt: skip


@needs(may_see_figures)
@require_safe
def definitions(request: Request) -> HttpResponse:
    """What each figure is, all on one page."""
    return render(request, "insight/definitions.html", {"definitions": DEFINITIONS.values()})
