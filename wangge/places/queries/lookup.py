"""Areas, compounds and buildings by the names and codes that lists use for them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection
from shapely import STRtree
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from wangge.access.arrays import array
from wangge.core.folding import fold
from wangge.places.models import Address, Area, AreaCode, Building, Compound, Dwelling, Grid, Name
from wangge.places.words import How, Kind

_OFFICES = re.compile(r"(?:社区)?(?:居民委员会|村民委员会|居委会|村委会|委员会)$")
_LEVELS = re.compile(r"(?:社区|村|镇|乡|街道|新区|区|县|市)$")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_HOUSE = re.compile(r"(?:号楼|幢|栋|号|楼|座|#)$")
_UNIT = re.compile(r"(?:单元|梯|门|号门)$")
_ROOM = re.compile(r"(?:室|房|号)$")


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name without space and full-width forms."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


@lru_cache(maxsize=20_000)
def house(name: str) -> str:
    """The number of a building however it is called: 12幢, 12号楼, 12栋 and 12 are one."""
    return _HOUSE.sub("", plain(name).removeprefix("第").translate(_NUMERALS)) or plain(name)


@lru_cache(maxsize=20_000)
def unit(name: str) -> str:
    return _UNIT.sub("", plain(name).removeprefix("第").translate(_NUMERALS))


@lru_cache(maxsize=20_000)
def room(name: str) -> str:
    return _ROOM.sub("", plain(name))


@lru_cache(maxsize=20_000)
def stem(name: str) -> str:
    """The name of an area without the words for its office and level, unless nothing would be left."""
    short = _OFFICES.sub("", plain(name))
    bare = _LEVELS.sub("", short)
    return bare if len(bare) >= 2 else short


class Unclear(LookupError):
    """No area is meant, or several: `rule` says which."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass
class Areas:
    """Every area in force, to be found by name, by code and by its name in a text."""

    held: dict[int, Area] = field(default_factory=dict)
    by_stem: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls) -> "Areas":
        """All but grids; a county has some hundreds."""
        found = cls()
        for area in Area.objects.filter(valid_to__isnull=True).exclude(level="grid").order_by("id"):
            found.held[area.pk] = area
            found.by_stem[stem(area.name)].append(area)
        for area_id, code in AreaCode.objects.values_list("area_id", "code"):
            if area_id in found.held:
                found.by_code[code].add(area_id)
        return found

    def above(self, area: Area) -> Iterable[Area]:
        """The area itself and all that it lies in."""
        at: Area | None = area
        while at is not None:
            yield at
            at = self.held.get(at.parent_id or 0)

    def find(self, said: str, town: str = "") -> Area:
        """The one area that is meant, within a town when one is named. Raises Unclear."""
        name = plain(said)
        if name.isdecimal():
            found = [self.held[pk] for pk in self.by_code.get(name, ())]
        else:
            found = self.by_stem.get(stem(name), [])
            exact = [area for area in found if plain(area.name) == name]
            found = exact or found
        if len(found) > 1 and town:
            found = [area for area in found if any(stem(a.name) in town for a in self.above(area) if a is not area)]
        if not found:
            raise Unclear("unknown_area")
        if len(found) > 1:
            raise Unclear("ambiguous_area")
        return found[0]

    def town_in(self, text: str) -> Area | None:
        """The town named in a text: the one with the longest name, of equals the one named last."""
        towns = [area for area in self.held.values() if area.level == "town" and stem(area.name) in text]
        return max(towns, key=lambda area: (len(stem(area.name)), text.rfind(stem(area.name))), default=None)


@dataclass
class Grids:
    """Grids by number, by place and as the whole of a community."""

    by_number: dict[str, int]
    total: dict[int, int]
    ids: list[int]
    parents: list[int | None]
    shapes: list[BaseGeometry]
    tree: STRtree

    @classmethod
    def read(cls) -> "Grids":
        drawn = Area.objects.filter(level="grid", valid_to__isnull=True, outline__isnull=False, grid__isnull=False)
        rows = list(drawn.exclude(grid__kind="total_grid").values_list("id", "parent_id", "outline").order_by("id"))
        shapes = [shape(outline or {}) for _, _, outline in rows]
        total = Grid.objects.filter(kind="total_grid", area__valid_to__isnull=True)
        return cls(
            dict(Grid.objects.values_list("number", "area_id")),
            {parent: pk for pk, parent in total.values_list("area_id", "area__parent_id") if parent},
            [pk for pk, _, _ in rows], [parent for _, parent, _ in rows], shapes, STRtree(shapes),
        )  # fmt: skip

    def at(self, lon: float, lat: float, community: int | None = None) -> int | None:
        """The grid whose outline holds the point; else the whole of the community."""
        for at in sorted(int(n) for n in self.tree.query(Point(lon, lat), predicate="intersects")):
            if community is None or self.parents[at] == community:
                return self.ids[at]
        return self.total.get(community or 0)


def compounds_named(names: Iterable[str]) -> dict[str, list[Compound]]:
    """Compounds by name, alias or address, however wide brackets and digits are written."""
    wanted = {plain(name) for name in names if name}
    named = Name.objects.filter(kind=Kind.COMPOUND, compound=None, how__in=(How.NAME, How.ALIAS))
    called = named.filter(folded__in={fold(name) for name in wanted}).values_list("text", "place")
    addressed = Address.objects.filter(text__in=wanted, compound__isnull=False).values_list("text", "compound_id")
    meant = {(plain(text), pk) for text, pk in (*called, *addressed) if plain(text) in wanted}
    held = Compound.objects.select_related("community").in_bulk({pk for _, pk in meant})
    found: dict[str, list[Compound]] = defaultdict(list)
    for text, pk in sorted(meant, key=lambda pair: pair[1]):
        found[text].append(held[pk])
    return found


@dataclass(frozen=True)
class House:
    """A building as lists of dwellings need it."""

    id: int
    grid_id: int
    floors: int


def houses_of(compounds: Iterable[int]) -> dict[tuple[int, str], list[House]]:
    """The buildings of compounds, by compound and number."""
    found: dict[tuple[int, str], list[House]] = defaultdict(list)
    rows = Building.objects.filter(compound__in=set(compounds)).order_by("id")
    for pk, compound, name, grid, floors in rows.values_list("id", "compound_id", "name", "grid_id", "floors"):
        found[compound or 0, house(name)].append(House(pk, grid, floors))
    return found


def doors_of(buildings: Iterable[int]) -> dict[tuple[int, str, str], tuple[int, int]]:
    """The dwellings of buildings: id and floor by building, unit and room."""
    rows = Dwelling.objects.filter(building__in=set(buildings))
    return {(b, u, r): (pk, f) for pk, b, u, r, f in rows.values_list("id", "building_id", "unit", "room", "floor")}


DOORS = """
select k.building, k.unit, k.room, d.id, d.area_id, a.parent_id
  from unnest(%s::bigint[], %s::text[], %s::text[]) as k (building, unit, room)
 cross join lateral (
    select id, area_id from places_dwelling
     where building_id = k.building and unit = k.unit and room = k.room offset 0) d
  join places_area a on a.id = d.area_id
"""


def dwellings_at(doors: Collection[tuple[int, str, str]]) -> dict[tuple[int, str, str], tuple[int, int, int]]:
    """Dwellings by building, unit and room: id, grid and community of each that is there."""
    buildings, units, rooms = zip(*doors, strict=True) if doors else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(DOORS, [array(buildings), array(units), array(rooms)])
        return {(b, u, r): (pk, grid, parent or grid) for b, u, r, pk, grid, parent in cursor.fetchall()}


def meanings(scheme: str, year: int, codes: Sequence[str]) -> dict[str, Area]:
    """Areas by code, in one scheme of one year and in no other: the same digits may mean another town there."""
    held = AreaCode.objects.filter(scheme=scheme, year=year, code__in=codes).select_related("area__parent")
    return {one.code: one.area for one in held}
