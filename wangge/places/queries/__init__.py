"""Reads of places: by token, the tree above an area, and which grid a point lies in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from shapely.geometry import Point, shape

from wangge.access.context import reach_version
from wangge.places.models import Area, Building, Compound, Grid


@dataclass(frozen=True)
class Place:
    """Somewhere a report can be about: what people call it, and the grid that looks after it."""

    token: str
    name: str
    where: str
    area_id: int
    lon: float | None = None
    lat: float | None = None
    building_id: int | None = None
    compound_id: int | None = None


def ancestors(area_id: int) -> frozenset[int]:
    """The area itself and everything above it; remembered until an area moves."""
    version = reach_version()
    key = f"places.above.{version}.{area_id}"
    found = None if version is None else cache.get(key)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("select ancestor_id from access_reach where descendant_id = %s", [area_id])
            found = frozenset(row[0] for row in cursor.fetchall())
        if version is not None:
            cache.set(key, found, 60)
    result: frozenset[int] = found
    return result


def names_of(areas: Collection[int]) -> list[str]:
    """The names of areas in the order of their ids; a new name is known within a minute."""
    version, ids = reach_version(), sorted(areas)
    key = f"places.names.{version}.{'-'.join(map(str, ids))}"
    found: list[str] | None = None if version is None else cache.get(key)
    if found is None:
        found = list(Area.objects.filter(id__in=ids).order_by("id").values_list("name", flat=True))
        if version is not None:
            cache.set(key, found, 60)
    return found


def line(area_id: int) -> list[Area]:
    """The areas from the top down to this one."""
    found = Area.objects.raw(
        "with recursive up as (select a.*, 0 as depth from places_area a where id = %s"
        " union all select p.*, up.depth + 1 from places_area p join up on p.id = up.parent_id)"
        " select * from up order by depth desc",
        [area_id],
    )
    return list(found)


def of_building(building: Building) -> Place:
    """The place a building is, with its compound's name before its own; needs compound and grid."""
    name = f"{building.compound.name} {building.name}" if building.compound else building.name
    return Place(
        building.token, name, building.grid.name, building.grid_id, building.lon, building.lat,
        building.pk, building.compound_id,
    )  # fmt: skip


def of_compound(compound: Compound, grids: Sequence[int]) -> Place | None:
    """The place a compound is, in the grid of its gate; `grids` are those of its buildings. None where none lies."""
    community = compound.community_id
    grid = grids[0] if len(grids) == 1 else grid_at(compound.lon, compound.lat, community_id=community, among=grids)
    if grid is None:
        return None
    return Place(
        compound.token, compound.name, compound.community.name, grid, compound.lon, compound.lat, None, compound.pk
    )


def grids_of(compounds: Iterable[int]) -> dict[int, list[int]]:
    """In which grids the buildings of each compound lie."""
    found: dict[int, list[int]] = {pk: [] for pk in compounds}
    pairs = Building.objects.filter(compound_id__in=list(found)).values_list("compound_id", "grid_id").distinct()
    for compound, grid in pairs.order_by("compound_id", "grid_id"):
        found[compound].append(grid)
    return found


def _of_grid(grid: Grid) -> Place:
    """The place of a grid; the sign of one that ended leads to the one that took it over."""
    area = grid.area
    while area.valid_to is not None and area.parent is not None:
        area = area.parent
    return Place(grid.token, area.name, area.parent.name if area.parent else "", area.pk)


# Every report begins here, so it is asked in plain words.
BY_PLATE = """
select b.name, c.name, g.name, b.grid_id, b.lon, b.lat, b.id, b.compound_id from places_building b
  join places_area g on g.id = b.grid_id left join places_compound c on c.id = b.compound_id where b.token = %s
"""


def by_token(token: str) -> Place | None:
    """The place behind a QR code: a building, a compound or a grid."""
    with connection.cursor() as cursor:
        cursor.execute(BY_PLATE, [token])
        building = cursor.fetchone()
    if building is not None:
        name, compound, grid, *rest = building
        return Place(token, f"{compound} {name}" if compound else name, grid, *rest)
    compound = Compound.objects.select_related("community").filter(token=token).first()
    if compound is not None:
        return of_compound(compound, grids_of([compound.pk])[compound.pk])
    grid = Grid.objects.select_related("area__parent").filter(token=token).first()
    return _of_grid(grid) if grid is not None else None


def grid_at(lon: float, lat: float, *, community_id: int | None = None, among: Sequence[int] = ()) -> int | None:
    """Id of the grid whose outline holds the point, or whose nearest building it is closest to; None far outside.

    `among` are the grids in question, where that is known.
    """
    grids = Area.objects.filter(level="grid", valid_to__isnull=True)
    if community_id is not None:
        grids = grids.filter(parent_id=community_id)
    if among:
        grids = grids.filter(pk__in=among)
    point = Point(lon, lat)
    near: tuple[float, int] | None = None
    for area_id, outline in grids.exclude(outline__isnull=True).values_list("id", "outline"):
        assert outline is not None
        distance = shape(outline).distance(point)
        if distance == 0:
            return int(area_id)
        near = min(near or (distance, area_id), (distance, area_id))
    return near[1] if near is not None and near[0] < 0.05 else None


def card(token: str) -> Grid | None:
    """The public card of a grid; the sign of one that ended shows the card of the one that took it over."""
    cards = Grid.objects.select_related("area__parent__parent")
    found = cards.filter(token=token).first()
    while found is not None and found.area.valid_to is not None:
        found = cards.filter(area_id=found.area.parent_id or 0).first()
    return found
