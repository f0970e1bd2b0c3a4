"""Who sees figures: those whose posts lie over an area of cases, each of the own area."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.places.queries import ancestors

READERS = ("secretary", "town_staff", "acceptor", "dispatcher", "checker", "duty_chief")


def may_see_figures(actor: Actor, *_area: object) -> str | None:
    """Centre, town and community see figures; whoever works for a unit or a grid has lists instead."""
    return None if actor.areas_of(READERS) else _("This page is for the centre, towns and communities.")


def may_see_area(actor: Actor, area_id: int) -> str | None:
    """An area that lies in one of one's own."""
    return None if actor.areas_of(READERS) & ancestors(area_id) else _("Your posts do not cover this area.")


def may_see_community_day(actor: Actor) -> str | None:
    """The day of a community is its secretary's."""
    return None if actor.areas_of(["secretary"]) else _("This page is for community secretaries.")
