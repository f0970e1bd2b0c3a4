"""Which roles ask for a second factor: remembered for a minute, asked at every page."""

from django.core.cache import cache

from wangge.access.models import Role

KEY = "roles.second_factor"
SECONDS = 60


def roles_with_second_factor() -> frozenset[str]:
    """Codes of the roles whose holders sign in with a second factor."""
    found: frozenset[str] | None = cache.get(KEY)
    if found is None:
        found = frozenset(Role.objects.filter(second_factor=True).values_list("code", flat=True))
        cache.set(KEY, found, SECONDS)
    return found
