"""Pages for when something did not work: what happened, what is safe, what to do, whom to call."""

import secrets
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = structlog.get_logger()


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/changes")) or "application/json" in request.headers.get("Accept", "")


def _page(request: HttpRequest, status: int, title: str, text: str, **more: Any) -> HttpResponse:
    number = secrets.token_hex(2).upper()
    log.info("page.problem", status=status, number=number)
    if wants_json(request):
        return JsonResponse({"error": title, "detail": text, "number": number}, status=status)
    context = {"title": title, "text": text, "number": number, **more}
    return render(request, "error.html", context, status=status)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    return _page(request, 409, _("This was not done"), reason)


def destroyed() -> str:
    return _("This was destroyed and cannot be opened again, by anybody.")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request, 403, _("This form was open too long"),
        _("Nothing was changed and what you wrote is kept on this device. Open the page again and send it once more."),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 404, _("There is nothing here for you"),
        _("The address is wrong, or this lies outside your area. Ask the duty desk if you need it."),
    )  # fmt: skip


def too_often(request: HttpRequest, text: str) -> HttpResponse:
    response = _page(request, 429, _("Too many tries"), text)
    response.headers["Retry-After"] = "60"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, _("This could not be read"), _("Nothing was changed. Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, _("This was not done"), _("Your posts do not cover this."))


def second_factor(request: HttpRequest) -> HttpResponse:
    return _page(request, 403, _("A second factor is asked for"), _("Set it up on the sign-in pages first."))


def busy(request: HttpRequest) -> HttpResponse:
    response = _page(
        request, 503, _("The database does not answer right now"),
        _("Nothing was changed and what you wrote is kept on this device. Try again in a few seconds."),
    )  # fmt: skip
    response.headers["Retry-After"] = "5"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, _("This did not work"),
        _("Nothing was changed. Try again; if it stays so, tell the system administrator the number below."),
    )  # fmt: skip
