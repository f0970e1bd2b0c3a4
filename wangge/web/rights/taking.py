"""Taking a request in: from the page of a person, or in words about somebody who has still to be found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.access.receipts import OtherBody, once
from wangge.people.actions import rights
from wangge.people.actions.rights_answer import withdraw
from wangge.people.actions.seeking import seek_person
from wangge.people.models import Person
from wangge.people.models.rights_words import Right
from wangge.people.queries import rights as read
from wangge.people.queries.homes import my_grids
from wangge.people.queries.masked import masked
from wangge.people.rules import may_see_residents
from wangge.people.words import Kept
from wangge.web.homes.forms import FindForm, purposes
from wangge.web.rights.desk import about, request_of
from wangge.web.rights.faces import badge
from wangge.web.rights.forms import SeenForm, TakeInForm, new_key

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_see_residents)
@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """What one person has asked, the links they hold, and what can be done for them here."""
    held = person_of(pk)
    context = {
        "resident": held, "name": masked([held])[held.pk].get(Kept.NAME, ""), "seen_form": SeenForm(),
        "rows": [{"request": one, "badge": badge(one)} for one in read.of_person(held)],
        "links": read.links_of(held, request.now),
    }  # fmt: skip
    return _unkept(render(request, "rights/person.html", context))


@needs(may_see_residents)
@page_or_form
def new(request: Request, pk: int | None = None) -> HttpResponse:
    """Write down what is asked, about a person or about somebody to be found."""
    held = person_of(pk) if pk is not None else None
    grids = [] if held is not None else list(my_grids(request.actor))
    sent = request.POST if request.method == "POST" else None
    form = TakeInForm(sent, grids=grids, initial={"key": new_key(), "kind": request.GET.get("kind", "")})
    if form.is_valid() and (number := _taken(request, form, held)):
        messages.success(request, _("Written down. The clock of the answer runs."))
        return redirect("rights-card", number)
    name = masked([held])[held.pk].get(Kept.NAME, "") if held is not None else ""
    context = {"resident": held, "name": name, "form": form}
    return _unkept(render(request, "rights/new.html", context, status=422 if form.errors else 200))


def _taken(request: Request, form: TakeInForm, person: Person | None) -> int:
    """The number of the request, the same for the same form sent twice; 0 when it was refused."""
    given = form.cleaned_data
    area = int(given["area"]) if person is None else None
    body = {name: value for name, value in given.items() if name != "key"} | {"person": person.pk if person else 0}

    def answer() -> dict[str, Any]:
        made = rights.ask(person, area, asking=form.asking(), by=request.actor, now=request.now)
        if made.kind == Right.WITHDRAW and made.state == "checked":
            withdraw(made, by=request.actor, now=request.now)
        return {"request": made.pk}

    try:
        held = once(given["key"], body, answer, account_id=request.actor.account_id, now=request.now)
    except Refused as refused:
        form.add_error(None, refused.reason)
    except OtherBody:
        form.add_error(None, _("This form was sent before with other words. Open it anew for another request."))
    else:
        return int(held["request"])
    return 0


@needs(may_see_residents)
@page_or_form
def find(request: Request, pk: int) -> HttpResponse:
    """Look for the person a request is about: why, then whom; one of those found is named."""
    held = request_of(pk)
    today = localdate(request.now)
    choices = purposes(Kept.NAME.value, request.actor, today)
    form = FindForm(request.POST if request.method == "POST" else None, choices=choices,
                    initial={"purpose": "access_request", "task": held.ledger_subject})  # fmt: skip
    rows: list[tuple[Person, str]] = []
    if form.is_valid():
        communities = {grid.parent_id for grid in my_grids(request.actor) if grid.parent_id}
        given = form.cleaned_data | {"communities": communities, "today": today}
        try:
            found = seek_person(**given, by=request.actor, now=request.now).persons
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            shown = masked(found, (Kept.NAME,))
            rows = [(one, shown[one.pk].get(Kept.NAME, "")) for one in found]
    context = about(request, held) | {
        "form": form, "rows": rows, "sought": read.texts(held).sought, "is_asked": form.is_bound and not form.errors,
    }  # fmt: skip
    return _unkept(render(request, "rights/find.html", context, status=422 if form.errors else 200))


@needs(may_see_residents)
@require_POST
def found(request: Request, pk: int, person_pk: int) -> HttpResponse:
    """This is the person."""
    rights.find(request_of(pk), person_of(person_pk), by=request.actor, now=request.now)
    messages.success(request, _("Written down whom it is about."))
    return redirect("rights-card", pk)


def person_of(pk: int) -> Person:
    """Somebody of one's own area; 404 alike for a stranger and for nobody."""
    return get_object_or_404(Person.objects.select_related("home__dwelling__building__compound"), pk=pk)


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
