"""Where a report happens: a door, a building, a gate, a roadside, a park, the river bank."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from wangge.web.demo.grids import Grounds, Laid
from wangge.web.demo.ground import Projection, Spot, edge_towards, holds, middle, nearest, turn
from wangge.web.demo.homes import Settled, door_of
from wangge.web.demo.plan import TownPlan
from wangge.web.demo.survey import PublicPlace, Survey
from wangge.web.demo.town import Building, Compound, Point
from wangge.web.demo.wording import pools

BANK = 17.0
NEAR_RIVER = 220.0
SIDEWAYS = 40.0
VERGE = 1.5  # metres outside the compound: its block goes on for two


@dataclass(frozen=True, slots=True)
class Scene:
    """A place in words, on the map and in the tree."""

    place: str
    point: Point
    area: str
    grid: str
    compound: str | None = None
    building: str | None = None
    dwelling: str | None = None


class Scenery:
    """Draws scenes of the wanted kind; what a town does not have falls back to a compound that lies on a road."""

    def __init__(self, plan: TownPlan, found: Survey, settled: Settled, laid: Laid, projection: Projection) -> None:
        self._plan, self._found, self._projection = plan, found, projection
        self._compounds = {compound.key: compound for compound in settled.compounds}
        self._shapes = {key: site.shape for key, site in settled.sites.items()}
        self._feet, self._grounds = settled.feet, Grounds(laid.grids)
        self._blocks = [building for building in settled.buildings if building.kind != "village"]
        self._lifts = [building for building in self._blocks if building.lift]
        self._houses = [building for building in settled.buildings if building.kind == "village"]
        self._roadside = [compound for compound in settled.compounds if compound.road]
        self._every = settled.compounds
        self._riverside = [one for one in settled.compounds if self._river_reach(one) < NEAR_RIVER]

    def draw(self, kind: str, chance: Random, hot: float | None = None) -> Scene:
        """Return a scene: building, lift, dwelling, compound, road, public, village or river.

        `hot` (0 to 1) is where in the list of such places the trouble gathers: the nearer, the more often drawn.
        """
        ways: dict[str, tuple[Sequence[Any], Callable[[Any, Random], Scene]]] = {
            "building": (self._blocks, self._building),
            "lift": (self._lifts, self._lift),
            "dwelling": (self._blocks, self._dwelling),
            "road": (self._roadside, self._road),
            "public": (self._found.places, self._public),
            "village": (self._houses, self._village),
            "river": (self._riverside, self._river),
        }
        there, way = ways.get(kind, (self._roadside, self._compound))
        if not there:
            there, way = self._roadside or self._every, self._compound
        place = (
            chance.choice(there) if hot is None else there[int(len(there) * (hot + chance.random() ** 4)) % len(there)]
        )
        return way(place, chance)

    def _building(self, building: Building, chance: Random) -> Scene:
        return self._at(building, f"{building.name}{_spot('building', chance)}")

    def _lift(self, building: Building, _chance: Random) -> Scene:
        return self._at(building, building.name)

    def _village(self, house: Building, _chance: Random) -> Scene:
        return self._at(house, house.name)

    def _dwelling(self, building: Building, chance: Random) -> Scene:
        homes = building.dwellings // (building.floors * building.units)
        door = building.units, building.floors, homes
        unit, floor, number = (chance.randint(1, most) for most in door)
        key, _, name = door_of(building, unit, floor, number, self._plan.words)
        return self._at(building, name, key)

    def _at(self, building: Building, words: str, door: str | None = None) -> Scene:
        compound = self._compounds[building.compound]
        place = f"{compound.name}{words}"
        return Scene(place, building.centre, compound.area, building.grid, compound.key, building.key, door)

    def _compound(self, compound: Compound, chance: Random) -> Scene:
        place = f"{compound.name}{_spot('compound', chance)}"
        return Scene(place, compound.centre, compound.area, compound.grid, compound.key)

    def _road(self, compound: Compound, chance: Random) -> Scene:
        place = f"{compound.road}{compound.road_number}号{_spot('road', chance)}（{compound.name}旁）"
        here = middle(self._shapes[compound.key])
        foot = self._feet[compound.key]
        way = turn((foot[0] - here[0], foot[1] - here[1]), chance.uniform(-SIDEWAYS, SIDEWAYS))
        edge = edge_towards(self._shapes[compound.key], (here[0] + way[0], here[1] + way[1]))
        share = 1.0 + VERGE / math.dist(edge, here)
        verge = here[0] + (edge[0] - here[0]) * share, here[1] + (edge[1] - here[1]) * share
        return self._spot(place, self._projection.degrees(verge), compound.area)

    def _public(self, place: PublicPlace, chance: Random) -> Scene:
        point = self._projection.degrees(middle(place.shape))
        return self._spot(f"{place.name}{_spot('public', chance)}", point, place.area)

    def _river(self, compound: Compound, chance: Random) -> Scene:
        here = middle(self._shapes[compound.key])
        distance, foot = nearest(self._found.river, here)
        bank = tuple(f + (h - f) * BANK / distance for f, h in zip(foot, here, strict=True))
        place = f"{self._plan.words.river}{_spot('river', chance)}（近{compound.name}）"
        return self._spot(place, self._projection.degrees((bank[0], bank[1])), compound.area)

    def _spot(self, place: str, point: Point, area: str) -> Scene:
        return Scene(place, point, area, self._grounds.at(point, area))

    def _river_reach(self, compound: Compound) -> float:
        """Distance to the river where the way there stays in the compound's own community, else far."""
        here: Spot = middle(self._shapes[compound.key])
        distance, foot = nearest(self._found.river, here)
        bank = foot[0] + (here[0] - foot[0]) * BANK / distance, foot[1] + (here[1] - foot[1]) * BANK / distance
        return distance if holds(self._found.shapes[compound.area], bank) else 10 * NEAR_RIVER


def _spot(kind: str, chance: Random) -> str:
    return str(chance.choice(pools("notes")["spots"][kind]))
