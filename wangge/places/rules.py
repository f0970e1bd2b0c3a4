"""Who may bring in lists of places; who drafts a change of the area tree, approves it, reads it."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.places.models import Change, ChangePart

READERS = ("system_admin", "duty_chief", "dispatcher", "town_staff", "secretary")


def may_see_changes(actor: Actor, *_subject: object) -> str | None:
    """Plans are read by who drafts and approves them, and by the towns and communities they may concern."""
    return None if actor.has(*READERS, "system") else _("This page is for towns, communities and the county's desk.")


def may_draft(actor: Actor, *_subject: object, **_given: object) -> str | None:
    """The system administrator enters what a document decided; the command line does it in the system's name."""
    return None if actor.has("system_admin", "system") else _("Changes are drafted by the system administrator.")


def may_approve(actor: Actor, change: Change, **_given: object) -> str | None:
    """The duty chief over all that changes, who is not the one who drafted it."""
    if not actor.has("duty_chief"):
        return _("Changes are approved by the duty chief.")
    if change.drafted_by_id == actor.account_id:
        return _("You drafted it: a second person has to approve.")
    return None if covers(actor, change) else _("A part of this lies outside your area.")


def may_withdraw(actor: Actor, _change: Change, **_given: object) -> str | None:
    """Who drafts or approves may take it back before its date."""
    return None if actor.has("system_admin", "duty_chief", "system") else _("Your posts do not cover this.")


def covers(actor: Actor, change: Change) -> bool:
    """Say whether the actor is duty chief over every area that the change names."""
    named = ChangePart.objects.filter(change=change).values_list("area_id", "parent_id")
    wanted = {area for pair in named for area in pair if area}
    mine = Reach.objects.filter(ancestor_id__in=actor.areas_of(("duty_chief",)), descendant_id__in=wanted)
    return set(mine.values_list("descendant_id", flat=True)) == wanted


def may_import_places(actor: Actor, *_subject: object, **_named: object) -> str | None:
    """Lists of places are brought in by the system administrator, or by the system at the command line."""
    if actor.has("system_admin", "system"):
        return None
    return _("Lists of places are brought in by the system administrator.")
