"""Registering for somebody: find the place, write down what was said, read the number and code back."""

import hashlib
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.access.receipts import OtherBody, once
from wangge.cases import actions
from wangge.cases.actions.intake import Received
from wangge.cases.forms.register import RegisterForm
from wangge.cases.rules import may_register
from wangge.cases.words import VERBS
from wangge.core.numbers import grouped
from wangge.files.actions import Unfit, keep_photo
from wangge.places.queries import Place, ancestors, by_token
from wangge.places.queries.reportable import search

MOST_PHOTOS = 5
FIELD = ("grid_worker", "secretary")


@needs(may_register)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    """Two steps that work without scripts: the place first, then the words."""
    place = by_token(request.GET.get("place", "")[:40].replace("\0", ""))
    if place is None:
        text = request.GET.get("q", "")[:100].replace("\0", "").strip()
        found = search(text) if text else []
        return render(request, "cases/register_place.html", {"text": text, "places": found})
    if not request.actor.areas_of(VERBS["register"].roles) & ancestors(place.area_id):
        raise Refused(_("%(place)s lies outside your area. The centre can register it.") % {"place": place.name})
    is_field = request.actor.has(*FIELD)
    if request.method != "POST":
        return _ask(request, place, RegisterForm(initial={"key": secrets.token_urlsafe(16)}, is_field=is_field))
    form = RegisterForm(request.POST, is_field=is_field)
    return _answer(request, place, form) if form.is_valid() else _ask(request, place, form, status=422)


def _ask(
    request: Request, place: Place, form: RegisterForm, *, status: int = 200, photo_errors: Any = ()
) -> HttpResponse:
    context = {"place": place, "form": form, "photo_errors": photo_errors}
    return render(request, "cases/register.html", context, status=status)


def _answer(request: Request, place: Place, form: RegisterForm) -> HttpResponse:
    """Register once; the code is shown on this answer alone, a second sending leads to the case."""
    made: list[Received] = []
    photos = [file.read() for file in request.FILES.getlist("photos")[:MOST_PHOTOS]]

    def keep() -> dict[str, Any]:
        files = tuple(keep_photo(raw, owner="case", now=request.now) for raw in photos)
        given = {name: form.cleaned_data[name] for name in ("text", "category", "phone", "source", "danger")}
        where = f"{place.name} {form.cleaned_data['where']}".strip()
        report = actions.Report(place, where=where, language=request.LANGUAGE_CODE, photos=files, **given)
        made.append(actions.register(report, by=request.actor, now=request.now))
        return {"number": made[0].case.number}

    body = {**form.cleaned_data, "place": place.token, "photos": [hashlib.sha256(raw).hexdigest() for raw in photos]}
    try:
        answer = once(form.cleaned_data["key"], body, keep, account_id=request.actor.account_id, now=request.now)
    except Unfit as problem:
        return _ask(request, place, form, status=422, photo_errors=[str(problem)])
    except OtherBody:
        form.add_error(None, _("This form was sent before with other words. Open it again for another report."))
        return _ask(request, place, form, status=409)
    if not made:
        messages.info(request, _("This was registered already."))
        return redirect("case", answer["number"])
    return _receipt(request, made[0])


def _receipt(request: Request, received: Received) -> HttpResponse:
    context = {"case": received.case, "spoken": grouped(received.case.number), "code": grouped(received.code)}
    try:
        context["tracking_url"] = request.build_absolute_uri(reverse("tracking", args=[received.token]))
    except NoReverseMatch:
        context["tracking_url"] = ""
    return render(request, "cases/registered.html", context)
