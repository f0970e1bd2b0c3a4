"""The inside card of a grid or a building: whom to call, how much lies in it, what is open there."""

from dataclasses import dataclass
from datetime import datetime

from wangge.access.actor import Actor
from wangge.cases.queries.desk import Figures, Wanted
from wangge.cases.queries.map import added, heaps_of, open_cases
from wangge.places.models import Area, Building, Grid
from wangge.places.queries import line
from wangge.places.queries.drawing import Box
from wangge.places.queries.tree import Tree

MOST_GRIDS = 40


@dataclass(frozen=True)
class GridCard:
    """A grid as staff see it."""

    grid: Grid
    path: list[Area]
    duty_phone: str
    buildings: int
    figures: Figures


@dataclass(frozen=True)
class BuildingCard:
    """A building as staff see it: never who lives in it."""

    building: Building
    figures: Figures


def grid_card(area_id: int, actor: Actor, tree: Tree, now: datetime) -> GridCard | None:
    """The card of a grid; None where there is none of that id."""
    grid = Grid.objects.select_related("area").filter(area_id=area_id).first()
    if grid is None:
        return None
    path = line(area_id)
    phone = next((area.duty_phone for area in reversed(path) if area.duty_phone), "")
    return GridCard(
        grid, path, phone, Building.objects.filter(grid_id=area_id).count(), _figures(area_id, actor, tree, now)
    )


def _figures(area_id: int, actor: Actor, tree: Tree, now: datetime) -> Figures:
    heaps = heaps_of(open_cases(actor, Wanted(area=area_id), now), tree, "grid", now)
    return added(heap.figures for heap in heaps)


def building_card(building_id: int, actor: Actor, tree: Tree, now: datetime) -> BuildingCard | None:
    """The card of a building."""
    building = Building.objects.select_related("compound", "grid__grid").filter(pk=building_id).first()
    if building is None:
        return None
    found = open_cases(actor, Wanted(), now).filter(building_id=building_id)
    return BuildingCard(building, added(heap.figures for heap in heaps_of(found, tree, "grid", now)))


def grids_in(box: Box, tree: Tree) -> list[tuple[int, str]]:
    """Grids whose middle lies in sight, for who does not point at the map."""
    seen = [
        (node.id, node.full)
        for node in tree.nodes.values()
        if node.level == "grid" and node.lon is not None and node.lat is not None and box.holds(node.lon, node.lat)
    ]
    return seen[:MOST_GRIDS]
