"""Every request: its headers, its language, one transaction in somebody's name, a second factor where asked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.context import NoSession, current, enter
from wangge.access.sessions import TOKEN, open_session
from wangge.cases.queries.changes import STAMP, glance, stamp_of
from wangge.cases.queries.watch import watch
from wangge.jobs.system import PUBLIC, account_of
from wangge.vault.queries import KeyDestroyed
from wangge.web import errors
from wangge.web.signin.second_factor import asked_of

Get = Callable[[Any], HttpResponse]
log = structlog.get_logger()

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
SERVER_FAULT = 500
PUBLIC_LASTS = timedelta(hours=12)
POLL = "/changes"
UNTOUCHED = ("/static/", "/health", "/favicon.ico")


def headers(get: Get) -> Get:
    """No inline script, no referrer, no copy of personal pages anywhere on the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def language(get: Get) -> Get:
    """Chinese unless somebody chose English: the choice is kept in a cookie, not guessed from the browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware


class PublicSession:
    """The session in which this process serves residents; renewed before it ends."""

    def __init__(self) -> None:
        self.token = ""
        self.ends_at = timezone.now() - PUBLIC_LASTS

    def __call__(self) -> str:
        now = timezone.now()
        if now > self.ends_at - timedelta(hours=1):
            self.token = open_session(account_of(PUBLIC), kind="public", purpose="report", now=now, lasts=PUBLIC_LASTS)
            self.ends_at = now + PUBLIC_LASTS
        return self.token

    def forget(self) -> None:
        self.ends_at = timezone.now() - PUBLIC_LASTS


public_session = PublicSession()


def _enter(request: HttpRequest) -> Actor:
    """The signed-in account's session, or the public one; an ended session signs out."""
    token = request.session.get(TOKEN, "")
    if token:
        try:
            return enter(token)
        except NoSession:
            logout(request)
            request.session_ended = True  # type: ignore[attr-defined] # read by the sign-in page
    try:
        return enter(public_session())
    except NoSession:
        public_session.forget()
        return enter(public_session())


def in_somebodys_name(get: Get) -> Get:
    """Open the transaction, put the session into it, and commit it unless something was raised."""

    def middleware(request: Any) -> HttpResponse:
        if request.path.startswith(UNTOUCHED):
            return get(request)
        request.now = timezone.now()
        try:
            with transaction.atomic():
                request.actor = _enter(request)
                mark = current.set(request.actor)
                try:
                    response = get(request)
                finally:
                    current.reset(mark)
                if getattr(response, "undo", False) or response.status_code >= SERVER_FAULT:
                    transaction.set_rollback(True)
            return response
        except OperationalError:
            log.exception("database")
            return errors.busy(request)

    def view_raised(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return _said(request, problem)

    middleware.process_exception = view_raised  # type: ignore[attr-defined] # Django looks for it there
    return middleware


def quiet(get: Get) -> Get:
    """Most polls find nothing new: answer these before the page's whole machinery starts."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = request.session.get(TOKEN, "") if request.path == POLL and request.method == "GET" else ""
        with suppress(DatabaseError):  # the page says it better
            if token and (still := _still(token, stamp_of(request.GET.get("since", "")))):
                return still
        return get(request)

    return middleware


def _still(token: str, stamp: int) -> HttpResponse | None:
    """The answer when nothing is new: from what the process knows, else from one question in the session's name."""
    if watch.is_still(token, stamp):
        return HttpResponse(status=204)
    news = glance(token, stamp)
    if news is None or news.cases:
        return None
    watch.saw_open(token)
    return HttpResponse(status=204, headers={STAMP: str(news.stamp)})


def _said(request: HttpRequest, problem: Exception) -> HttpResponse | None:
    """Turn what a view raised into a page that says what to do; what was written is undone."""
    response: HttpResponse | None = None
    if isinstance(problem, Refused):
        response = errors.refused(request, problem.reason)
    elif isinstance(problem, KeyDestroyed):
        response = errors.refused(request, errors.destroyed())
    elif isinstance(problem, OperationalError):
        log.warning("database", kind=type(problem).__name__)
        response = errors.busy(request)
    elif isinstance(problem, DatabaseError) and not isinstance(problem, Http404 | PermissionDenied):
        log.error("database", kind=type(problem).__name__)
        response = errors.broken(request)
    if response is not None:
        response.undo = True  # type: ignore[attr-defined] # read above
    return response


def second_factor(get: Get) -> Get:
    """Centre, export and administration work only after a second factor."""

    def middleware(request: Any) -> HttpResponse:
        if asked_of(request):
            if errors.wants_json(request):
                return errors.second_factor(request)
            return redirect(f"{reverse('mfa_activate_totp')}?next={request.path}")
        return get(request)

    return middleware
