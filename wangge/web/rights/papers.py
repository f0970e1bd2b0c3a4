"""What goes into the person's hand: the sheet of what is held, a copy for machines, the link with its code."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.cases.queries.tracking import duty_phone
from wangge.core.numbers import grouped
from wangge.people.actions.rights_link import end_links, hand_link
from wangge.people.actions.rights_state import Stated, state
from wangge.people.models import RightsRequest
from wangge.people.queries import rights as read
from wangge.people.rules import may_see_residents
from wangge.web.rights.copies import body
from wangge.web.rights.desk import request_of
from wangge.web.rights.forms import SeenForm
from wangge.web.rights.taking import person_of

GROUPS = 4


@needs(may_see_residents)
@require_POST
def sheet(request: Request, pk: int) -> HttpResponse:
    """The printed statement in large type, for the person; it leaves an entry they can see."""
    held = request_of(pk)
    stated = _stated(request, held, "paper")
    context = {
        "stated": stated, "held": held, "reply": read.texts(held).reply, "back_url": reverse("rights-card", args=[pk]),
        "phone": duty_phone(stated.person.area_id),
    }  # fmt: skip
    return _unkept(render(request, "rights/sheet.html", context))


@needs(may_see_residents)
@require_POST
def copy(request: Request, pk: int) -> HttpResponse:
    """The copy that machines can read."""
    return handed_copy(_stated(request, request_of(pk), "copy"))


def handed_copy(stated: Stated) -> HttpResponse:
    """The copy as a file."""
    response = JsonResponse(body(stated), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return _unkept(response)


def _stated(request: Request, held: RightsRequest, form: str) -> Stated:
    if held.person is None:
        raise Refused(_("First find the person whom it is about."))
    return state(held.person, form=form, request=held, by=request.actor, now=request.now)


@needs(may_see_residents)
@require_POST
def link(request: Request, pk: int) -> HttpResponse:
    """Make a link and show it this once: the address to print, the code to say."""
    held = person_of(pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refused(_("A link is handed over in person only."))
    handed = hand_link(held, seen=True, by=request.actor, now=request.now)
    context = {
        "address": request.build_absolute_uri(reverse("mine-door", args=[handed.token])),
        "by_hand": request.build_absolute_uri(reverse("mine")), "letters": grouped(handed.token, GROUPS),
        "code": grouped(handed.code), "link": handed.link, "back_url": reverse("person-rights", args=[pk]),
        "phone": duty_phone(held.area_id),
    }  # fmt: skip
    return _unkept(render(request, "rights/link.html", context))


@needs(may_see_residents)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """End every link of a person."""
    end_links(person_of(pk), by=request.actor, now=request.now)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("person-rights", pk)


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
