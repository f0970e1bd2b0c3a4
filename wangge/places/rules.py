"""Who may change the register of places."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor


def may_import_places(actor: Actor, *_subject: object, **_named: object) -> str | None:
    """Lists of places are brought in by the system administrator, or by the system at the command line."""
    if actor.has("system_admin", "system"):
        return None
    return _("Lists of places are brought in by the system administrator.")
