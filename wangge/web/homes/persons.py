"""One person: a field opened for a purpose, put right, how to reach them, moved away."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.identifiers import grouped_id, grouped_phone, told_apart
from wangge.people import actions
from wangge.people.actions.opening import Spent, stopped
from wangge.people.models import Person
from wangge.people.queries.masked import masked
from wangge.people.queries.wished import wished
from wangge.people.rules import may_see_residents
from wangge.people.words import Document, Kept
from wangge.web.homes.forms import CorrectForm, LeaveForm, PurposeForm, SourceForm, WishesForm, purposes

SHOWN_FOR = timedelta(minutes=10)
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_see_residents)
@page_or_form
def reveal(request: Request, pk: int, field: str) -> HttpResponse:
    """Ask for the purpose; after it one field in clear, on a page that leaves by itself."""
    person, kept = person_of(pk), _kept(field)
    choices = purposes(kept.value, request.actor, localdate(request.now))
    form = PurposeForm(request.POST if request.method == "POST" else None, choices=choices)
    context: dict[str, Any] = {
        "resident": person,
        "kept": kept,
        "form": form,
        "shown": masked([person], [kept])[pk].get(kept, ""),
    }
    if form.is_valid():
        try:
            opened = actions.open_field(person, field=kept, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
            if isinstance(refused, Spent):
                wanted = form.cleaned_data["purpose"]
                stopped(person, field=kept, purpose=wanted, by=request.actor, now=request.now)
        else:
            context |= {
                "value": _said(kept, opened.value), "kind": _kind(kept, opened.value), "until": request.now + SHOWN_FOR,
                "purpose": dict(choices)[opened.purpose], "seconds": int(SHOWN_FOR.total_seconds()),
            }  # fmt: skip
    return _page(request, "homes/reveal.html", context, form)


@needs(may_see_residents)
@page_or_form
def correct(request: Request, pk: int, field: str) -> HttpResponse:
    """Put one field right."""
    person, kept = person_of(pk), _kept(field)
    form = CorrectForm(request.POST if request.method == "POST" else None, kept=kept)
    if form.is_valid():
        value, source = form.given(), form.source(request.actor.account_id)
        given = {"value": value, "source": source, "by": request.actor, "now": request.now}
        if _done(form, lambda: actions.correct(person, field=kept, **given)):
            messages.success(request, _("Put right."))
            return _back(person)
    shown = masked([person], [kept])[pk].get(kept, "")
    return _page(request, "homes/correct.html", {"resident": person, "kept": kept, "form": form, "shown": shown}, form)


@needs(may_see_residents)
@page_or_form
def wishes(request: Request, pk: int) -> HttpResponse:
    """How somebody wants to be reached."""
    person = person_of(pk)
    form = WishesForm(request.POST if request.method == "POST" else None, initial=wished(person))
    if form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "told_by"}
        source = form.source(request.actor.account_id)
        if _done(form, lambda: actions.wish(person, wishes=given, source=source, by=request.actor, now=request.now)):
            messages.success(request, _("Written down."))
            return _back(person)
    return _page(request, "homes/wishes.html", {"resident": person, "form": form}, form)


@needs(may_see_residents)
@page_or_form
def leave(request: Request, pk: int) -> HttpResponse:
    """Somebody has moved away."""
    person = person_of(pk)
    form = LeaveForm(request.POST if request.method == "POST" else None, initial={"on": localdate(request.now)})
    home = person.home
    if form.is_valid():
        given = {"on": form.cleaned_data["on"], "source": form.source(request.actor.account_id)}
        if _done(form, lambda: actions.leave(person, **given, by=request.actor, now=request.now)):
            messages.success(request, _("Written down as moved away."))
            return redirect("home", home.dwelling_id) if home else redirect("homes")
    return _page(request, "homes/leave.html", {"resident": person, "form": form, "shown": masked([person])[pk]}, form)


def person_of(pk: int) -> Person:
    """Somebody of one's own area; 404 alike for a stranger and for nobody."""
    return get_object_or_404(Person.objects.select_related("home__dwelling__building__compound"), pk=pk)


def _kept(field: str) -> Kept:
    if field not in Kept.values:
        raise Http404
    return Kept(field)


def _said(kept: Kept, value: str) -> str:
    if kept is Kept.PHONE:
        return grouped_phone(value)
    if kept is Kept.DOCUMENT:
        kind, number = told_apart(value)
        return grouped_id(number) if kind.value == Document.CITIZEN_ID else number
    return value


def _kind(kept: Kept, value: str) -> str:
    return str(Document(told_apart(value)[0].value).label) if kept is Kept.DOCUMENT else ""


def _done(form: SourceForm, act: Any) -> bool:
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused.reason)
        return False
    return True


def _back(person: Person) -> HttpResponse:
    return redirect("home", person.home.dwelling_id) if person.home else redirect("people-find")


def _page(request: Request, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
    response = render(request, template, context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
