"""The door of one's own pages: address and code, few tries, and a cookie that opens one person for half an hour."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.budgets import Budget
from wangge.access.context import enter as act_as
from wangge.access.nets import net_of
from wangge.access.pages import Request, View, open_to_all
from wangge.access.sessions import open_session
from wangge.cases.queries.tracking import any_duty_phone
from wangge.jobs.system import PUBLIC, account_of
from wangge.people.actions.rights_link import bearer, enter, holding
from wangge.people.models import Person
from wangge.web.rights.forms import DoorForm

PER_LINK, PER_NET = Budget("rights link", 8, 24 * 3600), Budget("rights net", 30, 3600)
"""Tries of a code at one address in a day, and of one network in an hour, whether the address is known or not."""

COOKIE, SALT, LASTS = "wg_mine", "wangge.mine", 1800
MOMENT = timedelta(minutes=5)


class OwnRequest(Request):
    """A request of somebody at their own pages."""

    resident: Person


def own_page(*methods: str) -> Callable[[View], View]:
    """A page of the person whose link is open in this browser; everybody else is led to the door."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: OwnRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            as_resident(request)
            presented = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=LASTS)
            link = holding(str(presented), now=request.now) if presented else None
            person = Person.objects.filter(pk=link.person_id).first() if link is not None else None
            if person is None:
                return redirect("mine")
            request.resident = person
            return view(request, *args, **kwargs)

        return open_to_all(require_http_methods(list(methods))(run))

    return decorate


def as_resident(request: Request) -> None:
    """Staff who open these pages in the browser of their desk are residents there, and see no more."""
    if not request.actor.is_public:
        token = open_session(account_of(PUBLIC), kind="public", purpose="report", now=request.now, lasts=MOMENT)
        request.actor = act_as(token)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Request, token: str = "") -> HttpResponse:
    """Ask for the code; the page is the same whether there is such a link or not."""
    as_resident(request)
    sent = request.POST if request.method == "POST" else None
    form = DoorForm(sent, initial={"token": token})
    if form.is_valid():
        letters, code = form.cleaned_data["token"], form.cleaned_data["code"].strip()
        key, net = bearer(letters, ""), net_of(request)
        if not (PER_LINK.spend(key) and PER_NET.spend(net)):
            form.add_error(None, _("Too many tries for today. Ask the community, or your grid worker."))
            return _asked(request, form, token, 429)
        try:
            entered = enter(letters, code, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            PER_LINK.refund(key)
            return _let_in(request, entered.presented)
    return _asked(request, form, token, 422 if form.errors else 200)


def _let_in(request: Request, presented: str) -> HttpResponse:
    response = redirect("mine-home")
    response.set_signed_cookie(
        COOKIE, presented, salt=SALT, max_age=LASTS, path=reverse("mine"), secure=request.is_secure(), httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


@open_to_all
@require_http_methods(["POST"])
def close(request: Request) -> HttpResponse:
    """Close the pages in this browser: the next one at it sees nothing."""
    response = redirect("mine")
    response.delete_cookie(COOKIE, path=reverse("mine"), samesite="Lax")
    return response


def _asked(request: Request, form: DoorForm, token: str, status: int) -> HttpResponse:
    context = {"form": form, "token": token, "phone": any_duty_phone()}
    return render(request, "rights/own_door.html", context, status=status)


__all__ = ["OwnRequest", "close", "door", "own_page"]
