"""The report: finding the place, writing what is wrong, handing over the receipt."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.budgets import Spent
from wangge.access.nets import net_of
from wangge.access.pages import Request
from wangge.access.receipts import OtherBody
from wangge.cases.actions.room import has_room
from wangge.cases.forms.report import UNSEEN, ReportForm, new_key
from wangge.cases.queries.tracking import any_duty_phone, community_of, duty_phone
from wangge.cases.views.public_door import READS, READS_AND_WRITES, public, unknown
from wangge.cases.views.public_receive import PhotosUnfit, Secrets, receive
from wangge.places.queries import Place, by_token
from wangge.places.queries.reportable import search

LONGEST_QUERY = 80
CODE_COOKIE, CODE_SALT, CODE_LASTS = "wg_code_once", "wangge.code.once", 600


@public(*READS)
def find(request: Request) -> HttpResponse:
    """Places by any part of their name; each result is a link to the report."""
    query = UNSEEN.sub("", request.GET.get("q", "").replace("\x00", ""))[:LONGEST_QUERY].strip()
    context = {"query": query, "places": search(query) if query else [], "phone": any_duty_phone()}
    return render(request, "cases/public/find.html", context)


@public(*READS_AND_WRITES)
def report(request: Request, token: str) -> HttpResponse:
    """The report of one place, on one page that works without scripts."""
    place = by_token(token)
    if place is None:
        return unknown(
            request, _("The code was not read whole, or the plate was replaced. Find the place by its name.")
        )
    if request.method != "POST":
        given = {"key": new_key(), "via": request.GET.get("via", ""), "contact": "none"}
        return _asked(request, place, ReportForm(initial=given), 200)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, place, form, 422)
    return _take_in(request, place, form)


def _take_in(request: Request, place: Place, form: ReportForm) -> HttpResponse:
    if form.cleaned_data["photos"] and not has_room(place.token, net_of(request)):  # before the work of keeping them
        return _full(request, place, form)
    try:
        held = receive(request, place, form)
    except Spent:
        return _full(request, place, form)
    except PhotosUnfit as problem:
        for reason in problem.reasons:
            form.add_error("photos", reason)
        return _asked(request, place, form, 422)
    except OtherBody:
        return _asked(request, place, form, 409, trouble="sent", key=new_key())
    return _handed_over(held)


def _full(request: Request, place: Place, form: ReportForm) -> HttpResponse:
    """Too many from here within the hour: nothing is kept, the words stay in the form."""
    response = _asked(request, place, form, 429, trouble="full")
    response.undo = True  # type: ignore[attr-defined] # read by the middleware of the transaction
    return response


def _handed_over(held: Secrets) -> HttpResponse:
    """Lead to the receipt; the code travels in a cookie of ten minutes and stands nowhere else."""
    address = reverse("received", args=[held.token])
    response = HttpResponseRedirect(address)
    response.set_signed_cookie(
        CODE_COOKIE, held.code, salt=CODE_SALT + held.token, max_age=CODE_LASTS, path=address, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


def _asked(request: Request, place: Place, form: ReportForm, status: int, **more: Any) -> HttpResponse:
    chosen = form["contact"].value() or "none"
    context = {
        "place": place,
        "form": form,
        "key": more.get("key") or form["key"].value(),
        "trouble": more.get("trouble", ""),
        "community": community_of(place.area_id),
        "phone": duty_phone(place.area_id),
        "asks_where": place.building_id is None,
        "contacts": [{**each, "is_checked": each["value"] == chosen} for each in _contacts()],
    }
    return render(request, "cases/public/report.html", context, status=status)


def _contacts() -> list[dict[str, Any]]:
    return [
        {"value": "none", "label": _("Leave no number"), "hint": _("Nobody learns who you are")},
        {
            "value": "phone",
            "label": _("Leave a telephone number"),
            "hint": _("Opened only by who takes reports in and who asks afterwards; each time is noted"),
        },
        {
            "value": "proxy",
            "label": _("I report for somebody else"),
            "hint": _("Parents, neighbours. Leave a number if one of you wants a call"),
        },
    ]
