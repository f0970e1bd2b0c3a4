"""Grids of the communities of one's areas, what is in force in one, and a new draft for it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.access.pages import Request, needs
from wangge.places.actions import drafts
from wangge.places.models import Area, Change, Grid, GridDraft, MicroGrid
from wangge.places.queries import classes, premises
from wangge.places.queries.divisions import HIGH, LOW, communities, drafts_of, figures, limits_of
from wangge.places.rules import READERS, may_divide, may_see_changes
from wangge.places.words import GridKind, Level, Wish
from wangge.web.grids.class_forms import shown
from wangge.web.grids.forms import DrawForm

PAGE = 50


def roots(actor: Actor) -> frozenset[int]:
    """The areas whose communities somebody looks at."""
    return actor.areas_of(READERS)


@needs(may_see_changes)
@require_safe
def divisions(request: Request) -> HttpResponse:
    """The communities with their grids, those out of their limits first asked for by a filter."""
    text, out = asked_for(request), request.GET.get("out") == "1"
    page, more = page_of(request, text, out=out)
    return render(request, "grids/divisions.html", {
        "rows": figures(page), "text": text, "out": out, "low": LOW, "high": HIGH, "shown": len(page),
        "more_url": more,
    })  # fmt: skip


def asked_for(request: Request) -> str:
    """What somebody looks for by name."""
    return request.GET.get("q", "").replace("\0", "").strip()[:40]


def page_of(request: Request, text: str, *, out: bool = False) -> tuple[list[Area], str]:
    """One page of the communities of one's areas, and the address of the next; an empty text where none follows."""
    found, after = communities(roots(request.actor), text=text, out=out), request.GET.get("after", "")
    key, _bar, pk = after.replace("\0", "")[:240].rpartition("|")
    if pk.isascii() and pk.isdecimal() and len(pk) < 10:
        found = found.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=int(pk)))
    held = list(found[: PAGE + 1])
    last = held[PAGE - 1] if len(held) > PAGE else None
    return held[:PAGE], more_url(request, f"{last.sort_key}|{last.pk}") if last else ""


def more_url(request: Request, after: str) -> str:
    """The address of the next page."""
    wanted = request.GET.copy()
    wanted["after"] = after
    return f"?{wanted.urlencode()}"


def community_of(request: Request, pk: int) -> Area:
    """A community in force inside one's areas; 404 elsewhere."""
    inside = Reach.objects.filter(ancestor_id__in=roots(request.actor)).values("descendant_id")
    found = Area.objects.filter(pk__in=inside, level=Level.COMMUNITY, valid_to__isnull=True)
    return get_object_or_404(found.select_related("parent"), pk=pk)


@needs(may_see_changes)
@require_safe
def division(request: Request, pk: int) -> HttpResponse:
    """One community: its grids in force with their micro-grids, its drafts, the plans of the past."""
    area = community_of(request, pk)
    grids = Grid.objects.filter(area__parent=area, area__valid_to__isnull=True).select_related("area")
    micro: dict[int, list[MicroGrid]] = {}
    for one in MicroGrid.objects.filter(grid__parent=area, valid_to__isnull=True).order_by("number"):
        micro.setdefault(one.grid_id, []).append(one)
    limits = limits_of([pk])[pk]
    rows = [
        {
            "grid": grid,
            "micro": micro.get(grid.area_id, []),
            "kind": grid.get_kind_display(),
            "says": limits.says(grid.households) if grid.kind == GridKind.GENERAL else "",
        }
        for grid in grids.defer("area__outline").order_by("number")
    ]
    here = Q(grid_draft__area=area) | Q(dedicated__community=area)
    held = Change.objects.filter(here, kind="divide").select_related("drafted_by", "approved_by")
    return render(request, "grids/division.html", {
        "here": area, "rows": rows,
        "drafts": list(drafts_of([area.pk]).order_by("-number")[:PAGE]), "plans": list(held.order_by("-pk")[:PAGE]),
        "may_draw": may_divide(request.actor, area) is None, **differing(area, request),
    })  # fmt: skip


def differing(area: Area, request: Request) -> dict[str, Any]:
    """The general grids with class and staff, the dedicated grids with their managers, and those to come."""
    return {
        "classes": [shown(row) for row in classes.rows(classes.general([area.pk]), request.now)],
        "dedicated": premises.standing([area.pk]), "coming": premises.coming(area.pk),
    }  # fmt: skip


@needs(may_see_changes)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Request, pk: int) -> HttpResponse:
    """The limits; then a job draws, and the draft's page says how far it is."""
    area = community_of(request, pk)
    has_grids = Grid.objects.filter(area__parent=area, area__valid_to__isnull=True, kind=GridKind.GENERAL).exists()
    first: dict[str, Any] = {"wish": Wish.REPAIR if has_grids else Wish.ANEW, **vars(limits_of([pk])[pk])}
    form = DrawForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid() and (draft := begun(request, area, form, wish=form.cleaned_data["wish"])):
        return redirect("grid-draft", draft.pk)
    return render(request, "grids/draw.html", {"form": form, "here": area})


def begun(request: Request, area: Area, form: DrawForm, *, wish: str, along: Sequence[int] = ()) -> GridDraft | None:
    """The draft that a form asks for, which a job draws; None where it is refused, and the form says why."""
    try:
        draft = drafts.begin(
            area, wish=wish, limits=form.limits(), note_text=form.cleaned_data["note_text"], along=along,
            by=request.actor, now=request.now,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None
    messages.success(request, _("The grids are being drawn: a few seconds."))
    return draft
