"""A session nobody uses ends: at a desk after the set minutes, on a phone after fifteen, which asks for the PIN again.

A page that asks for changes by itself is no use of a session, so a desk left open is locked too.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from wangge.access.sessions import TOKEN, close_session
from wangge.web.signin.marks import ENDED, KIND, SEEN

PHONE_MINUTES = 15
EVERY = 60
BY_ITSELF = ("/changes",)
UNTOUCHED = ("/static/", "/health", "/favicon.ico")
Get = Callable[[Any], HttpResponse]


def idle_seconds(kind: str) -> int:
    return 60 * (PHONE_MINUTES if kind == "device" else settings.WANGGE.idle_minutes)


def idle(get: Get) -> Get:
    """End what was idle before the request runs in its name; stamp the session when a person used it."""

    def middleware(request: Any) -> HttpResponse:
        if request.path.startswith(UNTOUCHED):
            return get(request)
        session, now = request.session, int(timezone.now().timestamp())
        if TOKEN in session and now - session.get(SEEN, now) > idle_seconds(session.get(KIND, "web")):
            _end(request)
        response = get(request)
        if getattr(request, "session_ended", False) and TOKEN not in session:
            session.setdefault(ENDED, "ended")
        elif TOKEN in session and now - session.get(SEEN, 0) > EVERY and not request.path.startswith(BY_ITSELF):
            session[SEEN] = now
        return response

    return middleware


def _end(request: Any) -> None:
    """The session ends in the database and in the cookie; what was typed stays on the device."""
    why = "locked" if request.session.get(KIND) == "device" else "idle"
    close_session(request.session[TOKEN])
    request.session.flush()
    request.session[ENDED] = why
