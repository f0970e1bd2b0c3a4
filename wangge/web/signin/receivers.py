"""A signed-in account works in a session of ours; leaving ends it. Both stand in the book."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from wangge.access.context import NoSession, enter
from wangge.access.sessions import TOKEN, close_session, open_session
from wangge.teams import actions
from wangge.web.signin.adapter import PER_ACCOUNT
from wangge.web.signin.machine import label_of
from wangge.web.signin.marks import ENDED, KIND, OPENED, SECOND, SEEN

LASTS = {"web": timedelta(hours=12), "device": timedelta(days=30)}


@receiver(user_logged_in)
def open_ours(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    """A signed-in account gets a fresh session of ours; the rest of this request already runs in its name."""
    PER_ACCOUNT.refund(user.username.lower())
    label = label_of(request)
    kind = getattr(request, "session_kind", "web")
    now = timezone.now()
    if before := request.session.get(TOKEN):
        close_session(before)
    token = open_session(user.pk, kind=kind, purpose="duty", now=now, lasts=LASTS[kind], label=label)
    for name in (ENDED, SECOND):
        request.session.pop(name, None)
    request.session.update({TOKEN: token, KIND: kind, SEEN: int(now.timestamp()), OPENED: int(now.timestamp())})
    with transaction.atomic():
        request.actor = enter(token)
        actions.begin_session(user, kind=kind, by=request.actor)


@receiver(user_logged_out)
def close_ours(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    """The session ends in the database, so that a copy of its cookie opens nothing."""
    token = request.session.get(TOKEN)
    if not token:
        return
    if user is not None:
        try:
            with transaction.atomic():
                actions.leave_session(user, by=enter(token))
        except NoSession:
            pass
    close_session(token)
