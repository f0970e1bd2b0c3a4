"""Areas as a page of figures shows them: names, what lies above, what lies right below."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

from wangge.access.models import Reach
from wangge.places.models import Area
from wangge.places.queries.trees import Tree

KEPT = 60  # seconds


@dataclass(frozen=True)
class Place:
    """An area with its name and level."""

    id: int
    name: str
    level: str

    @property
    def is_grid(self) -> bool:
        return self.level == "grid"


def places(ids: Iterable[int]) -> dict[int, Place]:
    """Areas by id, in the order in which lists show them."""
    found = Area.objects.filter(pk__in=list(ids)).order_by("sort_key", "pk").values_list("pk", "name", "level")
    return {pk: Place(pk, name, level) for pk, name, level in found}


def way_down(tree: Tree, area: int, roots: Iterable[int]) -> list[Place]:
    """From the widest of one's own areas down to this one."""
    up = tree.way(area)
    own = [at for at, one in enumerate(up) if one in set(roots)]
    shown = up[: max(own, default=0) + 1]
    known = places(shown)
    return [known[one] for one in reversed(shown)]


def drawn(area: int) -> list[int]:
    """What a map of the area shows, as far as outlines are known: its communities, or its grids where it has none."""
    key = f"insight.drawn.{connection.settings_dict['NAME']}.{area}"
    found: list[int] | None = cache.get(key)
    if found is None:
        inside = Reach.objects.filter(ancestor_id=area).exclude(descendant_id=area).values("descendant_id")
        known = Area.objects.filter(pk__in=inside, valid_to__isnull=True, outline__isnull=False)
        levels = dict(known.filter(level__in=("community", "grid")).values_list("pk", "level"))
        communities = [one for one, level in levels.items() if level == "community"]
        found = sorted(communities or levels)
        cache.set(key, found, KEPT)
    return found
