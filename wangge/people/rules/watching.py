"""Who watches over looks, and who writes assessments."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor

WATCHERS = ("security_admin", "auditor")


READERS = (*WATCHERS, "secretary")


def may_watch(actor: Actor, *_subject: object) -> str | None:
    """Looks, what stands out in them, and the age of data."""
    if actor.has(*WATCHERS):
        return None
    return _("This page is for the security administrator and the auditor.")


def may_read_assessments(actor: Actor, *_subject: object) -> str | None:
    """Assessments are read by who watches and by the secretaries, whose work they are about."""
    if actor.has(*READERS):
        return None
    return _("Assessments are read by the security administrator, the auditor and the secretaries.")


def may_plant(actor: Actor, *_subject: object, **_given: object) -> str | None:
    """Canaries are made, listed and ended by the security administrator: nobody else knows which they are."""
    return None if actor.has("security_admin") else _("This is done by the security administrator.")


def may_assess(actor: Actor, *_subject: object) -> str | None:
    """Assessments and what looks were about are written down by the security administrator."""
    return None if actor.has("security_admin") else _("This is written down by the security administrator.")
