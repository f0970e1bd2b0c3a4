"""What a plan will touch, counted from the tree of today: the preview. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Sum

from wangge.core.areas import Deed, Forest, inside
from wangge.places.models import Area, Building, Compound, Grid
from wangge.places.queries.faults import Problem, names_of, problems
from wangge.places.queries.plans import Line, Plan, forest
from wangge.places.words import Level


@dataclass(frozen=True)
class Fate:
    """One line of the preview: what becomes of an area, and how much lies in it."""

    line: Line
    name: str
    level: str
    lies_in: str
    goes_to: str
    grids: int


@dataclass(frozen=True)
class Extent:
    """Everything a plan touches."""

    fates: list[Fate]
    areas: frozenset[int]
    communities: int
    grids: int
    compounds: int
    buildings: int
    dwellings: int
    households: int
    cards: int
    building_posters: int


@dataclass(frozen=True)
class Preview:
    """What will change and what is wrong."""

    extent: Extent
    problems: list[Problem]

    @property
    def is_blocked(self) -> bool:
        return any(not each.is_warning for each in self.problems)


def preview(plan: Plan, today: date) -> Preview:
    """The preview of a plan that is not kept yet."""
    return Preview(extent(plan), problems(plan, today))


def extent(plan: Plan) -> Extent:
    """Count what the plan touches. A renamed or moved community changes the card of each of its grids."""
    tree = forest()
    touched = inside(tree, (part.area for part in plan.parts if part.area in tree))
    grids = {area for area in touched if area in tree and tree[area].level == Level.GRID}
    held = Building.objects.filter(grid_id__in=grids)
    buildings = held.count()
    return Extent(
        _fates(plan, tree), touched,
        sum(1 for area in touched if area in tree and tree[area].level == Level.COMMUNITY), len(grids),
        Compound.objects.filter(pk__in=held.exclude(compound=None).values("compound")).count(), buildings,
        dwellings_in(grids), Grid.objects.filter(area_id__in=grids).aggregate(n=Sum("households"))["n"] or 0,
        len(grids), buildings,
    )  # fmt: skip


def _fates(plan: Plan, tree: Forest) -> list[Fate]:
    names = names_of(plan)
    around = {node.parent for area, node in tree.items() if area in plan.areas}
    names |= dict(Area.objects.filter(pk__in={each for each in around if each}).values_list("pk", "name"))
    return [_fate(line, names, tree) for line in plan.lines]


def _fate(line: Line, names: dict[int, str], tree: Forest) -> Fate:
    part = line.part
    node = tree.get(part.area)
    grids = [area for area in inside(tree, [part.area]) if area in tree and tree[area].level == Level.GRID]
    return Fate(
        line, names.get(part.area, "?"), part.level or (node.level if node else ""),
        names.get(node.parent or 0, "") if node and part.deed is not Deed.OPEN else "",
        names.get(part.parent or 0, ""), len(grids),
    )  # fmt: skip


def dwellings_in(areas: Iterable[int]) -> int:
    """How many dwellings lie in grids, doors unseen."""
    with connection.cursor() as cursor:
        cursor.execute("select places_dwellings_in(%s)", [list(areas)])
        return int(cursor.fetchone()[0])
