"""Grids and communities shaded by a figure: reports, households, grids without a worker. Places only, never persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.cases.models import Case
from wangge.core.classes import Classes, classes, is_shown
from wangge.places.models import Grid
from wangge.places.queries.tree import Node, Tree
from wangge.places.words import BANDS, GridKind
from wangge.teams.queries import posts_now

MOST_LISTED = 300


@dataclass(frozen=True)
class Shade:
    """An area with its figure and its class; without a value it is too small to be shown, without a class it is 0."""

    area: Node
    value: int | None
    step: int | None
    beyond: int = 0  # households above (below: negative) the band of its kind of grid

    @property
    def missing(self) -> int:
        return -self.beyond


@dataclass(frozen=True)
class Shading:
    """All areas that are shaded, the highest figure first, and the classes the legend prints."""

    shades: list[Shade]
    classes: Classes

    @property
    def hidden(self) -> int:
        return sum(shade.value is None for shade in self.shades)

    @property
    def listed(self) -> list[Shade]:
        return [shade for shade in self.shades if shade.step is not None][:MOST_LISTED]

    @property
    def beyond(self) -> list[Shade]:
        return [shade for shade in self.shades if shade.beyond]


@dataclass(frozen=True)
class Facts:
    """What the register holds about a grid."""

    households: int
    kind: str
    is_whole: bool  # a total grid over other grids, whose figures stand in these already


def facts(actor: Actor, tree: Tree, *, only: Iterable[int] | None = None) -> dict[int, Facts]:
    """The grids in the actor's areas; for who works for a unit alone, every grid."""
    roots = [held.area_id for held in actor.roles if held.area_id is not None]
    rows = Grid.objects.all()
    if roots:
        rows = rows.filter(area_id__in=Reach.objects.filter(ancestor_id__in=roots).values("descendant_id"))
    wanted = None if only is None else set(only)
    held = [row for row in rows.values_list("area_id", "households", "kind") if row[0] in tree.nodes]
    divided = {tree.nodes[pk].parent_id for pk, _households, kind in held if kind != GridKind.TOTAL}
    return {
        pk: Facts(households, kind, kind == GridKind.TOTAL and tree.nodes[pk].parent_id in divided)
        for pk, households, kind in held
        if wanted is None or pk in wanted
    }


def summed(tree: Tree, level: str, values: dict[int, int], over: Iterable[int]) -> dict[Node, int]:
    """Figures of grids added up for the areas of a level; every area that holds one of the grids is there."""
    found: dict[Node, int] = {}
    for grid in over:
        area = tree.at_level(grid, level)
        if area is not None:
            found[area] = found.get(area, 0) + values.get(grid, 0)
    return found


def _homes(tree: Tree, level: str, held: dict[int, Facts]) -> dict[Node, int]:
    """Households of each area, once; a total grid over others is left out."""
    parts = {grid: each.households for grid, each in held.items() if not each.is_whole}
    return summed(tree, level, parts, parts)


def _shading(figures: dict[Node, int], hidden: Iterable[Node] = (), beyond: dict[Node, int] | None = None) -> Shading:
    made = classes(value for value in figures.values() if value > 0)
    shades = [
        Shade(area, value, made.of(value) if value > 0 else None, (beyond or {}).get(area, 0))
        for area, value in sorted(figures.items(), key=lambda pair: (-pair[1], pair[0].sort_key))
    ]
    return Shading([*shades, *(Shade(area, None, None) for area in hidden)], made)


def by_reports(found: QuerySet[Case], tree: Tree, level: str, held: dict[int, Facts]) -> Shading:
    """The reports found, open or not; what is too small to be shown is told from nothing."""
    reports = summed(tree, level, dict(found.order_by().values_list("area_id").annotate(total=Count("id"))), held)
    homes = summed(tree, level, {grid: each.households for grid, each in held.items()}, held)
    shown = {area: count for area, count in reports.items() if is_shown(count, homes[area])}
    return _shading(shown, hidden=[area for area in reports if area not in shown])


def by_households(tree: Tree, level: str, held: dict[int, Facts]) -> Shading:
    """Households; at the level of grids with those beyond the band of their kind."""
    beyond = {tree.nodes[grid]: _beyond(each) for grid, each in held.items()} if level == "grid" else {}
    return _shading(_homes(tree, level, held), beyond=beyond)


def _beyond(grid: Facts) -> int:
    least, most = BANDS.get(grid.kind, (0, grid.households))
    return grid.households - most if grid.households > most else min(grid.households - least, 0)


def by_worker(tree: Tree, level: str, held: dict[int, Facts], now: datetime) -> Shading:
    """Grids for which nobody holds the post of grid worker now; a dedicated grid has its manager."""
    staffed = set(posts_now(now).filter(role_id="grid_worker").values_list("area_id", flat=True))
    parts = [grid for grid, each in held.items() if not each.is_whole and each.kind != GridKind.DEDICATED]
    return _shading(summed(tree, level, {grid: int(grid not in staffed) for grid in parts}, parts))
