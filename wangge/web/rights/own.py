"""One's own pages: what is held, who looked, what one asks and what became of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.access.receipts import OtherBody, once
from wangge.cases.queries.tracking import duty_phone
from wangge.people.actions import rights
from wangge.people.actions.rights_answer import withdraw
from wangge.people.actions.rights_state import state
from wangge.people.models import RightsRequest
from wangge.people.models.rights_words import ANSWERED, OVER, Right, Way
from wangge.people.queries import rights as read
from wangge.people.queries.shown_looks import PAGE, looks
from wangge.web.rights.door import OwnRequest, own_page
from wangge.web.rights.faces import badge, clock
from wangge.web.rights.forms import OwnForm, kinds, new_key
from wangge.web.rights.papers import handed_copy

READS = ("GET", "HEAD")


@own_page(*READS)
def home(request: OwnRequest) -> HttpResponse:
    """What can be done here, and what was asked."""
    rows = [{"request": one, "badge": badge(one)} for one in read.of_person(request.resident)]
    return _page(request, "rights/own_home.html", {"rows": rows})


@own_page(*READS)
def held(request: OwnRequest) -> HttpResponse:
    """Everything that is held; this look is written down as every other."""
    stated = state(request.resident, form="page", by=request.actor, now=request.now)
    return _page(request, "rights/own_held.html", {"held": stated.held})


@own_page("POST")
def copy(request: OwnRequest) -> HttpResponse:
    """A copy for machines."""
    return handed_copy(state(request.resident, form="copy", by=request.actor, now=request.now))


@own_page(*READS)
def looked(request: OwnRequest) -> HttpResponse:
    """Who looked, the last look first."""
    given = request.GET.get("before", "")
    found = looks(request.resident, before=int(given) if given.isdecimal() and len(given) < 19 else None)
    page, more = found[:PAGE], found[PAGE:]
    more_url = f"{reverse('mine-looked')}?before={page[-1].id}" if more else ""
    return _page(request, "rights/own_looked.html", {"looks": page, "more_url": more_url})


@own_page(*READS, "POST")
def ask(request: OwnRequest) -> HttpResponse:
    """Ask for something; consent withdrawn here takes effect at once."""
    sent = request.POST if request.method == "POST" else None
    form = OwnForm(sent, initial={"key": new_key(), "kind": request.GET.get("kind", "")})
    if form.is_valid() and (number := _asked(request, form)):
        return redirect("mine-request", number)
    context = {"form": form, "kinds": kinds(form["kind"].value())}
    return _page(request, "rights/own_ask.html", context, status=422 if form.errors else 200)


def _asked(request: OwnRequest, form: OwnForm) -> int:
    """The number of the request, the same for the same form sent twice; 0 when it was refused."""
    body = {name: value for name, value in form.cleaned_data.items() if name != "key"}
    body |= {"person": request.resident.pk}

    def answer() -> dict[str, Any]:
        made = rights.ask(request.resident, asking=form.asking(), by=request.actor, now=request.now)
        if made.kind == Right.WITHDRAW:
            withdraw(made, by=request.actor, now=request.now)
        return {"request": made.pk}

    try:
        given = once(form.cleaned_data["key"], body, answer, account_id=request.actor.account_id, now=request.now)
    except Refused as refused:
        form.add_error(None, refused.reason)
    except OtherBody:
        form.add_error(None, _("This form was sent before with other words. Open it anew for another request."))
    else:
        return int(given["request"])
    return 0


@own_page(*READS)
def asked(request: OwnRequest, pk: int) -> HttpResponse:
    """One request: how far it is, and the answer."""
    one = _mine(request, pk)
    return _page(request, "rights/own_request.html", {
        "request_held": one, "badge": badge(one), "face": clock(one, request.now), "texts": read.texts(one),
        "is_answered": one.state in ANSWERED, "is_over": one.state in OVER, "may_take_back": "take_back" in one.verbs,
    })  # fmt: skip


@own_page("POST")
def read_it(request: OwnRequest, pk: int) -> HttpResponse:
    """The person has read the answer."""
    rights.tell(_mine(request, pk), way=Way.LINK, by=request.actor, now=request.now)
    return redirect("mine-request", pk)


@own_page("POST")
def back(request: OwnRequest, pk: int) -> HttpResponse:
    """The person wants it no longer."""
    rights.take_back(_mine(request, pk), by=request.actor, now=request.now)
    return redirect("mine-request", pk)


def _mine(request: OwnRequest, pk: int) -> RightsRequest:
    one = RightsRequest.objects.filter(pk=pk, person=request.resident).first()
    if one is None:
        raise Http404
    return one


def _page(request: OwnRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context |= {"phone": duty_phone(request.resident.area_id), "home_url": reverse("mine-home")}
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
