"""The door for residents: no account, known methods only, and how many tries a network has."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wangge.access.context import enter
from wangge.access.pages import Request, View, open_to_all
from wangge.access.sessions import open_session
from wangge.cases.queries.tracking import any_duty_phone
from wangge.jobs.system import PUBLIC, account_of

READS = ("GET", "HEAD")
READS_AND_WRITES = (*READS, "POST")
MOMENT = timedelta(minutes=5)


def public(*methods: str) -> Callable[[View], View]:
    """A page residents reach without an account; other methods than these get a sentence and change nothing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return _wrong_method(request, methods)
            as_resident(request)
            return view(request, *args, **kwargs)

        return open_to_all(run)

    return decorate


def as_resident(request: Request) -> None:
    """Staff who open a resident's page in the browser of their desk are residents there, and see no more."""
    if not request.actor.is_public:
        token = open_session(account_of(PUBLIC), kind="public", purpose="report", now=request.now, lasts=MOMENT)
        request.actor = enter(token)


def says(request: Request, status: int, title: str, text: str, phone: str = "") -> HttpResponse:
    """A page that says what did not work and whom to call instead."""
    context = {"title": title, "text": text, "phone": phone or any_duty_phone()}
    return render(request, "cases/public/says.html", context, status=status)


def unknown(request: Request, text: str) -> HttpResponse:
    """The same page for what is not there and for what is not yours."""
    return says(request, 404, _("We do not know this address"), text)


def _wrong_method(request: Request, methods: tuple[str, ...]) -> HttpResponse:
    response = says(request, 405, _("This page cannot do that"), _("Nothing was changed. Open the page again."))
    response.headers["Allow"] = ", ".join(methods)
    return response
