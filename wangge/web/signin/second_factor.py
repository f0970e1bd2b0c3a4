"""Who needs a second factor before anything else."""

from typing import Any

from allauth.mfa.adapter import get_adapter

from wangge.access.actor import Actor
from wangge.access.factors import roles_with_second_factor
from wangge.web.signin.marks import SECOND

FREE = ("/accounts/", "/static/", "/settings/language", "/settings/size")


def asked_of(request: Any) -> bool:
    """True when a role asks for a second factor and the account has none yet.

    That the account has one is remembered in the session: taking it away ends the account's sessions.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.is_public or request.path.startswith(FREE) or request.session.get(SECOND):
        return False
    if not actor.role_codes & roles_with_second_factor():
        return False
    if get_adapter().is_mfa_enabled(request.user, ["totp"]):
        request.session[SECOND] = 1
        return False
    return True
