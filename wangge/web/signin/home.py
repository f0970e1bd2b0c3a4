"""Where somebody's work begins."""

from wangge.access.actor import Actor

DESKS = frozenset({"town_staff", "acceptor", "dispatcher", "checker", "duty_chief", "handler", "secretary"})


def home_of(actor: Actor) -> str:
    """The first page after signing in, by one's posts."""
    if actor.role_codes & DESKS:
        return "/desk/"
    if actor.has("grid_worker"):
        return "/my/"
    if actor.has("property_staff"):
        return "/sheets/"
    if actor.has("system_admin", "security_admin"):
        return "/team/"
    return "/book/" if actor.has("auditor") else "/me/"
