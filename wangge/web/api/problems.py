"""What a program is told when something was not done: error, detail, number; and everything is undone."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wangge.access.action import Refused
from wangge.access.receipts import OtherBody
from wangge.catalogue.queries import UnknownCode
from wangge.vault.queries import KeyDestroyed
from wangge.web import errors

log = structlog.get_logger()
Handler = Callable[[HttpRequest, Any], HttpResponse]


def _title(status: int) -> str:
    titles = {
        401: _("You are not signed in"),
        403: _("This was not done"),
        404: _("There is nothing here for you"),
        409: _("This was not done"),
        413: _("This is too much at once"),
        429: _("Too many tries"),
        503: _("The database does not answer right now"),
    }
    return titles.get(status) or _("This could not be read")


def say(status: int, detail: str) -> HttpResponse:
    """The answer; `undo` tells the middleware to roll back what was written before."""
    number = secrets.token_hex(2).upper()
    body = {"error": _title(status), "detail": detail, "number": number}
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")
    response.undo = True  # type: ignore[attr-defined] # read by the middleware
    if status in {429, 503}:
        response.headers["Retry-After"] = "60" if status == 429 else "5"
    log.info("api.problem", status=status, number=number)
    return response


def _http(_request: HttpRequest, problem: HttpError) -> HttpResponse:
    cause = problem.__cause__
    if isinstance(cause, HttpError):  # what the parser said; the framework wraps it
        problem = cause
    elif problem.status_code == 400:
        return say(400, _("The body is no JSON."))
    return say(problem.status_code, problem.message)


def _wrong(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Where it is wrong and why; never what was sent."""
    faults = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in problem.errors[:10]]
    return say(422, "; ".join(faults))


def _place(parts: tuple[str | int, ...]) -> str:
    """The name of the field: what came in the body or the query is named without the box it came in."""
    known = parts[2:] if len(parts) > 2 and parts[1] in {"body", "asked"} else parts[1:]
    return ".".join(str(part) for part in known) or str(parts[0])


def _not_found(_request: HttpRequest, _problem: Http404) -> HttpResponse:
    return say(404, _("The address is wrong, or this lies outside your area. Ask the duty desk if you need it."))


def _signed_out(_request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    return say(401, _("Sign in and send it once more."))


def _refused(_request: HttpRequest, problem: Refused) -> HttpResponse:
    return say(409, problem.reason)


def _destroyed(_request: HttpRequest, _problem: KeyDestroyed) -> HttpResponse:
    return say(409, errors.destroyed())


def _other_body(_request: HttpRequest, _problem: OtherBody) -> HttpResponse:
    return say(409, _("This key was used before with another content."))


def _unknown(_request: HttpRequest, _problem: UnknownCode) -> HttpResponse:
    return say(422, _("The catalogue has no such code in use."))


def _too_big(_request: HttpRequest, _problem: RequestDataTooBig) -> HttpResponse:
    return say(413, _("The body is larger than 2 MB."))


def _away(_request: HttpRequest, problem: OperationalError) -> HttpResponse:
    log.warning("database", kind=type(problem).__name__)
    return say(503, _("Nothing was changed. Try again in a few seconds."))


HANDLERS: dict[type[Exception], Handler] = {
    HttpError: _http,
    AuthenticationError: _signed_out,
    ValidationError: _wrong,
    Http404: _not_found,
    Refused: _refused,
    KeyDestroyed: _destroyed,
    OtherBody: _other_body,
    UnknownCode: _unknown,
    RequestDataTooBig: _too_big,
    OperationalError: _away,
}


def install(api: NinjaAPI) -> None:
    """Let the interface answer all of these."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
