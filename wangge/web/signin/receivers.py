"""A signed-in account works in a session of ours; leaving ends it."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.utils import timezone

from wangge.access.context import enter
from wangge.access.sessions import TOKEN, close_session, open_session
from wangge.web.signin.adapter import PER_ACCOUNT

LASTS = {"web": timedelta(hours=12), "device": timedelta(days=30)}


@receiver(user_logged_in)
def open_ours(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    """A signed-in account gets a session of ours; the rest of this request already runs in its name."""
    PER_ACCOUNT.refund(user.username.lower())
    label = request.headers.get("User-Agent", "")[:120]
    kind = getattr(request, "session_kind", "web")
    token = open_session(user.pk, kind=kind, purpose="duty", now=timezone.now(), lasts=LASTS[kind], label=label)
    request.session[TOKEN] = token
    request.actor = enter(token)


@receiver(user_logged_out)
def close_ours(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    if token := request.session.get(TOKEN):
        close_session(token)
