"""Grids in which nobody holds the post of a grid worker now."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.access.models import Post
from wangge.places.models import Area
from wangge.places.words import GridKind


def unstaffed(areas: Collection[int], now: datetime) -> QuerySet[Area]:
    """The grids among the areas that are in force today and have no worker; a whole community needs none of its own."""
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), valid_from__lte=now)
    worker = held.filter(role_id="grid_worker", area_id=OuterRef("pk"))
    grids = Area.objects.filter(pk__in=list(areas), level="grid", valid_to__isnull=True)
    return grids.exclude(grid__kind=GridKind.TOTAL).filter(~Exists(worker)).order_by("pk")
