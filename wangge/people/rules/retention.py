"""Who removes people whose time is over, who asks for a run, who reads and checks what went."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor


def may_erase(actor: Actor, *_persons: object, **_given: object) -> str | None:
    """People are removed by the house itself: no page reaches that far, whoever is signed in."""
    if actor.has("system"):
        return None
    return _("People are removed by the house itself, when their time is over or their request was decided.")


def may_see_retention(actor: Actor, *_subject: object) -> str | None:
    """What went and what goes next is for who guards it and who audits it; no name stands there."""
    if actor.has("security_admin", "auditor", "system"):
        return None
    return _("This page is for the security administrator and the auditor.")


def may_run_retention(actor: Actor, *_subject: object, **_given: object) -> str | None:
    """A run, dry or not, is asked for by the security administrator; each night the house begins one itself."""
    if actor.has("security_admin", "system"):
        return None
    return _("This is done by the security administrator.")


def may_prove_retention(actor: Actor, *_subject: object) -> str | None:
    """A certificate is checked against the book by who may read the book."""
    return None if actor.has("auditor", "system") else _("Certificates are checked against the book by the auditor.")
