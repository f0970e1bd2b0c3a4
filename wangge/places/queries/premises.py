"""Dedicated grids of a community, those to come, and what one is made of: houses without homes, outlines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.db.models import QuerySet
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wangge.access.models import Reach
from wangge.core.unit_files.stairwells import in_metres
from wangge.core.unit_files.table import Plane
from wangge.places.models import Area, AreaCode, Building, Change, ChangePart, Dedicated, Grid, GridDraft
from wangge.places.queries.grid_names import DIGITS, FIRST_DEDICATED
from wangge.places.queries.outlines import Outline, drawn_as
from wangge.places.queries.units import STAIRS, footprint
from wangge.places.words import PENDING, GridKind

ROUND, CLOSED, BESIDE = 12.0, 18.0, 2.0
"""Metres of ground round a house; gaps between houses up to twice this are ground as well; left to a house beside."""
GROUNDS = ("park", "green", "square", "market", "school", "works")
NEAR = """
select id, kind, name, geometry::text from places_basemap
 where kind = any (%s) and box && box(point(%s, %s), point(%s, %s)) order by name = '', name, id limit %s
"""
MOST_GROUNDS = 200
LAST = 999


def standing(communities: Iterable[int]) -> QuerySet[Grid]:
    """Dedicated grids in force, by number."""
    found = Grid.objects.filter(area__parent_id__in=list(communities), kind=GridKind.DEDICATED)
    living = found.filter(area__valid_to__isnull=True).select_related("area__dedicated").order_by("number")
    return living.defer("area__outline", "area__dedicated__outline", "area__dedicated__buildings")


def coming(community: int) -> list[ChangePart]:
    """Parts of plans that wait: dedicated grids that would begin or end here."""
    waiting = ChangePart.objects.filter(change__state__in=PENDING, change__kind="divide").select_related(
        "change", "area"
    )
    begins = waiting.filter(change__dedicated__community_id=community, deed="open")
    ends = waiting.filter(area__parent_id=community, area__grid__kind=GridKind.DEDICATED, deed="end")
    return list((begins | ends).order_by("pk"))


def ending(grid: int) -> ChangePart | None:
    """The part of a plan that waits and would end this grid."""
    waiting = ChangePart.objects.filter(area_id=grid, deed="end", change__state__in=PENDING)
    return waiting.select_related("change").first()


def divided(change: Change) -> tuple[int, set[int] | None]:
    """The community a plan of grids is about, and the grids it touches; None stands for all of them."""
    drawn = GridDraft.objects.filter(change=change).values_list("area_id", flat=True).first()
    if drawn is not None:
        return drawn, None
    part = change.parts.select_related("area").get()
    assert part.area is not None
    community = part.parent_id if part.deed == "open" else part.origin_id or part.area.parent_id
    assert community is not None
    return community, {part.area.pk}


def free_number(community: int) -> str:
    """The next number from 901 that no grid ever had and no plan that waits asks for; empty when all were given."""
    here = sorted(Grid.objects.filter(area__parent_id=community).values_list("number", flat=True))
    code = AreaCode.objects.filter(area_id=community).order_by("-year", "scheme").values_list("code", flat=True).first()
    prefix = next((number[:-DIGITS] for number in here), code or f"{community}-")
    taken = set(Grid.objects.filter(number__startswith=prefix).values_list("number", flat=True))
    waiting = Dedicated.objects.filter(community_id=community, change__state__in=PENDING)
    taken |= set(waiting.values_list("number", flat=True))
    numbers = (f"{prefix}{n:0{DIGITS}d}" for n in range(FIRST_DEDICATED, LAST + 1))
    return next((number for number in numbers if number not in taken), "")


def households(community: int) -> dict[int, int]:
    """The homes of each house that has any: doors that are registered, else the number somebody counted.

    What was only worked out from floors and ground is no household: an office tower looks like a home from outside.
    """
    inside = Reach.objects.filter(ancestor_id=community).values("descendant_id")
    counted = Building.objects.filter(grid_id__in=inside, homes__gt=0).exclude(estimated__contains="homes")
    homes = dict(counted.values_list("pk", "homes"))
    with connection.cursor() as cursor:
        cursor.execute(STAIRS, [community])
        doors: dict[int, int] = {}
        for building, _unit, n, _top in cursor.fetchall():
            doors[building] = doors.get(building, 0) + n
    return {**{pk: n or 0 for pk, n in homes.items()}, **doors}


def houses(community: int) -> QuerySet[Building]:
    """The houses of a community outside its dedicated grids."""
    inside = Reach.objects.filter(ancestor_id=community).values("descendant_id")
    dedicated = Grid.objects.filter(kind=GridKind.DEDICATED).values("area_id")
    found = Building.objects.filter(grid_id__in=inside).exclude(grid_id__in=dedicated)
    return found.select_related("compound").order_by("compound__sort_key", "order", "pk")


@dataclass(frozen=True)
class Ground:
    """What a dedicated grid would hold: its outline in degrees, and the houses that come along."""

    outline: Outline
    buildings: tuple[int, ...]


def ground(community: Area, chosen: Iterable[Building], taken: Outline | None) -> Ground | None:
    """The ground round the chosen houses together with an outline that was taken over; None where that is no surface.

    It reaches no farther than the community, and leaves other dedicated grids alone.
    """
    picked = list(chosen)
    parts = [_round(community.pk, picked)] if picked else []
    if taken is not None:
        parts.append(shapely.make_valid(shape(taken)))
    whole = shapely.union_all(parts)
    if community.outline is not None:
        whole = whole.intersection(shapely.make_valid(shape(community.outline)))
    for other in others(community.pk):
        whole = whole.difference(shapely.make_valid(shape(other)))
    outline = drawn_as(whole)
    if outline is None:
        return None
    return Ground(outline, tuple(sorted({one.pk for one in picked}.union(_standing_on(community, whole)))))


def inhabited(community: Area, found: Ground) -> list[Building]:
    """Houses with homes on the ground of a dedicated grid: none may be there."""
    homes = households(community.pk)
    return list(houses(community.pk).filter(pk__in=[pk for pk in found.buildings if homes.get(pk)]))


def _round(community: int, picked: list[Building]) -> BaseGeometry:
    """The ground round the chosen houses, without the footprints of houses with homes that stand close by."""
    plane = Plane.of(np.array([one.lon for one in picked]), np.array([one.lat for one in picked]))
    wide = shapely.union_all([footprint(one, plane).buffer(ROUND + CLOSED, quad_segs=2) for one in picked])
    around: BaseGeometry = shapely.simplify(wide.buffer(-CLOSED, join_style="mitre"), 1.0)
    lived_in = houses(community).filter(pk__in=households(community))
    around = around.difference(shapely.union_all([footprint(one, plane).buffer(BESIDE) for one in lived_in]))
    return shapely.transform(around, lambda at: np.column_stack(plane.degrees(at[:, 0], at[:, 1])))


def others(community: int) -> list[Outline]:
    """The outlines of the dedicated grids here, in force and to come."""
    held = standing([community]).values_list("area__outline", flat=True)
    waiting = Dedicated.objects.filter(community_id=community, change__state__in=PENDING)
    return [one for one in (*held, *waiting.values_list("outline", flat=True)) if one]


def _standing_on(community: Area, ground: BaseGeometry) -> Iterator[int]:
    for pk, lon, lat in houses(community.pk).values_list("pk", "lon", "lat"):
        if shapely.intersects_xy(ground, lon, lat):
            yield pk


@dataclass(frozen=True)
class Surface:
    """A park, green or other surface of the base map."""

    id: int
    kind: str
    name: str
    outline: Outline


def surfaces(community: Area) -> list[Surface]:
    """Parks, greens and other surfaces of the base map that reach into the community, the named first."""
    if community.outline is None:
        return []
    inside = shapely.make_valid(shape(community.outline))
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [list(GROUNDS), *inside.bounds, MOST_GROUNDS])
        rows = [(pk, kind, name, json.loads(geometry)) for pk, kind, name, geometry in cursor.fetchall()]
    return [
        Surface(pk, kind, name, outline)
        for pk, kind, name, outline in rows
        if outline["type"].endswith("Polygon") and shape(outline).intersects(inside)
    ]


def hectares(outline: Any) -> float:
    """The size of an outline."""
    held = shapely.make_valid(shape(outline))
    return float(in_metres(held, Plane(held.centroid.x, held.centroid.y)).area) / 10_000
