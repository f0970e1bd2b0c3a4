"""Grids in which nobody holds the post of a grid worker now."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.access.models import Post, Reach
from wangge.places.models import Area
from wangge.places.words import GridKind


def unstaffed(within: Collection[int], now: datetime) -> QuerySet[Area]:
    """The grids in force today within areas that have no worker.

    A whole community needs none of its own; a dedicated grid has its manager.
    """
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), valid_from__lte=now)
    worker = held.filter(role_id="grid_worker", area_id=OuterRef("pk"))
    inside = Reach.objects.filter(ancestor_id__in=list(within)).values("descendant_id")
    grids = Area.objects.filter(pk__in=inside, level="grid", valid_to__isnull=True)
    return grids.exclude(grid__kind__in=(GridKind.TOTAL, GridKind.DEDICATED)).filter(~Exists(worker)).order_by("pk")
