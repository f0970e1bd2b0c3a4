"""Who may bring in lists of places; who draws grids; who drafts a change of the area tree, approves it, reads it."""

from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.places.models import Area, Change, ChangePart, Grid, GridDraft, Layer
from wangge.places.words import ChangeKind, GridKind, Level


class Planned(Protocol):
    """What a change is about, before it is kept: its kind and the present areas it names."""

    @property
    def kind(self) -> str: ...

    @property
    def areas(self) -> set[int]: ...


READERS = ("system_admin", "duty_chief", "dispatcher", "town_staff", "secretary")
PLANNERS = ("town_staff", "secretary")


def may_see_changes(actor: Actor, *_subject: object) -> str | None:
    """Plans are read by who drafts and approves them, and by the towns and communities they may concern."""
    return None if actor.has(*READERS, "system") else _("This page is for towns, communities and the county's desk.")


def may_divide(actor: Actor, subject: Area | GridDraft, *_more: object, **_given: object) -> str | None:
    """Town and community staff draw grids for the communities of their own areas."""
    community = subject.area_id if isinstance(subject, GridDraft) else subject.pk
    if not actor.has("system") and not _is_inside(actor, PLANNERS, {community}):
        return _("Grids are drawn by the town and the community they lie in.")
    is_community = Area.objects.filter(pk=community, level=Level.COMMUNITY, valid_to__isnull=True).exists()
    return None if is_community else _("Grids are drawn for a community; choose one that is in force.")


def may_classify(actor: Actor, grid: Grid, **_given: object) -> str | None:
    """Who draws the grids of a community says which class each has; never the machine in anybody's place."""
    if actor.has("system") or grid.kind != GridKind.GENERAL:
        return _("A person gives a class, and only to a general grid.")
    if grid.area.parent is None or grid.area.valid_to is not None:
        return _("This grid has ended.")
    return may_divide(actor, grid.area.parent)


def may_manage(actor: Actor, grid: Grid, *_more: object, **_given: object) -> str | None:
    """Dedicated grids, their managers and their end are a matter of who draws the grids of the community."""
    if grid.kind != GridKind.DEDICATED or grid.area.parent is None or grid.area.valid_to is not None:
        return _("This is no dedicated grid in force.")
    return may_divide(actor, grid.area.parent)


def stays_general(homes: Mapping[str, int]) -> str | None:
    """Houses with households lie in general grids and in no dedicated one; `homes` are those found there by name."""
    if not homes:
        return None
    named = "、".join(f"{name} ({n})" for name, n in list(homes.items())[:3]) + (" …" if len(homes) > 3 else "")
    return _("Houses with homes stay in their general grid: %(houses)s. Choose others.") % {"houses": named}


def may_lay(actor: Actor, subject: Area | Layer, *_more: object, **_given: object) -> str | None:
    """Town and community staff lay the grids of departments over their own areas, and say who serves which of ours."""
    area = subject.area_id if isinstance(subject, Layer) else subject.pk
    if not actor.has("system") and not _is_inside(actor, PLANNERS, {area}):
        return _("Grids of departments are laid by the town and the community they lie in.")
    held = Area.objects.filter(pk=area, level__in=(Level.TOWN, Level.COMMUNITY), valid_to__isnull=True)
    return None if held.exists() else _("Grids of departments are laid over a town or a community that is in force.")


def may_draft(actor: Actor, plan: Planned | None = None, **_given: object) -> str | None:
    """The system administrator enters what a document decided; the command line does it in the system's name.

    How a community is divided into grids is drafted by its town and community.
    """
    if plan is not None and plan.kind == ChangeKind.DIVIDE and _is_inside(actor, PLANNERS, plan.areas):
        return None
    return None if actor.has("system_admin", "system") else _("Changes are drafted by the system administrator.")


def may_approve(actor: Actor, change: Change, **_given: object) -> str | None:
    """The duty chief over all that changes, or the town over its grids; never the one who drafted it."""
    if not actor.has(*approvers(change)):
        return _("Changes are approved by the duty chief.")
    if change.drafted_by_id == actor.account_id:
        return _("You drafted it: a second person has to approve.")
    return None if covers(actor, change) else _("A part of this lies outside your area.")


def approvers(change: Change) -> tuple[str, ...]:
    """Roles that approve a change of this kind."""
    return ("duty_chief", "town_staff") if change.kind == ChangeKind.DIVIDE else ("duty_chief",)


def may_withdraw(actor: Actor, change: Change, **_given: object) -> str | None:
    """Who drafts or approves may take it back before its date."""
    if change.kind == ChangeKind.DIVIDE and covers(actor, change, PLANNERS):
        return None
    return None if actor.has("system_admin", "duty_chief", "system") else _("Your posts do not cover this.")


def covers(actor: Actor, change: Change, roles: tuple[str, ...] = ()) -> bool:
    """Say whether the actor may approve for every area that the change names, or has one of the roles over them."""
    named = ChangePart.objects.filter(change=change).values_list("area_id", "parent_id")
    return _is_inside(actor, roles or approvers(change), {area for pair in named for area in pair if area})


def _is_inside(actor: Actor, roles: tuple[str, ...], wanted: set[int]) -> bool:
    mine = Reach.objects.filter(ancestor_id__in=actor.areas_of(roles), descendant_id__in=wanted)
    return set(mine.values_list("descendant_id", flat=True)) == wanted


def may_import_places(actor: Actor, *_subject: object, **_named: object) -> str | None:
    """Lists of places are brought in by the system administrator, or by the system at the command line."""
    if actor.has("system_admin", "system"):
        return None
    return _("Lists of places are brought in by the system administrator.")
