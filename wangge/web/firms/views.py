"""The list of organisations, a new one, the card, and which property firms have not reported today."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.pages import Request, needs
from wangge.people import actions
from wangge.people.firm_words import FirmKind
from wangge.people.models import Firm
from wangge.people.queries import firms as read
from wangge.people.rules import may_give_staff, may_keep_firm, may_see_firms
from wangge.web.firms.chips import chips
from wangge.web.firms.forms import FirmForm, NewFirmForm

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_see_firms)
@require_safe
def firms(request: Request) -> HttpResponse:
    """Organisations by name: those one's own areas have to do with, or all."""
    asked = {name: request.GET.get(name, "")[:80].replace("\0", "") for name in ("q", "kind", "all")}
    near = not asked["all"] and bool(request.actor.areas_of(("grid_worker", "secretary")))
    found = read.page_of_firms(text=asked["q"], kind=asked["kind"], near=near, after=_after(request))
    page, more = found[: read.PAGE], found[read.PAGE :]
    further = {**asked, "street": page[-1].sort_key, "after": str(page[-1].pk)} if more else {}
    return render(request, "firms/firms.html", {
        "rows": page, "asked": asked, "shown": len(page), "more_url": f"?{urlencode(further)}" if further else "",
        "filters": chips(asked, "kind", FirmKind.choices), "near": near,
        "may_record": bool(read.places_to_write(request.actor)),
    })  # fmt: skip


def _after(request: Request) -> tuple[str, int] | None:
    try:
        return request.GET["street"][:200].replace("\0", ""), int(request.GET["after"][:18])
    except (KeyError, ValueError):
        return None


@needs(may_see_firms)
@page_or_form
def new(request: Request) -> HttpResponse:
    """An organisation that is not written down yet."""
    areas = read.places_to_write(request.actor)
    form = NewFirmForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_valid():
        given = dict(form.cleaned_data)
        area = next(one for one in areas if str(one.pk) == given.pop("area"))
        given["kind"] = FirmKind(given["kind"])
        try:
            return redirect("firm", actions.record_firm(area, **given, by=request.actor, now=request.now).pk)
        except Refused as refused:
            form.add_error(None, refused.reason)
    return render(request, "firms/form.html", {"form": form, "what": "new"}, status=422 if form.errors else 200)


@needs(may_see_firms)
@page_or_form
def correct(request: Request, pk: int) -> HttpResponse:
    """Name, code and kind put right."""
    firm = get_object_or_404(Firm, pk=pk)
    now = {"name": firm.name, "uscc": firm.uscc, "kind": firm.kind}
    form = FirmForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        given = form.cleaned_data | {"kind": FirmKind(form.cleaned_data["kind"])}
        try:
            actions.correct_firm(firm, **given, by=request.actor, now=request.now)
            return redirect("firm", pk)
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"form": form, "what": "correct", "firm": firm}
    return render(request, "firms/form.html", context, status=422 if form.errors else 200)


@needs(may_see_firms)
@require_safe
def firm(request: Request, pk: int) -> HttpResponse:
    """The card: what belongs to an organisation, as far as one's own area has to do with it."""
    held = get_object_or_404(Firm.objects.select_related("area"), pk=pk)
    return render(request, "firms/firm.html", {
        "firm": held, "card": read.card_of(held), "is_property": held.kind == FirmKind.PROPERTY,
        **_may(request.actor, held),
    })  # fmt: skip


def _may(actor: Actor, firm: Firm) -> dict[str, Any]:
    keeps = may_keep_firm(actor, firm) is None
    return {
        "may_keep": keeps, "may_manage": keeps and actor.has("secretary"),
        "may_staff": may_give_staff(actor, firm) is None,
    }  # fmt: skip


@needs(may_see_firms)
@require_safe
def silent(request: Request) -> HttpResponse:
    """Compounds whose firm has not reported today, with how long it has been silent."""
    today, after = localdate(request.now), request.GET.get("after", "")
    found = read.page_of_silent(today, int(after) if after.isdecimal() and len(after) < 18 else 0)
    page, more = found[: read.PAGE], found[read.PAGE :]
    missing, managed = read.count_silent(today)
    return render(request, "firms/silent.html", {
        "rows": page, "missing": missing, "managed": managed, "today": today, "shown": len(page),
        "may_remind": request.actor.has("secretary"),
        "more_url": f"?after={page[-1].held.pk}" if more else "",
    })  # fmt: skip
