"""Who keeps the registry of residents of an area, who opens a field of it, who brings lists in."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.models import Reach

KEEPERS = ("grid_worker", "secretary")


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


def is_keeper(actor: Actor, areas: Iterable[int], roles: Iterable[str] = KEEPERS) -> bool:
    """Say whether the actor keeps the registry in all these grids, by one of the roles."""
    wanted = set(areas)
    mine = Reach.objects.filter(ancestor_id__in=actor.areas_of(roles), descendant_id__in=wanted)
    return set(mine.values_list("descendant_id", flat=True)) == wanted
