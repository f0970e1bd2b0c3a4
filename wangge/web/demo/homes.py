"""From surveyed blocks to compounds, buildings and addresses; and to dwellings, once their grids are known."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from wangge.web.demo.chance import stream
from wangge.web.demo.grids import Laid
from wangge.web.demo.ground import Projection, Spot, edge_towards, middle, nearest
from wangge.web.demo.kinds import KINDS, LIFT_FROM
from wangge.web.demo.plan import AreaPlan, Size, TownPlan, Words
from wangge.web.demo.sites import Built, Site, build
from wangge.web.demo.survey import Draft, Road, Survey
from wangge.web.demo.town import Address, Building, Compound, Dwelling

SOURCE = "demo"
NUMBER_EVERY = 7.0


@dataclass(slots=True)
class Settled:
    """All that is built; compounds and buildings lie in no grid until they are let."""

    compounds: list[Compound] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    dwellings: list[Dwelling] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    sites: dict[str, Site] = field(default_factory=dict)
    feet: dict[str, Spot] = field(default_factory=dict)  # where each compound meets its road


def settle(plan: TownPlan, seed: int, size: Size, found: Survey, projection: Projection) -> Settled:
    """Build every compound of the survey."""
    settled = Settled()
    plates = _Plates(found)
    for draft in found.drafts:
        chance = stream(plan.key, seed, size, "site", draft.key)
        site = build(KINDS[size][draft.kind], draft.buildings, found.blocks[draft.key], found.river, chance)
        settled.sites[draft.key] = site
        _Settler(plan, found, draft, site, projection).add_to(settled, plates)
    return settled


def let(settled: Settled, laid: Laid, words: Words) -> None:
    """Lay compounds and buildings into their grids and open the doors, each looked after by the grid of its stairwell.

    A building lies in the grid of most of its homes.
    """
    settled.compounds = [replace(one, grid=laid.gates[one.key]) for one in settled.compounds]
    for at, building in enumerate(settled.buildings):
        settled.buildings[at] = replace(building, grid=laid.of(building.key))
        settled.dwellings += _dwellings(building, laid.stairs[building.key], words)


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

    def add_to(self, settled: Settled, plates: _Plates) -> None:
        """Build the compound."""
        compound, foot = self._compound(plates)
        standard = self._standard(compound)
        settled.feet[self.draft.key] = foot
        settled.compounds.append(compound)
        settled.addresses += self._compound_addresses(compound, standard)
        for built in self.site.built:
            building = self._building(built)
            settled.buildings.append(building)
            settled.addresses += self._building_addresses(compound, building, standard)

    def _compound(self, plates: _Plates) -> tuple[Compound, Spot]:
        draft, shape = self.draft, self.site.shape
        road, number, foot = ("", "", self._lane_end()) if draft.kind == "village" else self._plate(plates)
        compound = Compound(
            key=draft.key, name=draft.name, kind=draft.kind, area=draft.area, grid="", road=road,
            road_number=number, gate=self.projection.degrees(edge_towards(shape, foot)),
            centre=self.projection.degrees(middle(shape)), polygon=self.projection.ring(shape),
        )  # fmt: skip
        return compound, foot

    def _plate(self, plates: _Plates) -> tuple[str, str, Spot]:
        road, number, foot = plates.near(middle(self.site.shape))
        return road.name, str(number), foot

    def _lane_end(self) -> Spot:
        return self.site.lanes[0][0]

    def _building(self, built: Built) -> Building:
        words, sketch = self.plan.words, built.sketch
        village = built.group > 0
        number = f"{built.group}-{built.number}" if village else str(built.number)
        name = f"{built.group}{words.group}{built.number}{words.house}" if village else f"{number}{words.building}"
        return Building(
            key=f"{self.draft.key}-{number}", compound=self.draft.key, grid="", number=number, name=name,
            kind=self.draft.kind, floors=sketch.floors, lift=sketch.floors >= LIFT_FROM,
            units=0 if village else sketch.units, dwellings=built.homes,
            centre=self.projection.degrees(middle(built.shape)), footprint=self.projection.ring(built.shape),
        )  # fmt: skip

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


def _dwellings(building: Building, grids: tuple[str, ...], words: Words) -> Iterator[Dwelling]:
    if building.units == 0:
        yield Dwelling(f"{building.key}-0", building.key, grids[0], 0, 1, "", building.name)
        return
    homes = building.dwellings // (building.floors * building.units)
    for unit, grid in enumerate(grids, 1):
        for floor in range(1, building.floors + 1):
            for door in range(1, homes + 1):
                key, room, name = door_of(building, unit, floor, door, words)
                yield Dwelling(key, building.key, grid, unit, floor, room, name)


def door_of(building: Building, unit: int, floor: int, door: int, words: Words) -> tuple[str, str, str]:
    """Key, room and name of the home behind this door of a building with stairwells."""
    room = f"{floor}{door:02}"
    stair = f"{unit}{words.unit}" if building.units > 1 else ""
    return f"{building.key}-{unit}-{room}", room, f"{building.name}{stair}{room}{words.room}"
