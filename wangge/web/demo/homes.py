"""From surveyed blocks to compounds, buildings, dwellings, addresses and provisional grids."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wangge.web.demo.chance import stream
from wangge.web.demo.cutting import Piece, pieces
from wangge.web.demo.ground import Projection, Shape, Spot, edge_towards, holds, middle, nearest
from wangge.web.demo.kinds import KINDS, LIFT_FROM
from wangge.web.demo.plan import AreaPlan, Size, TownPlan, Words
from wangge.web.demo.sites import Built, Site, build
from wangge.web.demo.survey import Draft, Road, Survey
from wangge.web.demo.town import Address, Building, Compound, Dwelling, Grid

TOTAL = "000"
SOURCE = "demo"
NUMBER_EVERY = 7.0


@dataclass(slots=True)
class Settled:
    """All that is built."""

    compounds: list[Compound] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    dwellings: list[Dwelling] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    sites: dict[str, Site] = field(default_factory=dict)
    feet: dict[str, Spot] = field(default_factory=dict)  # where each compound meets its road


def settle(plan: TownPlan, seed: int, size: Size, found: Survey, projection: Projection) -> Settled:
    """Build every compound of the survey. Each becomes a general grid of its community, a large one several."""
    settled = Settled()
    plates = _Plates(found)
    orders: dict[str, int] = {}
    for draft in found.drafts:
        chance = stream(plan.key, seed, size, "site", draft.key)
        site = build(KINDS[size][draft.kind], draft.buildings, found.blocks[draft.key], found.river, chance)
        settled.sites[draft.key] = site
        settler = _Settler(plan, found, draft, site, projection)
        orders[draft.area] = settler.add_to(settled, orders.get(draft.area, 0), plates)
    settled.grids += _total_grids(found, settled, projection)
    return settled


class _Plates:
    """Gives compounds their road and number; a number is given once."""

    def __init__(self, found: Survey) -> None:
        self._roads = [road for road in found.roads if road.name]
        self._given: set[tuple[str, int]] = set()

    def near(self, spot: Spot) -> tuple[Road, int, Spot]:
        road = min(self._roads, key=lambda road: nearest(road.line, spot)[0])
        foot = nearest(road.line, spot)[1]
        number = 1 + int(abs(foot[0] - road.line[0][0]) + abs(foot[1] - road.line[0][1])) // int(NUMBER_EVERY)
        while (road.name, number) in self._given:
            number += 2
        self._given.add((road.name, number))
        return road, number, foot


@dataclass(slots=True)
class _Settler:
    plan: TownPlan
    found: Survey
    draft: Draft
    site: Site
    projection: Projection

    def add_to(self, settled: Settled, order: int, plates: _Plates) -> int:
        """Build the compound and its grids; return the number of the community's last grid."""
        parts = pieces(self.site)
        codes = [f"{self.draft.area}{order + i:03}" for i in range(1, len(parts) + 1)]
        here = middle(self.site.shape)
        inside = next((code for code, part in zip(codes, parts, strict=True) if holds(part.shape, here)), codes[0])
        compound, foot = self._compound(inside, plates)
        standard = self._standard(compound)
        settled.feet[self.draft.key] = foot
        settled.compounds.append(compound)
        settled.addresses += self._compound_addresses(compound, standard)
        for n, (code, part) in enumerate(zip(codes, parts, strict=True), order + 1):
            settled.grids.append(self._grid(code, n, part, compound))
            for built in part.built:
                building = self._building(built, code)
                settled.buildings.append(building)
                settled.addresses += self._building_addresses(compound, building, standard)
                settled.dwellings += self._dwellings(building, built)
        return order + len(parts)

    def _compound(self, grid: str, plates: _Plates) -> tuple[Compound, Spot]:
        draft, shape = self.draft, self.site.shape
        road, number, foot = ("", "", self._lane_end()) if draft.kind == "village" else self._plate(plates)
        compound = Compound(
            key=draft.key, name=draft.name, kind=draft.kind, area=draft.area, grid=grid, road=road,
            road_number=number, gate=self.projection.degrees(edge_towards(shape, foot)),
            centre=self.projection.degrees(middle(shape)), polygon=self.projection.ring(shape),
        )  # fmt: skip
        return compound, foot

    def _grid(self, code: str, order: int, part: Piece, compound: Compound) -> Grid:
        return Grid(
            key=code, code=code, kind="general_grid", name=self.plan.words.grid.format(n=order), area=compound.area,
            compound=compound.key, buildings=len(part.built), dwellings=part.homes,
            polygon=self.projection.ring(part.shape),
        )  # fmt: skip

    def _plate(self, plates: _Plates) -> tuple[str, str, Spot]:
        road, number, foot = plates.near(middle(self.site.shape))
        return road.name, str(number), foot

    def _lane_end(self) -> Spot:
        return self.site.lanes[0][0]

    def _building(self, built: Built, grid: str) -> Building:
        words, sketch = self.plan.words, built.sketch
        village = built.group > 0
        number = f"{built.group}-{built.number}" if village else str(built.number)
        name = f"{built.group}{words.group}{built.number}{words.house}" if village else f"{number}{words.building}"
        return Building(
            key=f"{self.draft.key}-{number}", compound=self.draft.key, grid=grid, number=number, name=name,
            kind=self.draft.kind, floors=sketch.floors, lift=sketch.floors >= LIFT_FROM,
            units=0 if village else sketch.units, dwellings=built.homes,
            centre=self.projection.degrees(middle(built.shape)), footprint=self.projection.ring(built.shape),
        )  # fmt: skip

    def _dwellings(self, building: Building, built: Built) -> Iterator[Dwelling]:
        if building.units == 0:
            yield Dwelling(f"{building.key}-0", building.key, building.grid, 0, 1, "", building.name)
            return
        for unit in range(1, building.units + 1):
            for floor in range(1, building.floors + 1):
                for door in range(1, built.sketch.homes + 1):
                    yield dwelling_of(building, unit, floor, door, self.plan.words)

    def _compound_addresses(self, compound: Compound, standard: str) -> Iterator[Address]:
        yield Address(compound.key, standard, standard=True, source=SOURCE)
        if compound.road:
            plate = f"{compound.road}{compound.road_number}号"
            yield Address(compound.key, plate, standard=False, source=SOURCE)
            if not compound.name.endswith("小区"):
                yield Address(compound.key, f"{compound.name}小区", standard=False, source=SOURCE)
        else:
            community = next(area for area in self.found.areas if area.code == compound.area)
            yield Address(compound.key, f"{community.name}{compound.name}", standard=False, source=SOURCE)

    def _building_addresses(self, compound: Compound, building: Building, standard: str) -> Iterator[Address]:
        yield Address(building.key, f"{standard}{building.name}", standard=True, source=SOURCE)
        alias = f"{compound.name}{building.number}" if building.units == 0 else f"{compound.name}{building.number}号楼"
        yield Address(building.key, alias, standard=False, source=SOURCE)

    def _standard(self, compound: Compound) -> str:
        path = chain(self.found.areas, compound.area)
        if compound.road:
            names = [area.name for area in path if area.code != compound.area]
            return f"{''.join(names)}{compound.road}{compound.road_number}号{compound.name}"
        return f"{''.join(area.name for area in path)}{compound.name}"


def chain(areas: tuple[AreaPlan, ...], code: str) -> list[AreaPlan]:
    """The areas from the top of the tree down to this one."""
    by_code = {area.code: area for area in areas}
    path: list[AreaPlan] = []
    while code:
        path.insert(0, by_code[code])
        code = by_code[code].parent
    return path


def dwelling_of(building: Building, unit: int, floor: int, door: int, words: Words) -> Dwelling:
    """The home behind this door of a building with stairwells."""
    room = f"{floor}{door:02}"
    stair = f"{unit}{words.unit}" if building.units > 1 else ""
    name = f"{building.name}{stair}{room}{words.room}"
    return Dwelling(f"{building.key}-{unit}-{room}", building.key, building.grid, unit, floor, room, name)


def _total_grids(found: Survey, settled: Settled, projection: Projection) -> Iterator[Grid]:
    for area in found.areas:
        if area.level == "community":
            parts = [grid for grid in settled.grids if grid.area == area.code]
            shape: Shape = found.shapes[area.code]
            yield Grid(
                key=f"{area.code}{TOTAL}", code=f"{area.code}{TOTAL}", kind="total_grid",
                name=f"{area.name}总网格", area=area.code, compound=None,
                buildings=sum(grid.buildings for grid in parts), dwellings=sum(grid.dwellings for grid in parts),
                polygon=projection.ring(shape),
            )  # fmt: skip
