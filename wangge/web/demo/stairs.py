"""One community of a demo town as the engine sees it: its stairwells as units, its ground, its public places."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wangge.core.division_files.outlines import shared_out
from wangge.core.partition import Units
from wangge.core.partition.problem import Whole
from wangge.core.unit_files.stairwells import cells_between, in_metres, networks_on, side_by_side
from wangge.core.unit_files.table import Plane
from wangge.web.demo.homes import Settled
from wangge.web.demo.survey import PUBLIC
from wangge.web.demo.town import Building, Compound, Feature, Ring, Surface, registered

FINE = 1.0
"""Metres to which the zigzag between the houses of two grids is smoothed."""
SLIVER = 1.0
"""Square metres below which a part of an outline is a matter of rounding."""


@dataclass(frozen=True, slots=True)
class Community:
    """What is divided: the houses of a community, its ground, and its places without households."""

    code: str
    outline: Ring
    compounds: tuple[Compound, ...]
    buildings: tuple[Building, ...]
    places: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Stairs:
    """The stairwells of a community, building after building: `building` is the number of that of each row."""

    building: tuple[int, ...]
    units: Units
    plane: Plane

    @classmethod
    def of(cls, community: Community, barriers: Sequence[BaseGeometry], ways: Sequence[BaseGeometry] = ()) -> "Stairs":
        """Return the stairwells of all buildings; barriers (rivers, roads) and ways (roads, lanes) are in degrees."""
        houses = community.buildings
        building = tuple(at for at, one in enumerate(houses) for _ in range(max(one.units, 1)))
        rows = [houses[at] for at in building]
        centres = np.array([one.centre for one in rows])
        plane = Plane.of(centres[:, 0], centres[:, 1])
        footprints = shapely.polygons([registered(one.footprint) for one in houses])
        x, y = side_by_side(in_metres(footprints, plane), building)
        units = Units.of(
            x_m=np.round(x, 2), y_m=np.round(y, 2), households=[one.dwellings // max(one.units, 1) for one in rows],
            floors=[one.floors for one in rows], lift=[one.lift for one in rows],
            compound=[one.compound for one in rows], barrier_cell=cells_between(plane, x, y, barriers),
            way=networks_on(plane, x, y, ways),
        )  # fmt: skip
        return cls(building, units, plane)

    def number(self, row: int) -> int:
        """Return the number of a stairwell in its building, from 1."""
        first = row
        while first and self.building[first - 1] == self.building[row]:
            first -= 1
        return row - first + 1

    def grounds(self, grid: Whole, community: Community) -> Iterator[tuple[int, BaseGeometry]]:
        """Yield the ground of each grid in metres: all of the community but its public places."""
        ground = in_metres(shapely.Polygon(community.outline), self.plane)
        for place in community.places:
            ground = ground.difference(in_metres(shapely.Polygon(place.points), self.plane))
        shared = list(shared_out(self.units.x_m, self.units.y_m, grid, ground))
        smooth = shapely.coverage_simplify([shape for _, shape in shared], FINE, simplify_boundary=False)
        yield from zip((code for code, _ in shared), smooth, strict=True)

    def surface(self, ground: BaseGeometry) -> Surface:
        """Return a shape in metres as polygons in degrees."""
        parts = [part for part in shapely.get_parts(ground) if part.geom_type == "Polygon" and part.area > SLIVER]
        return tuple((self._ring(part.exterior), *map(self._ring, part.interiors)) for part in parts)

    def _ring(self, ring: BaseGeometry) -> Ring:
        lon, lat = self.plane.degrees(*shapely.get_coordinates(ring).T)
        return tuple(zip(np.round(lon, 7).tolist(), np.round(lat, 7).tolist(), strict=True))


def asked(settled: Settled, rings: dict[str, Ring], features: Sequence[Feature]) -> Iterator[Community]:
    """Yield what there is to divide, community by community; `rings` are their outlines."""
    compounds, area = defaultdict(list), {one.key: one.area for one in settled.compounds}
    buildings, places = defaultdict(list), defaultdict(list)
    for one in settled.compounds:
        compounds[one.area].append(one)
    for house in settled.buildings:
        buildings[area[house.compound]].append(house)
    for feature in features:
        if feature.kind in PUBLIC:
            places[feature.area].append(feature)
    for code, ring in rings.items():
        yield Community(code, ring, tuple(compounds[code]), tuple(buildings[code]), tuple(places[code]))
