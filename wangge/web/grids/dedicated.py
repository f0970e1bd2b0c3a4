"""Dedicated grids: a new one drafted, one in force with its manager and its post, its end."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.cases.models import Case
from wangge.cases.words import OPEN
from wangge.places.actions import dedicating
from wangge.places.models import Building, Change, Dedicated, Grid, GridDraft
from wangge.places.queries import premises
from wangge.places.queries.premises_drawing import drawn
from wangge.places.rules import may_divide, may_manage, may_see_changes
from wangge.places.words import ChangeKind, GridKind
from wangge.teams.actions import give_post
from wangge.teams.models import Account, Organisation
from wangge.teams.queries import posts_now, roles_to_give
from wangge.web.grids.dedicated_forms import EndForm, ManagerForm, OpenForm, called
from wangge.web.grids.views import community_of

ROLE = "grid_worker"
PAGE = 50
UNPROCESSABLE = 422


@needs(may_see_changes)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Choose what it holds, look at it, send it for approval."""
    area = community_of(request, pk)
    if reason := may_divide(request.actor, area):
        raise Refused(reason)
    form = OpenForm(request.POST if request.method == "POST" else None, community=area)
    ground, picked = None, [pk for pk in request.POST.getlist("buildings") if pk.isascii() and pk.isdecimal()]
    if request.method == "POST" and form.is_valid():
        try:
            if "keep" in request.POST:
                held = dedicating.open_dedicated(area, form.wish(), by=request.actor, now=request.now)
                messages.success(request, _("Sent. Another person of the town looks at it and approves it."))
                return redirect("area-change", held.change_id)
            ground = dedicating.ground_of(area, form.wish())
        except Refused as refused:
            form.add_error(None, refused.reason)
    drawing = drawn(area, ground.outline if ground else None, ground.buildings if ground else [int(n) for n in picked])
    return render(request, "grids/dedicated_new.html", {
        "here": area, "form": form, "drawing": drawing, "number": premises.free_number(area.pk), "ground": ground,
        "hectares": premises.hectares(ground.outline) if ground else 0, "surfaces": len(form.surfaces),
    }, status=UNPROCESSABLE if form.errors else 200)  # fmt: skip


def planned(change: Change) -> dict[str, Any] | None:
    """A dedicated grid as its plan will begin it, for who approves; of one that ends the title; else nothing."""
    held = Dedicated.objects.select_related("community").filter(change=change).first()
    if held is not None:
        going = Case.objects.filter(building_id__in=held.buildings, state__in=OPEN.split(" | ")).count()
        return {
            "title": _("Open a dedicated grid"), "held": held, "unit": unit_of(held), "houses": len(held.buildings),
            "drawing": drawn(held.community, held.outline, held.buildings), "cases": going,
            "hectares": premises.hectares(held.outline),
        }  # fmt: skip
    drawn_anew = change.kind != ChangeKind.DIVIDE or GridDraft.objects.filter(change=change).exists()
    return None if drawn_anew else {"title": _("End a dedicated grid")}


def unit_of(held: Dedicated | None) -> Organisation | None:
    """The manager's organisation."""
    return Organisation.objects.filter(pk=held.unit).first() if held and held.unit else None


def grid_of(request: Request, pk: int) -> Grid:
    """A dedicated grid in force inside one's areas; 404 elsewhere."""
    found = Grid.objects.filter(kind=GridKind.DEDICATED, area__valid_to__isnull=True)
    grid = get_object_or_404(found.select_related("area__parent", "area__dedicated"), pk=pk)
    community_of(request, grid.area.parent_id or 0)
    return grid


@needs(may_see_changes)
@require_safe
def dedicated(request: Request, pk: int) -> HttpResponse:
    """A dedicated grid in force."""
    return shown(request, grid_of(request, pk))


def shown(request: Request, grid: Grid, **forms: Form) -> HttpResponse:
    """The page with its forms; one that came back with faults stands in `forms`."""
    area, held = grid.area, getattr(grid.area, "dedicated", None)
    assert area.parent is not None
    why_not = may_manage(request.actor, grid) or ""
    own = list(Building.objects.filter(grid_id=area.pk).select_related("compound").order_by("order", "pk")[: PAGE + 1])
    unit, giving = unit_of(held), any(code == ROLE for code, _label in roles_to_give(request.actor, ""))
    posts = posts_now(request.now).filter(area_id=area.pk).select_related("account").order_by("account__name", "pk")
    context: dict[str, Any] = {
        "grid": grid, "held": held, "unit": unit, "why_not": why_not, "houses": [called(one) for one in own[:PAGE]],
        "more_houses": len(own) > PAGE, "posts": list(posts[:PAGE]), "drawing": drawn(area.parent, area.outline,
        {one.pk for one in own}), "hectares": premises.hectares(area.outline) if area.outline else 0,
        "waits": premises.ending(area.pk),
    }  # fmt: skip
    if not why_not:
        first = {"unit": held.unit, "manager": held.manager, "phone": held.phone} if held else {}
        context |= {
            "manager_form": forms.get("manager") or ManagerForm(community=area.parent, initial=first),
            "end_form": forms.get("end") or EndForm(grid=grid),
        }
    if unit and giving:
        taken = {post.account_id for post in posts}
        context["people"] = Account.objects.filter(organisation=unit, is_active=True).exclude(pk__in=taken)[:PAGE]
    wrong = any(form.errors for form in forms.values())
    return render(request, "grids/dedicated.html", context, status=UNPROCESSABLE if wrong else 200)


@needs(may_see_changes)
@require_POST
def manage(request: Request, pk: int) -> HttpResponse:
    """Name the manager."""
    grid = grid_of(request, pk)
    assert grid.area.parent is not None
    form = ManagerForm(request.POST, community=grid.area.parent)
    if form.is_valid():
        try:
            dedicating.name_manager(grid, form.named(), by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The manager is named, on the public card as well."))
            return redirect("grid-dedicated", pk)
    return shown(request, grid, manager=form)


@needs(may_see_changes)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Draft the end for a second person to approve."""
    grid = grid_of(request, pk)
    form = EndForm(request.POST, grid=grid)
    if form.is_valid():
        try:
            change = dedicating.end_dedicated(grid, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Sent. Another person of the town looks at it and approves it."))
            return redirect("area-change", change.pk)
    return shown(request, grid, end=form)


@needs(may_see_changes)
@require_POST
def post(request: Request, pk: int) -> HttpResponse:
    """Give somebody of the manager's organisation the post at the grid."""
    grid, text = grid_of(request, pk), request.POST.get("account", "")
    account = Account.objects.filter(pk=int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0)
    unit = unit_of(getattr(grid.area, "dedicated", None))
    chosen = get_object_or_404(account, organisation=unit, organisation__isnull=False, is_active=True)
    try:
        give_post(chosen, ROLE, area_id=grid.pk, by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("The post is given and holds from now on."))
    return redirect("grid-dedicated", pk)
