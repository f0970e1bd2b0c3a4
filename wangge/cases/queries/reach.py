"""The actor's own reach, said once more where it is small, so that the database begins at an index.

Row-level security decides who sees what; its answer is known only while the query runs. Somebody who looks after nine
grids should not have the list of the whole county walked through for them.
"""

from django.core.cache import cache
from django.db.models import Q, QuerySet

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.cases.models import Case

FEW = 400
SECONDS = 60


def close_to(found: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
    """The same cases; with the actor's areas and units named when these are few."""
    areas = few_areas(frozenset(held.area_id for held in actor.roles if held.area_id is not None), actor.reach_version)
    if areas is None or actor.has("system"):
        return found
    return found.filter(Q(area_id__in=areas) | Q(lead_id__in=actor.organisations))


def few_areas(roots: frozenset[int], version: int) -> list[int] | None:
    """Every area inside the roots, or None when there are many. A moved one is known at once, a new one in a minute."""
    if not roots:
        return []
    key = f"cases.reach.{version}.{hash(roots)}"  # numbers hash alike in every process
    kept: tuple[list[int] | None] | None = cache.get(key)
    if kept is None:
        ids = Reach.objects.filter(ancestor_id__in=roots).values_list("descendant_id", flat=True)
        inside = sorted(set(ids[: FEW + 1]))
        kept = (inside if len(inside) <= FEW else None,)
        cache.set(key, kept, SECONDS)
    return kept[0]
