"""The tree as of a day, an area with its history, the list of changes, one change with its preview and its verbs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.pages import Request, needs
from wangge.cases.queries.handover import handovers, reported_in
from wangge.exchange.rules import may_import
from wangge.places import actions
from wangge.places.models import Area, Change, ChangePart, GridDraft
from wangge.places.queries.extent import preview
from wangge.places.queries.history import Then, called, line_on, past_of, tree_on
from wangge.places.queries.layers import serving
from wangge.places.queries.plans import plan_of
from wangge.places.rules import approvers, may_approve, may_draft, may_see_changes, may_withdraw
from wangge.places.words import CHANGES, Level
from wangge.web.areas.showing import deeds_of, shown
from wangge.web.grids.dedicated import planned

PAGE = 50
YEAR = timedelta(days=365)
VERBS: dict[str, tuple[Callable[..., Change], str]] = {
    "approve_change": (actions.approve, "approved"), "withdraw_change": (actions.withdraw, "withdrawn"),
}  # fmt: skip


def _day(request: Request) -> date:
    """The day of the address, today when it names none; a day to come shows today's tree."""
    today = localdate(request.now)
    try:
        asked = parse_date(request.GET.get("day", "")[:10])
    except ValueError:
        asked = None
    return min(asked or today, today)


@needs(may_see_changes)
@require_GET
def tree(request: Request) -> HttpResponse:
    """Every area above the grids as of a day; or areas by a name they have or had."""
    day, text = _day(request), request.GET.get("q", "").replace("\0", "").strip()[:80]
    found = list(called(text)) if text else []
    rows = [] if text else tree_on(day)
    return render(request, "areas/tree.html", {
        "day": day, "today": localdate(request.now), "text": text, "found": found, "branches": branches(rows),
        "may_draft": may_draft(request.actor) is None, "may_bring": may_import(request.actor) is None,
    })  # fmt: skip


def branches(rows: list[Then]) -> list[dict[str, Any]]:
    """The tree as nested branches down to the communities, each with how many grids lie in it."""
    below: dict[int | None, list[Then]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def branch(row: Then) -> dict[str, Any]:
        inside = [branch(each) for each in below.get(row.id, []) if each.level != Level.GRID]
        own = sum(1 for each in below.get(row.id, []) if each.level == Level.GRID)
        return {"area": row, "label": Level(row.level).label, "inside": inside,
                "grids": own + sum(each["grids"] for each in inside)}  # fmt: skip

    return [branch(row) for row in below.get(None, [])]


@needs(may_see_changes)
@require_GET
def area(request: Request, pk: int) -> HttpResponse:
    """One area: where it lies and lay, what it was called, what lies in it, what was reported by then and by now."""
    held = get_object_or_404(Area.objects.select_related("parent", "grid"), pk=pk)
    today = localdate(request.now)
    inside = Area.objects.filter(parent=held, valid_to__isnull=True).order_by("sort_key", "pk")
    return render(request, "areas/area.html", {
        "here": held, "level": Level(held.level).label, "line": line_on(pk, today)[:-1], "past": past_of(held),
        "inside": inside, "codes": held.codes.order_by("-year", "scheme"),
        "reported": reported_in(pk, today - YEAR, today + timedelta(days=1)),
        "serving": serving(pk, today) if held.level == Level.GRID else [],
    })  # fmt: skip


@needs(may_see_changes)
@require_GET
def changes(request: Request) -> HttpResponse:
    """All changes, the newest first."""
    before = request.GET.get("before", "")
    rows = Change.objects.select_related("drafted_by", "approved_by").order_by("-pk")
    if before.isascii() and before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    titles = titles_of(found[:PAGE])
    return render(request, "areas/changes.html", {
        "rows": [(row, titles.get(row.pk, "")) for row in found[:PAGE]], "shown": len(found[:PAGE]),
        "more_url": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "may_draft": may_draft(request.actor) is None, "lists": list(open_lists()) if not before else [],
    })  # fmt: skip


def open_lists() -> Any:
    """Lists of the actor's areas that still want a signature."""
    return handovers().filter(acknowledged_by__isnull=True).order_by("pk")[:PAGE]


def titles_of(rows: list[Change]) -> dict[int, str]:
    """What each change is about: the first areas its lines name."""
    titles: dict[int, dict[str, None]] = {}
    parts = ChangePart.objects.filter(change__in=rows).order_by("pk").values_list("change_id", "area__name", "name")
    for change, present, coming in parts:
        titles.setdefault(change, {})[present or coming] = None
    return {pk: "、".join([*names][:4]) + (" …" if len(names) > 4 else "") for pk, names in titles.items()}


@needs(may_see_changes)
@require_GET
def change(request: Request, pk: int) -> HttpResponse:
    """One change: its preview while it waits, what it did once it is in force."""
    held = get_object_or_404(Change.objects.select_related("drafted_by", "approved_by"), pk=pk)
    waits = bool(CHANGES.verbs(held.state))
    context: dict[str, Any] = {
        "change": held, "waits": waits, "verbs": verbs(held, request.actor),
        "lists": list(handovers().filter(change=held)),
        "grid_draft": GridDraft.objects.filter(change=held).values_list("pk", flat=True).first(),
        "dedicated": planned(held),
    }  # fmt: skip
    if waits:
        context |= shown(preview(plan_of(held), request.now, but=held), request.now, held.kind)
    else:
        parts = held.parts.select_related("area", "parent", "origin")
        context["parts"] = [(part, deeds_of(held.kind)[part.deed]) for part in parts]
    return render(request, "areas/change.html", context)


def verbs(held: Change, actor: Actor) -> list[dict[str, Any]]:
    """The verbs this person may see; approving is locked with its reason."""
    open_now = CHANGES.verbs(held.state)
    found = []
    if "approve_change" in open_now and actor.has(*approvers(held)):
        found.append(
            {"code": "approve_change", "label": _("Approve"), "reason": may_approve(actor, held) or "", "icon": "check"}
        )
    if "withdraw_change" in open_now and not may_withdraw(actor, held):
        found.append({"code": "withdraw_change", "label": _("Withdraw"), "reason": "", "icon": "x"})
    return found


@needs(may_see_changes)
@require_POST
def decide(request: Request, pk: int, verb: str) -> HttpResponse:
    """Approve or withdraw."""
    if verb not in VERBS:
        raise Http404
    held = get_object_or_404(Change, pk=pk)
    try:
        VERBS[verb][0](held, by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        said = {"approved": _("Approved. It takes effect at midnight of its date."),
                "withdrawn": _("Withdrawn. Nothing was changed.")}  # fmt: skip
        messages.success(request, said[VERBS[verb][1]])
    return redirect("area-change", pk)
