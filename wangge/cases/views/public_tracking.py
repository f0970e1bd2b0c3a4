"""Receipt and progress of one report, for who holds its link; looking never changes anything."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.pages import Request
from wangge.cases.models import Case
from wangge.cases.queries import tracking as read
from wangge.cases.rules import REOPEN_DAYS, still_reopenable
from wangge.cases.views.public import CODE_COOKIE, CODE_LASTS, CODE_SALT
from wangge.cases.views.public_door import READS, public, unknown
from wangge.cases.views.public_sentences import OVER, promises, turn, way, when
from wangge.core.numbers import grouped
from wangge.files.actions import path_of

HEADLINE = 30


def nobodys(request: Request) -> HttpResponse:
    """No such link, or no longer: the same answer for both."""
    words = _("The link is incomplete or wrong. With the number and the code you find your report too.")
    return unknown(request, words)


@public(*READS)
def received(request: Request, tracking: str) -> HttpResponse:
    """The receipt: it arrived, this is the number, this comes next."""
    case = read.by_token(tracking)
    if case is None:
        return nobodys(request)
    code = request.get_signed_cookie(CODE_COOKIE, "", salt=CODE_SALT + tracking, max_age=CODE_LASTS)
    context = {
        "case": case,
        "number": grouped(case.number),
        "code": grouped(code or ""),
        "promises": promises(case, request.now) if case.state not in OVER else [],
        "tracking": tracking,
        "address": request.build_absolute_uri(reverse("tracking", args=[tracking])),
        "phone": read.duty_phone(case.area_id),
        "draft": read.place_token(case),
    }
    return render(request, "cases/public/received.html", context)


@public(*READS)
def tracking(request: Request, tracking: str) -> HttpResponse:
    """Who is doing what until when, and what happened so far."""
    case = read.by_token(tracking)
    if case is None:
        return nobodys(request)
    context = {**shown(request, case, tracking), "answers": answers(tracking) if case.state == "revisiting" else []}
    context["opened"] = read.opened()
    context["supplements"] = "supplement" in case.verbs
    if "reopen" in case.verbs and still_reopenable(case, request.now) and case.done_at is not None:
        context["reopen_until"] = when(case.done_at + timedelta(days=REOPEN_DAYS), request.now)
    return render(request, "cases/public/tracking.html", context)


def shown(request: Request, case: Case, tracking: str = "") -> dict[str, Any]:
    """What both ways of reading a case show; photos only to who holds the link."""
    steps = way(case, read.story(case), request.now)
    for step in steps:
        step["photos"] = [photo_of(tracking, name) for name in step.get("photos", ())] if tracking else []
    headline = case.text.split("\n")[0]
    return {
        "case": case,
        "number": grouped(case.number),
        "headline": headline if len(headline) <= HEADLINE else headline[: HEADLINE - 1] + "…",
        "is_whole": headline == case.text and len(headline) <= HEADLINE,
        "turn": turn(case, request.now),
        "steps": steps,
        "tracking": tracking,
        "phone": read.duty_phone(case.area_id),
    }


def photo_of(tracking: str, name: str) -> dict[str, str]:
    url = reverse("tracking-photo", args=[tracking, name])
    return {"url": url, "small_url": f"{url}?small=1", "alt": _("Photo of the place")}


def answers(tracking: str) -> list[dict[str, str]]:
    """The three answers, with words and faces."""
    given = (
        ("solved", _("Solved"), "", "mood-smile", "good"),
        ("partly", _("Partly solved"), _("Say what is missing"), "mood-empty", "warn"),
        ("unsolved", _("Not solved"), _("It is done again at once, with the same number"), "mood-sad", "bad"),
    )
    return [
        {"url": reverse("rate", args=[tracking, code]), "label": label, "hint": hint, "icon": icon, "tone": tone}
        for code, label, hint, icon, tone in given
    ]


@public(*READS)
def photo(request: Request, tracking: str, name: str) -> HttpResponse:
    """A photo the reporter sent or was shown."""
    case = read.by_token(tracking)
    if case is None or not read.may_see_photo(case, name):
        return nobodys(request)
    place = path_of(name, small="small" in request.GET)
    if not place.exists():
        return nobodys(request)
    response = HttpResponse(place.read_bytes(), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response
