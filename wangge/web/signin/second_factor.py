"""Who needs a second factor before anything else."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.core.cache import cache

from wangge.access.actor import Actor
from wangge.access.models import Role

FREE = ("/accounts/", "/static/", "/settings/language", "/settings/size", "/changes")


def roles_with_second_factor() -> frozenset[str]:
    found: frozenset[str] | None = cache.get("roles.second_factor")
    if found is None:
        found = frozenset(Role.objects.filter(second_factor=True).values_list("code", flat=True))
        cache.set("roles.second_factor", found, 60)
    return found


def asked_of(request: Any) -> bool:
    """True when a role asks for a second factor and the account has none yet."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.is_public or request.path.startswith(FREE):
        return False
    if not actor.role_codes & roles_with_second_factor():
        return False
    return not get_adapter().is_mfa_enabled(request.user)
