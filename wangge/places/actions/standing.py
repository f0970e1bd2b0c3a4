"""What a plan of one dedicated grid does at its midnight: houses, outlines, its number, its public card."""

import secrets
from collections.abc import Iterable
from datetime import date

from wangge.core.areas import Deed
from wangge.places.actions.laying import keep_former
from wangge.places.models import Area, Building, Change, ChangePart, Dedicated, Dwelling, Grid
from wangge.places.queries.outlines import Outline, cut
from wangge.places.queries.premises import free_number, households
from wangge.places.words import GridKind


def stand(change: Change, parts: Iterable[ChangePart]) -> int:
    """Let a dedicated grid begin, or give its houses to the heir when it ends; say how many houses changed their grid.

    A house in which somebody has come to live since the plan was drafted stays in its general grid.
    Called by the action `area_change.take_effect`, in its transaction.
    """
    moved = 0
    for part in parts:
        if part.deed == Deed.OPEN:
            moved += _begin(Dedicated.objects.select_related("community").get(change=change), part, change.effective_on)
        elif part.deed == Deed.END:
            left = Building.objects.filter(grid_id=part.area_id)
            moved += _go(list(left), part.parent_id, change.effective_on)
    return moved


def _begin(held: Dedicated, part: ChangePart, day: date) -> int:
    assert part.area_id is not None
    number = held.number
    if Grid.objects.filter(number=number).exists():
        number = free_number(held.community_id)
    Area.objects.filter(pk=part.area_id).update(outline=held.outline, sort_key=number)
    Grid.objects.create(
        area_id=part.area_id, kind=GridKind.DEDICATED, number=number, token=secrets.token_hex(6), provisional=False
    )
    held.grid_id, held.number = part.area_id, number
    held.save(update_fields=["grid", "number"])  # the database copies the manager to the public card
    _make_room(held.community_id, held.outline)
    homes = households(held.community_id)
    inside = Building.objects.filter(pk__in=[pk for pk in held.buildings if not homes.get(pk)])
    return _go(list(inside), part.area_id, day)


def _make_room(community: int, outline: Outline) -> None:
    """Cut the ground of a dedicated grid out of the general grids."""
    general = Area.objects.filter(parent_id=community, valid_to__isnull=True, grid__kind=GridKind.GENERAL)
    for area in general:
        if area.outline is not None:
            area.outline = cut(area.outline, outline)
            area.save(update_fields=["outline"])


def _go(houses: list[Building], grid: int | None, day: date) -> int:
    assert grid is not None
    keep_former(houses, day)
    ids = [one.pk for one in houses]
    Building.objects.filter(pk__in=ids).update(grid_id=grid)
    Dwelling.objects.filter(building_id__in=ids).exclude(area_id=grid).update(area_id=grid)
    return len(ids)
