"""By which names each place is found: of areas, grids, compounds, buildings and features, from their own rows.

Buildings that have only a number are found through their compound. Homes and persons have no name here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef
from shapely import STRtree
from shapely.geometry import shape

from wangge.core.folding import building_key, fold
from wangge.core.spelling import spelling_of
from wangge.places.models import Address, Area, AreaCode, BaseMap, Building, Compound, Grid, Name
from wangge.places.words import How, Kind, Level

M = TypeVar("M", bound=Model)
LONGEST, SHORTEST = 160, 2
GENERIC = {
    Kind.AREA: re.compile("(?:街道|社区|[市县区镇乡村])$"),
    Kind.COMPOUND: re.compile("(?:小区|花园|花苑|公寓|新村|新苑|家园|村)$"),
}


def names_of(rows: Sequence[Model]) -> list[Name]:
    """The names of places as they stand in rows of one table; none for tables that name nothing."""
    if not rows or type(rows[0]) not in NAMING:
        return []
    named = {(name.kind, name.place, name.folded): name for name in NAMING[type(rows[0])](rows) if name.folded}
    return list(named.values())


@lru_cache(maxsize=1024)
def _spelt(text: str) -> tuple[str, str]:
    return spelling_of(text)


def _name(kind: Kind, place: int, text: str, how: How = How.NAME, **more: Any) -> Name:
    pinyin, initials = _spelt(text) if how in (How.NAME, How.ALIAS, How.SHORT) else ("", "")
    return Name(
        kind=kind, place=place, text=text[:LONGEST], folded=fold(text)[:LONGEST], how=how, pinyin=pinyin[:400],
        initials=initials[:LONGEST], **more,
    )  # fmt: skip


def _called(kind: Kind, place: int, text: str, area_id: int | None) -> Iterator[Name]:
    """The name, and what people leave of it: 桃园小区 is 桃园, 河湾镇 is 河湾."""
    yield _name(kind, place, text, area_id=area_id)
    short = GENERIC[kind].sub("", text)
    if SHORTEST <= len(short) < len(text):
        yield _name(kind, place, short, How.SHORT, area_id=area_id)


def _of_areas(rows: Iterable[Area]) -> Iterator[Name]:
    for row in rows:
        if row.level == Level.GRID:
            yield _name(Kind.GRID, row.pk, row.name, area_id=row.parent_id)
            continue
        yield from _called(Kind.AREA, row.pk, row.name, row.parent_id)
        if row.official and row.official != row.name:
            yield _name(Kind.AREA, row.pk, row.official, How.ALIAS, area_id=row.parent_id)


def _of_codes(rows: Iterable[AreaCode]) -> Iterator[Name]:
    areas = Area.objects.in_bulk([row.area_id for row in rows])
    for row in rows:
        area = areas[row.area_id]
        kind = Kind.GRID if area.level == Level.GRID else Kind.AREA
        note = f"{row.scheme} {row.year}"
        yield _name(kind, row.area_id, row.code, How.CODE, area_id=area.parent_id, note=note)


def _of_grids(rows: Iterable[Grid]) -> Iterator[Name]:
    parents = dict(Area.objects.filter(pk__in=[row.area_id for row in rows]).values_list("id", "parent_id"))
    for row in rows:
        yield _name(Kind.GRID, row.area_id, row.number, How.NUMBER, area_id=parents[row.area_id])


def _of_compounds(rows: Iterable[Compound]) -> Iterator[Name]:
    for row in rows:
        yield from _called(Kind.COMPOUND, row.pk, row.name, row.community_id)


def _of_buildings(rows: Iterable[Building]) -> Iterator[Name]:
    for row in rows:
        if row.compound_id is None:
            yield _name(Kind.BUILDING, row.pk, row.name, area_id=row.grid_id)
        else:
            yield _numbered(row.pk, row.compound_id, row.name)


def _numbered(building: int, compound: int, text: str, how: How = How.NAME) -> Name:
    key = building_key(text)[:LONGEST]
    return Name(kind=Kind.BUILDING, place=building, compound_id=compound, how=how, text=text[:LONGEST], folded=key)


def _of_addresses(rows: Iterable[Address]) -> Iterator[Name]:
    """What an address adds to the names that are known: its road and number, or another name of the building."""
    wanted = list({row.building_id for row in rows if row.building_id})
    buildings = Building.objects.only("name", "grid", "compound").in_bulk(wanted)
    inside = {one.compound_id for one in buildings.values()}
    compounds = Compound.objects.in_bulk(list((inside | {row.compound_id for row in rows}) - {None}))
    above = _Above()
    for row in rows:
        if row.compound_id is not None:
            compound = compounds[row.compound_id]
            own = above.cut(row.text, compound.community_id)
            if not own.endswith(compound.name):
                yield _name(Kind.COMPOUND, compound.pk, own, How.ALIAS, area_id=compound.community_id)
        elif row.building_id is not None:
            building = buildings[row.building_id]
            yield from _of_building_address(row, building, compounds.get(building.compound_id), above)


def _of_building_address(
    row: Address, building: Building, compound: Compound | None, above: "_Above"
) -> Iterator[Name]:
    if compound is None:
        yield _name(Kind.BUILDING, building.pk, row.text, How.ALIAS, area_id=building.grid_id)
        return
    _road, found, number = row.text.rpartition(compound.name)
    if not found:
        own = above.cut(row.text, building.grid_id)
        yield _name(Kind.BUILDING, building.pk, own, How.ALIAS, area_id=building.grid_id)
    elif number and building_key(number) != building_key(building.name):
        yield _numbered(building.pk, compound.pk, number, How.ALIAS)


class _Above:
    """The tree of areas, to cut from an address the names of those in which its place lies."""

    def __init__(self) -> None:
        self._areas = {pk: (name, parent) for pk, name, parent in Area.objects.values_list("id", "name", "parent_id")}

    def cut(self, text: str, area_id: int | None) -> str:
        while area_id is not None:
            name, area_id = self._areas[area_id]
            text = text.rpartition(name)[2] or text
        return text


def _of_features(rows: Iterable[BaseMap]) -> Iterator[Name]:
    named = [row for row in rows if row.name]
    if not named:
        return
    towns = [
        (pk, shape(outline))
        for pk, outline in Area.objects.filter(level__in=(Level.TOWN, Level.COMMUNITY), outline__isnull=False)
        .order_by("-level")
        .values_list("id", "outline")
        if outline is not None
    ]
    tree = STRtree([outline for _, outline in towns])
    for row in named:
        middle = shape(row.geometry).interpolate(0.5, normalized=True) if row.geometry["type"] == "LineString" else None
        spot = middle or shape(row.geometry).representative_point()
        inside = sorted(int(place) for place in tree.query(spot, predicate="intersects"))
        yield _name(Kind.FEATURE, row.pk, row.name, area_id=towns[inside[0]][0] if inside else None)


def unnamed(chunk: int = 5000) -> Iterator[Sequence[Model]]:
    """Places whose own name is not written, or no longer so, with what else names them: some thousand at a time."""
    for areas in _lacking(Area, (Kind.AREA, Kind.GRID), chunk):
        yield areas
        yield list(Grid.objects.filter(area__in=areas))
        yield list(AreaCode.objects.filter(area__in=areas))
    for compounds in _lacking(Compound, (Kind.COMPOUND,), chunk):
        yield compounds
        yield list(Address.objects.filter(compound__in=compounds))
    for buildings in _lacking(Building, (Kind.BUILDING,), chunk):
        yield buildings
        yield list(Address.objects.filter(building__in=buildings))
    yield from _lacking(BaseMap, (Kind.FEATURE,), chunk)


def _lacking(table: type[M], kinds: Sequence[Kind], chunk: int) -> Iterator[list[M]]:
    written = Name.objects.filter(kind__in=kinds, place=OuterRef("pk"), how=How.NAME, text=OuterRef("name"))
    manager = table._meta.default_manager
    assert manager is not None
    rows = manager.filter(~Exists(written)).exclude(name="").order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:chunk]):
        last = found[-1].pk
        yield found


NAMING: dict[type[Model], Callable[[Any], Iterator[Name]]] = {
    Area: _of_areas,
    AreaCode: _of_codes,
    Grid: _of_grids,
    Compound: _of_compounds,
    Building: _of_buildings,
    Address: _of_addresses,
    BaseMap: _of_features,
}
