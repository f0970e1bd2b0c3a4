"""Writing down: a household, somebody who joins it, what a dwelling is used for, "nothing has changed"."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.people import actions
from wangge.people.models import Household
from wangge.people.rules import may_see_residents
from wangge.people.words import Use
from wangge.web.homes.forms import Members, SourceForm, UseForm
from wangge.web.homes.views import door_of

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_see_residents)
@page_or_form
def new(request: Request, pk: int) -> HttpResponse:
    """A household that is not written down yet, all its members on one page."""
    door = door_of(pk)
    sent = request.POST if request.method == "POST" else None
    form, rows = SourceForm(sent), Members(sent, prefix="m")
    if form.is_valid() and rows.is_valid():
        members = [member for row in rows if (member := row.member())]
        source = form.source(request.actor.account_id)
        try:
            actions.record_household(door, members=members, source=source, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The household is written down."))
            return redirect("home", pk)
    return _page(request, "homes/household.html", {"door": door, "form": form, "rows": rows}, wrong=bool(form.errors))


@needs(may_see_residents)
@page_or_form
def join(request: Request, pk: int) -> HttpResponse:
    """Somebody who has come to live with a household."""
    household = get_object_or_404(Household.objects.select_related("dwelling__building__compound"), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form, rows = SourceForm(sent), Members(sent, prefix="m")
    if form.is_valid() and rows.is_valid():
        source = form.source(request.actor.account_id)
        try:
            with transaction.atomic():  # all of them or none
                for member in filter(None, (row.member() for row in rows)):
                    actions.join(household, member=member, source=source, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Written down."))
            return redirect("home", household.dwelling_id)
    context = {"door": household.dwelling, "household": household, "form": form, "rows": rows}
    return _page(request, "homes/household.html", context, wrong=bool(form.errors))


@needs(may_see_residents)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Nothing has changed: one press, and nothing is asked again."""
    household = get_object_or_404(Household.objects.select_related("dwelling"), pk=pk)
    form = SourceForm(request.POST)
    if form.is_valid():
        source = form.source(request.actor.account_id)
        actions.confirm(household, source=source, by=request.actor, now=request.now)
        messages.success(request, _("Confirmed today."))
    return redirect("home", household.dwelling_id)


@needs(may_see_residents)
@require_POST
def use(request: Request, pk: int) -> HttpResponse:
    """What the dwelling is used for."""
    door, form = door_of(pk), UseForm(request.POST)
    if form.is_valid():
        source, said = form.source(request.actor.account_id), Use(form.cleaned_data["use"])
        actions.say_use(door, use=said, source=source, by=request.actor, now=request.now)
        messages.success(request, _("Written down."))
    return redirect("home", pk)


def _page(request: Request, template: str, context: dict[str, object], *, wrong: bool) -> HttpResponse:
    response = render(request, template, context, status=422 if wrong else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
