"""What a plan of grids does at its midnight: buildings, doors, outlines, numbers, micro-grids with their rounds."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.db.models import Max

from wangge.access.models import Reach
from wangge.places.actions.submitting import new_keys
from wangge.places.models import (
    Area,
    Building,
    Change,
    ChangePart,
    Dwelling,
    FormerGrid,
    Grid,
    GridDraft,
    MicroGrid,
    MicroUnit,
)
from wangge.places.words import GridKind

if TYPE_CHECKING:
    from wangge.places.queries.drafted import Under
    from wangge.places.queries.grid_names import Called


def lay(change: Change, parts: Iterable[ChangePart]) -> int:
    """Lay the houses of a community into the grids of an approved draft, and say how many buildings changed theirs.

    Called by the action `area_change.take_effect`, in its transaction.
    """
    from wangge.places.queries import drafted, grid_names  # noqa: PLC0415 - slow import

    draft = GridDraft.objects.select_related("area").get(change=change)
    under = drafted.under(draft)
    names = grid_names.called(under, draft.area_id)
    opened = {part.key: part.area_id for part in parts if part.key is not None and part.area_id is not None}
    areas = {key: opened[at] for key, at in new_keys(under).items()}
    areas |= {key: one.area for key, one in names.items() if one.area is not None}
    changed = [key for key, area in areas.items() if any(part.area_id == area for part in parts)]
    moved = _buildings(under, areas, draft.area_id, change.effective_on)
    _doors(under, areas)
    _grids(under, areas, names, draft, change.effective_on)
    _outlines(under, areas, draft.area)
    _micro_grids(under, {key: areas[key] for key in changed}, names, draft.area, change.effective_on)
    return moved


def _buildings(under: "Under", areas: dict[int, int], community: int, day: date) -> int:
    """Each building lies in the grid of most of its homes; one without homes in that of the nearest stairwell."""
    pieces, stairs = under.drawn.pieces, under.stairs
    homes: dict[int, dict[int, int]] = {}
    for unit, key, n in np.column_stack([pieces.unit, under.drawn.general, pieces.households]).tolist():
        own = homes.setdefault(stairs.building[unit], {})
        own[key] = own.get(key, 0) + n
    wanted = {building: areas[max(own, key=lambda key: (own[key], -key))] for building, own in homes.items()}
    inside = Reach.objects.filter(ancestor_id=community).values("descendant_id")
    dedicated = Grid.objects.filter(kind=GridKind.DEDICATED).values("area_id")
    here = {one.pk: one for one in Building.objects.filter(grid_id__in=inside).exclude(grid_id__in=dedicated)}
    bare = [one for one in here.values() if one.pk not in wanted]
    if bare:
        x, y = stairs.plane.metres(np.array([one.lon for one in bare]), np.array([one.lat for one in bare]))
        tree = shapely.STRtree(shapely.points(stairs.x_m, stairs.y_m))
        near = np.atleast_1d(tree.nearest(shapely.points(x, y)))
        wanted |= {one.pk: wanted[stairs.building[at]] for one, at in zip(bare, near.tolist(), strict=True)}
    moving = [one for one in here.values() if wanted[one.pk] != one.grid_id]
    keep_former(moving, day)
    for grid in sorted({wanted[one.pk] for one in moving}):
        going = [one.pk for one in moving if wanted[one.pk] == grid]
        Building.objects.filter(pk__in=going).update(grid_id=grid)
        since_drawn = [pk for pk in going if pk not in homes]  # doors that came after the draft go with their building
        Dwelling.objects.filter(building_id__in=since_drawn).update(area_id=grid)
    return len(moving)


def keep_former(moving: list[Building], day: date) -> None:
    """Write down which grid each building lay in until this day."""
    ids = [one.pk for one in moving]
    last = FormerGrid.objects.filter(building_id__in=ids).values("building_id").annotate(day=Max("valid_to"))
    since = dict(last.values_list("building_id", "day"))
    begun = dict(Area.objects.filter(pk__in={one.grid_id for one in moving}).values_list("pk", "valid_from"))
    FormerGrid.objects.bulk_create(
        FormerGrid(building_id=one.pk, grid_id=one.grid_id, valid_from=first, valid_to=day)
        for one in moving
        if (first := since.get(one.pk, begun[one.grid_id])) < day
    )


def _doors(under: "Under", areas: dict[int, int]) -> None:
    """Each door is looked after by the grid of its stairwell, of a shared one by that of its floors."""
    pieces, stairs = under.drawn.pieces, under.stairs
    whole: dict[int, set[int]] = {}
    for unit, key in zip(pieces.unit.tolist(), under.drawn.general.tolist(), strict=True):
        whole.setdefault(stairs.building[unit], set()).add(key)
    for key, area in areas.items():
        alone = [building for building, keys in whole.items() if keys == {key}]
        Dwelling.objects.filter(building_id__in=alone).exclude(area_id=area).update(area_id=area)
    low = -99
    for at, unit in enumerate(pieces.unit.tolist()):
        low = low if at and unit == pieces.unit[at - 1] else -99
        building = stairs.building[unit]
        if len(whole[building]) > 1:
            last = at + 1 == len(pieces) or pieces.unit[at + 1] != unit
            doors = Dwelling.objects.filter(building_id=building, unit=stairs.unit[unit], floor__gte=low)
            doors = doors if last else doors.filter(floor__lte=int(pieces.top[at]))
            doors.update(area_id=areas[int(under.drawn.general[at])])
        low = int(pieces.top[at]) + 1


def _grids(under: "Under", areas: dict[int, int], names: dict[int, "Called"], draft: GridDraft, day: date) -> None:
    """New grids get their number and token; all get the number of their households."""
    homes = np.bincount(under.drawn.general, under.drawn.pieces.households)
    total = Grid.objects.filter(area__parent_id=draft.area_id, area__valid_to__isnull=True, kind=GridKind.TOTAL)
    total.update(households=sum(under.stairs.households), provisional=False)
    like = Grid.objects.filter(area__parent_id=draft.area_id, kind=GridKind.GENERAL).order_by("number").first()
    for key, called in names.items():
        households = int(homes[key]) if key < len(homes) else 0
        if called.area is None:
            Grid.objects.create(
                area_id=areas[key], kind=GridKind.GENERAL, number=called.number, token=secrets.token_hex(6),
                households=households, provisional=False, hours=like.hours if like else "", card_valid_from=day,
            )  # fmt: skip
            Area.objects.filter(pk=areas[key]).update(sort_key=called.number)
        else:
            held = Grid.objects.get(area_id=called.area)
            if held.number != called.number:
                held.former_numbers, held.number = [*held.former_numbers, held.number], called.number
                Area.objects.filter(pk=called.area).update(sort_key=called.number)
            held.households, held.provisional = households, False
            held.save(update_fields=["number", "former_numbers", "households", "provisional"])


def _outlines(under: "Under", areas: dict[int, int], community: Area) -> None:
    """Each grid is the ground nearer to its stairwells than to others'."""
    from wangge.places.queries.grounds import grounds  # noqa: PLC0415 - slow import

    for key, outline in grounds(under, community).items():
        Area.objects.filter(pk=areas[key]).update(outline=outline)


def _micro_grids(under: "Under", areas: dict[int, int], names: dict[int, "Called"], community: Area, day: date) -> None:
    """End the micro-grids of the grids that changed; write the new ones in the order in which they are numbered."""
    from wangge.places.queries.grounds import micro_grids, micro_grounds  # noqa: PLC0415 - slow import

    outlines = micro_grounds(under, community, set(areas))
    MicroGrid.objects.filter(grid_id__in=areas.values(), valid_to__isnull=True).update(valid_to=day)
    for key, area in areas.items():
        for number, round_ in enumerate(micro_grids(under, key), 1):
            row = round_.row
            held = MicroGrid.objects.create(
                grid_id=area, number=f"{names[key].number}{number:02}", households=row.households,
                minutes=round(row.minutes), tour_m=round(row.tour_m), outline=outlines.get(row.key), valid_from=day,
            )  # fmt: skip
            MicroUnit.objects.bulk_create(_units(under, held, round_.pieces))


def _units(under: "Under", held: MicroGrid, pieces: list[int]) -> Iterable[MicroUnit]:
    own: Any = under.drawn.pieces
    for order, piece in enumerate(pieces):
        unit = int(own.unit[piece])
        first = piece == 0 or own.unit[piece - 1] != unit
        last = piece + 1 == len(own) or own.unit[piece + 1] != unit
        yield MicroUnit(
            micro=held, building_id=under.stairs.building[unit], unit=under.stairs.unit[unit],
            low=None if first else int(own.top[piece - 1]) + 1, high=None if last else int(own.top[piece]),
            households=int(own.households[piece]), order=order,
        )  # fmt: skip
