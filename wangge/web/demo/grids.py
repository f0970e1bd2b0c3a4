"""Grids of a demo town: who lies in which, and the plain ones that nobody has divided: each compound its own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from shapely import Polygon, STRtree
from shapely.geometry import Point as Dot

from wangge.web.demo.plan import AreaPlan, Words
from wangge.web.demo.town import Building, Compound, Grid, MicroGrid, Point, Ring

TOTAL = "000"


@dataclass(slots=True)
class Laid:
    """The grids of a town, and by key which of them each stairwell of a building and the gate of a compound lie in."""

    grids: list[Grid] = field(default_factory=list)
    micro_grids: list[MicroGrid] = field(default_factory=list)
    stairs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gates: dict[str, str] = field(default_factory=dict)

    def of(self, building: str) -> str:
        """The grid of a building: that of most of its stairwells, the first of equals."""
        stairs = self.stairs[building]
        if len(set(stairs)) == 1:
            return stairs[0]
        held = Counter(stairs)
        return min(held, key=lambda grid: (-held[grid], grid))


def as_built(words: Words, compounds: Iterable[Compound], buildings: Iterable[Building]) -> Laid:
    """Every compound is a general grid of its community, as before anybody divided it."""
    laid = Laid()
    own: dict[str, list[Building]] = {}
    for one in buildings:
        own.setdefault(one.compound, []).append(one)
    orders: Counter[str] = Counter()
    for compound in compounds:
        orders[compound.area] += 1
        code = f"{compound.area}{orders[compound.area]:03}"
        houses = own.get(compound.key, [])
        laid.gates[compound.key] = code
        laid.stairs |= {one.key: (code,) * max(one.units, 1) for one in houses}
        laid.grids.append(
            Grid(
                key=code, code=code, kind="general_grid", name=words.grid.format(n=orders[compound.area]),
                area=compound.area, buildings=len(houses), dwellings=sum(one.dwellings for one in houses),
                surface=((compound.polygon,),), provisional=True,
            )
        )  # fmt: skip
    return laid


def total_grids(communities: Iterable[tuple[AreaPlan, Ring]], grids: Iterable[Grid]) -> Iterator[Grid]:
    """Each community as a whole."""
    parts: dict[str, list[Grid]] = {}
    for grid in grids:
        parts.setdefault(grid.area, []).append(grid)
    for area, ring in communities:
        held = parts[area.code]
        yield Grid(
            key=f"{area.code}{TOTAL}", code=f"{area.code}{TOTAL}", kind="total_grid", name=f"{area.name}总网格",
            area=area.code, buildings=sum(grid.buildings for grid in held),
            dwellings=sum(grid.dwellings for grid in held), surface=((ring,),),
            provisional=any(grid.provisional for grid in held),
        )  # fmt: skip


class Grounds:
    """Which grid lies under a point: one of the parts of a community, or else the community as a whole."""

    def __init__(self, grids: Iterable[Grid]) -> None:
        held = [
            (grid.key, Polygon(part[0], part[1:]))
            for grid in grids
            if grid.kind != "total_grid"
            for part in grid.surface
        ]
        self._keys = [key for key, _ in held]
        self._tree = STRtree([shape for _, shape in held])

    def at(self, point: Point, area: str) -> str:
        """The key of the grid of this community that holds the point."""
        found = self._tree.query(Dot(point), predicate="intersects")
        inside = sorted(key for at in found.tolist() if (key := self._keys[at]).startswith(area))
        return inside[0] if inside else f"{area}{TOTAL}"
