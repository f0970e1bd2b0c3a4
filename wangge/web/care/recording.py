"""Writing down: a need with its consent, consent that follows, carers, how to help."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.catalogue.parts import Label
from wangge.people import actions
from wangge.people.models import CareNeed
from wangge.people.queries import care as read
from wangge.people.queries import carers as known
from wangge.people.queries.masked import masked
from wangge.people.rules import may_see_residents
from wangge.people.words import Kept
from wangge.web.care.forms import OUTSIDE, CarersForm, ConsentForm, NeedForm, NoteForm
from wangge.web.care.mine import need_of
from wangge.web.homes.persons import person_of

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_see_residents)
@page_or_form
def new(request: Request, pk: int) -> HttpResponse:
    """Which help somebody needs: the notice and the words of consent stand above what is asked."""
    person, today = person_of(pk), localdate(request.now)
    initial = {"consent_on": today, "carer": str(request.actor.account_id)}
    choices = known.choices(person.area_id, request.now)
    form = NeedForm(_sent(request), choices=choices, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        said = {"code": given["need"], "given": form.grounds(), "carers": form.carers(), "help_note": given["note"],
                "days": given["days"], "source": form.source(request.actor.account_id)}  # fmt: skip
        if done(form, lambda: actions.record_need(person, **said, by=request.actor, now=request.now)):
            messages.success(request, _("Written down."))
            return redirect("home", person.home.dwelling_id) if person.home else redirect("people-find")
    purpose = catalogue.purpose("care").entry
    return page(request, "care/new.html", form, {
        "resident": person, "shown": masked([person], [Kept.NAME])[pk].get(Kept.NAME, ""),
        "notice": _text(purpose.notice), "refusing": _text(purpose.refusing),
    })  # fmt: skip


@needs(may_see_residents)
@page_or_form
def consent(request: Request, pk: int) -> HttpResponse:
    """Consent that follows an urgent need."""
    need = need_of(request, pk)
    form = ConsentForm(_sent(request), initial={"consent_on": localdate(request.now)})
    if form.is_valid():
        given, source = form.grounds(), form.source(request.actor.account_id)
        if done(form, lambda: actions.consent(need, given=given, source=source, by=request.actor, now=request.now)):
            return _back(request, need)
    (one,) = read.shown([need])
    return page(request, "care/consent.html", form, {"one": one, "words": _text(one.meant.consent)})


@needs(may_see_residents)
@page_or_form
def carers(request: Request, pk: int) -> HttpResponse:
    """Who looks after somebody, who stands in."""
    need = need_of(request, pk)
    initial = {"carer": str(need.carer_id or OUTSIDE), "deputy": str(need.deputy_id or "")}
    form = CarersForm(_sent(request), choices=known.choices(need.area_id, request.now), initial=initial)
    if form.is_valid():
        named = form.carers()
        if done(form, lambda: actions.name_carers(need, carers=named, by=request.actor, now=request.now)):
            return _back(request, need)
    return page(request, "care/carers.html", form, {"one": read.shown([need])[0]})


@needs(may_see_residents)
@page_or_form
def note(request: Request, pk: int) -> HttpResponse:
    """How to help, said anew."""
    need = need_of(request, pk)
    form = NoteForm(_sent(request), initial={"note": read.notes([need])[0]})
    if form.is_valid():
        said = {"help_note": form.cleaned_data["note"], "source": form.source(request.actor.account_id)}
        if done(form, lambda: actions.describe(need, **said, by=request.actor, now=request.now)):
            return _back(request, need)
    return page(request, "care/note.html", form, {"one": read.shown([need])[0]})


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Say whether it was done; what was refused stands above the form."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused.reason)
        return False
    return True


def page(request: Request, template: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    """A form with what stands around it; kept by no browser."""
    response = render(request, template, context | {"form": form}, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _text(label: Label | None) -> str:
    """A label in the reader's language."""
    return label.text(get_language() or "") if label else ""


def _back(request: Request, need: CareNeed) -> HttpResponse:
    messages.success(request, _("Written down."))
    return redirect("care-need", need.pk)
