"""Who keeps the registry of residents of an area, who opens a field of it, who watches over both."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.models import Reach

KEEPERS = ("grid_worker", "secretary")
WATCHERS = ("security_admin", "auditor")
READERS = (*WATCHERS, "secretary")


class InAnArea(Protocol):
    """A dwelling, household or person: it lies in a grid."""

    @property
    def area_id(self) -> int: ...


def may_see_residents(actor: Actor, *_subject: object) -> str | None:
    """Pages of residents are for the grid's own worker and the community's secretary."""
    return None if actor.has(*KEEPERS) else _("Residents are seen by the grid's own worker and the community only.")


def may_keep(actor: Actor, subject: InAnArea, *_more: object, **_given: object) -> str | None:
    """Write about residents of one's own grid or community; neighbours who help do their task and see no list."""
    if actor.has("system") or is_keeper(actor, (subject.area_id,)):
        return None
    return _("Residents are registered by the grid's own worker and the community only.")


def may_bring_persons(actor: Actor, *_subject: object, **_given: object) -> str | None:
    """Lists of residents: the community's secretary for her own area; for the county the administrator, unseen."""
    if actor.has("secretary", "system_admin", "system"):
        return None
    return _("Lists of residents are brought in by the community's secretary or the system administrator.")


def is_keeper(actor: Actor, areas: Iterable[int]) -> bool:
    """Say whether the actor keeps the registry in all these grids."""
    wanted = set(areas)
    mine = Reach.objects.filter(ancestor_id__in=actor.areas_of(KEEPERS), descendant_id__in=wanted)
    return set(mine.values_list("descendant_id", flat=True)) == wanted


CARERS = (*KEEPERS, "town_staff")
"""Posts whose holders can be named as carers."""
COUNTERS = (*CARERS, "duty_chief")
"""Posts whose holders see how many needs of a kind a grid has, one to four held back."""


class Cared(InAnArea, Protocol):
    """A need of the care register: it lies in a grid and has carers."""

    @property
    def carer_id(self) -> int | None: ...

    @property
    def deputy_id(self) -> int | None: ...


def may_see_charges(actor: Actor, *_subject: object) -> str | None:
    """Who can be named as a carer sees for whom; whom the database then shows, it decides by the need."""
    return None if actor.has(*CARERS) else _("Carers are named among those with a post in the grid, community or town.")


def may_see_care_counts(actor: Actor, *_subject: object) -> str | None:
    """How many need what is for those who plan help; nobody is named there."""
    return None if actor.has(*COUNTERS) else _("These counts are for the duty chief, towns, communities and grids.")


def may_withdraw(actor: Actor, need: Cared, *_more: object, **_given: object) -> str | None:
    """Consent is withdrawn with whoever hears it first: the grid, the community or the carers."""
    if actor.account_id in (need.carer_id, need.deputy_id):
        return None
    return may_keep(actor, need)


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


def may_assess(actor: Actor, *_subject: object) -> str | None:
    """Assessments and what looks were about are written down by the security administrator."""
    return None if actor.has("security_admin") else _("This is written down by the security administrator.")
