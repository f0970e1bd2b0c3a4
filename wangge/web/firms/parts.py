"""What belongs to an organisation: added on one page each, ended by one press; a contact opened for a purpose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.identifiers import grouped_phone
from wangge.people import actions
from wangge.people.actions.firms import OFFICE
from wangge.people.firm_words import ContactDuty, RecordKind, RecordResult
from wangge.people.models import Firm, FirmContact, FirmStaff, Managing, Premises
from wangge.people.queries import firms as read
from wangge.people.rules import may_see_firms
from wangge.places.models import Building, Compound
from wangge.web.firms import forms
from wangge.web.homes.forms import PurposeForm, purposes
from wangge.web.homes.persons import SHOWN_FOR


@dataclass(frozen=True)
class Part:
    """A kind of thing that belongs to an organisation: its form, how it is written down, how it ends."""

    heading: str | Promise
    form: type[forms.PartForm]
    add: Callable[..., object]
    model: type[Model] | None = None
    end: Callable[..., object] | None = None
    sought: str = ""  # what is looked for first: buildings or compounds


def _premises(firm: Firm, *, building: str, **given: Any) -> object:
    return actions.add_premises(firm, get_object_or_404(Building, pk=building), **given)


def _managing(firm: Firm, *, compound: str, **given: Any) -> object:
    return actions.begin_managing(firm, get_object_or_404(Compound, pk=compound), **given)


def _contact(firm: Firm, *, duty: str, **given: Any) -> object:
    return actions.add_contact(firm, duty=ContactDuty(duty), **given)


def _record(firm: Firm, *, kind: str, result: str, **given: Any) -> object:
    return actions.keep_record(firm, kind=RecordKind(kind), result=RecordResult(result), **given)


PARTS = {
    "premises": Part(gettext_lazy("Premises"), forms.PremisesForm, _premises, Premises, actions.end_premises,
                     "buildings"),
    "reach": Part(gettext_lazy("Whom to call"), forms.ContactForm, _contact, FirmContact, actions.end_contact),
    "compounds": Part(gettext_lazy("Compound under management"), forms.ManagingForm, _managing, Managing,
                      actions.end_managing, "compounds"),
    "records": Part(gettext_lazy("Training or inspection"), forms.RecordForm, _record),
    "staff": Part(gettext_lazy("Who reports for the firm"), forms.StaffForm, actions.give_staff, FirmStaff,
                  actions.end_staff),
}  # fmt: skip
SEEK = {
    "buildings": lambda actor, text: forms.of_buildings(read.buildings_near(actor, text)),
    "compounds": lambda actor, text: forms.of_compounds(read.compounds_near(actor, text)),
}


@needs(may_see_firms)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int, part: str) -> HttpResponse:
    """Write something down that belongs to an organisation."""
    firm, kind = get_object_or_404(Firm, pk=pk), _part(part)
    text = request.GET.get("q", "")[:80].replace("\0", "")
    places = SEEK[kind.sought](request.actor, text) if kind.sought else []
    today = localdate(request.now)
    sent = request.POST if request.method == "POST" else None
    form = kind.form(sent, places=places, initial={"since": today, "on": today})
    if form.is_valid():
        try:
            kind.add(firm, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Written down."))
            return redirect("firm", pk)
    context = {"firm": firm, "form": form, "heading": kind.heading, "text": text, "part": part,
               "seeks": bool(kind.sought), "places": places}  # fmt: skip
    response = render(request, "firms/part.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(may_see_firms)
@require_POST
def end(request: Request, part: str, pk: int) -> HttpResponse:
    """It holds no longer, from today."""
    kind = _part(part)
    if kind.model is None or kind.end is None:
        raise Http404
    held: Any = get_object_or_404(kind.model, pk=pk)
    kind.end(held, by=request.actor, now=request.now)
    messages.success(request, _("Ended today."))
    return redirect("firm", held.firm_id)


@needs(may_see_firms)
@require_http_methods(["GET", "HEAD", "POST"])
def open_contact(request: Request, pk: int) -> HttpResponse:
    """Ask for the purpose; after it name and number of one contact, on a page that leaves by itself."""
    held = get_object_or_404(FirmContact.objects.select_related("firm"), pk=pk)
    choices = purposes(OFFICE, request.actor, localdate(request.now))
    form = PurposeForm(request.POST if request.method == "POST" else None, choices=choices)
    form.fields.pop("task")
    context: dict[str, Any] = {"held": held, "form": form}
    if form.is_valid():
        try:
            shown = actions.open_contact(held, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            context |= {
                "name": shown.name, "phone": grouped_phone(shown.phone), "until": request.now + SHOWN_FOR,
                "purpose": dict(choices)[shown.purpose], "seconds": int(SHOWN_FOR.total_seconds()),
            }  # fmt: skip
    response = render(request, "firms/reach.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(may_see_firms)
@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Tell a firm that today's sheet is missing."""
    actions.remind(get_object_or_404(Managing, pk=pk), by=request.actor, now=request.now)
    messages.success(request, _("The firm sees it on its page."))
    return redirect("firms-silent")


def _part(code: str) -> Part:
    if code not in PARTS:
        raise Http404
    return PARTS[code]
