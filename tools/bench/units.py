"""An invented city to be divided: compounds in super-blocks and villages along lanes, 120,000 units, from one seed.

390 compounds in super-blocks of 600 m with 4 to 8 each: 60 % slabs of 4-7 floors with 2-4 stairwells, 28 % blocks with
lifts of 11-33 floors, 12 % small old blocks; a river through one super-block in three. 104,000 village houses in
clusters of 18-69 along lanes, 1.7 households on average; a barrier through every second village. Communities have
1,000 to 3,000 households, as the law has them. No place is real.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from wangge.core.unit_files.table import NONE, Reals, UnitTable, Whole, grouped

BLOCK = 600.0
STREET = 30.0
RIVER = 40.0
SLABS, LIFTS = 0.60, 0.28
BUILT = 0.5
"""Share of a compound's width and depth that is built upon at least: gardens and shops take the rest."""
OCCUPIED = 0.92
COMMUNITY = 2_000
"""Households a community of compounds has on average."""
VILLAGE = 700
"""Houses of a village community on average."""
CLUSTER = (18, 69)
HOUSE = (0.50, 0.33, 0.14, 0.03)
"""Shares of houses with one to four households."""


@dataclass
class Rows:
    """The columns as they grow."""

    ids: list[str] = field(default_factory=list)
    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    households: list[int] = field(default_factory=list)
    floors: list[int] = field(default_factory=list)
    lift: list[bool] = field(default_factory=list)
    compound: list[str] = field(default_factory=list)
    community: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)

    def add(
        self, name: str, place: Sequence[float] | Reals, households: int, floors: int, *, compound: str, cell: str
    ) -> None:
        """Add one unit; its community is told later."""
        self.ids.append(name)
        self.x.append(round(float(place[0]), 2))
        self.y.append(round(float(place[1]), 2))
        self.households.append(households)
        self.floors.append(floors)
        self.lift.append(floors > 7)
        self.compound.append(compound)
        self.cell.append(cell)

    def table(self) -> UnitTable:
        """Return the columns as they come out of a file."""
        nothing = grouped(self.ids, [""] * len(self.ids))
        return UnitTable(
            ids=tuple(self.ids), rows=np.arange(2, len(self.ids) + 2), x_m=np.array(self.x), y_m=np.array(self.y),
            households=np.array(self.households, dtype=np.int64), floors=np.array(self.floors, dtype=np.int64),
            lift=np.array(self.lift), compound=grouped(self.compound, self.compound),
            community=grouped(self.community, self.community, is_whole=True),
            barrier_cell=grouped(self.cell, self.cell, is_whole=True), way=nothing, general_grid=nothing,
            micro_grid=nothing,
        )  # fmt: skip


def synthetic(seed: int, compounds: int = 390, villagers: int = 104_000) -> UnitTable:
    """Return the invented city of this seed with so many compounds and village houses."""
    draw, rows = np.random.default_rng(seed), Rows()
    wide = max(1, int(np.ceil(np.sqrt(compounds / 6))))
    left, block = compounds, 0
    while left:
        count = min(left, int(draw.integers(4, 9)))
        corner = np.array([block % wide, block // wide]) * (BLOCK + STREET)
        _super_block(draw, rows, f"b{block:03}", corner, count)
        left, block = left - count, block + 1
    _villages(draw, rows, villagers, np.array([(wide + 2) * (BLOCK + STREET), 0.0]))
    return rows.table()


def _super_block(draw: np.random.Generator, rows: Rows, name: str, corner: Reals, count: int) -> None:
    """Two columns of compounds, up the one and down the other; the river runs from west to east, a little askew."""
    ends = [len(rows.ids)]
    river = (0.3 + 0.4 * draw.random()) * BLOCK if draw.random() < 1 / 3 else None
    slope = (draw.random() - 0.5) * 0.3
    for column, many in enumerate(((count + 1) // 2, count // 2)):
        high = BLOCK / max(many, 1)
        for k in range(many)[:: 1 - 2 * column]:
            own = corner + np.array([column * BLOCK / 2 + 10, k * high + 10])
            compound = f"{name}-{column}{k}"
            built = np.array([BLOCK / 2 - 20, high - 20]) * (BUILT + (1 - BUILT) * draw.random(2))
            for unit, (place, households, floors) in enumerate(_compound(draw, built[0], built[1])):
                spot = own + place
                off = 0.0 if river is None else spot[1] - corner[1] - river - slope * (spot[0] - corner[0])
                if river is not None and abs(off) < RIVER / 2:
                    continue
                cell = name if river is None else f"{name}-{'north' if off > 0 else 'south'}"
                rows.add(f"{compound}-{unit:03}", spot, households, floors, compound=compound, cell=cell)
            ends.append(len(rows.ids))
    _communities(rows, name, ends)


def _communities(rows: Rows, name: str, ends: list[int]) -> None:
    """Share the compounds of a super-block out among communities, none torn."""
    held = [sum(rows.households[a:b]) for a, b in pairwise(ends)]
    many, before, total = max(1, round(sum(held) / COMMUNITY)), 0, max(1, sum(held))
    for k, households in enumerate(held):
        number = min(many - 1, int((before + households / 2) * many / total))
        rows.community += [f"{name}/{number}"] * (ends[k + 1] - ends[k])
        before += households


Unit = tuple[Sequence[float], int, int]


def _compound(draw: np.random.Generator, wide: float, high: float) -> Iterator[Unit]:
    """The stairwells of a compound in a rectangle: place, households, floors."""
    kind = draw.random()
    if kind < SLABS:
        floors = int(draw.integers(4, 8))
        yield from _slabs(draw, wide, high, floors=floors, flats=2, gap=floors * 3.0 * 1.15 + 10)
    elif kind < SLABS + LIFTS:
        yield from _towers(draw, wide, high)
    else:
        yield from _slabs(draw, wide * 0.7, high * 0.5, floors=int(draw.integers(2, 5)), flats=3, gap=16.0)


def _slabs(
    draw: np.random.Generator, wide: float, high: float, *, floors: int, flats: int, gap: float
) -> Iterator[Unit]:
    """Rows of slabs, two to four stairwells each, 14 m apart."""
    y = 0.0
    while y <= high:
        x = 0.0
        while True:
            stairwells = int(draw.integers(2, 5))
            if x + stairwells * 14.0 > wide:
                break
            for k in range(stairwells):
                yield (x + k * 14.0, y + draw.normal(0, 0.5)), _lived_in(draw, floors * flats), floors
            x += stairwells * 14.0 + 18.0
        y += gap


def _towers(draw: np.random.Generator, wide: float, high: float) -> Iterator[Unit]:
    """Blocks with lifts, one or two stairwells each, four flats on a floor up to 18 floors, else three or four."""
    y = 0.0
    while y <= high:
        x = draw.random() * 15.0
        while x + 28.0 <= wide:
            floors = int(draw.integers(11, 34))
            stairwells = 1 if floors > 18 else 2
            for k in range(stairwells):
                yield (
                    (x + k * 20.0, y + draw.normal(0, 2.0)),
                    _lived_in(draw, floors * (2 + stairwells % 2 * 2)),
                    floors,
                )
            x += stairwells * 20.0 + 32.0 + draw.random() * 10.0
        y += 62.0


def _lived_in(draw: np.random.Generator, flats: int) -> int:
    return max(1, int(draw.binomial(flats, OCCUPIED)))


def _villages(draw: np.random.Generator, rows: Rows, houses: int, corner: Reals) -> None:
    """Villages of some 700 houses, side by side; every second one with a barrier through its middle."""
    count = max(1, round(houses / VILLAGE)) if houses else 0
    wide = max(1, int(np.ceil(np.sqrt(count))))
    share = 0.7 + 0.6 * draw.random(count)
    ends = np.rint(np.r_[0.0, np.cumsum(share) / max(share.sum(), 1e-9)] * houses).astype(np.int64)
    for k, (first, last) in enumerate(pairwise(ends.tolist())):
        place = corner + np.array([k % wide, k // wide]) * 2_400.0
        _village(draw, rows, f"v{k:03}", place, last - first, is_cut=k % 2 == 1)


def _village(draw: np.random.Generator, rows: Rows, name: str, corner: Reals, houses: int, *, is_cut: bool) -> None:
    """Clusters of houses on both sides of lanes, a lane's length from each other."""
    sizes: list[int] = []
    while sum(sizes) < houses:
        sizes.append(min(houses - sum(sizes), int(draw.integers(CLUSTER[0], CLUSTER[1] + 1))))
    wide = int(np.ceil(np.sqrt(len(sizes))))
    number = 0
    for k, size in enumerate(sizes):
        middle = corner + (np.array([k % wide, k // wide]) + 0.5 + draw.normal(0, 0.08, 2)) * (260.0, 170.0)
        for place in _lane(draw, size):
            spot = middle + place
            cell = f"{name}-{'west' if is_cut and k % wide < wide // 2 else 'east'}"
            households = 1 + int(np.searchsorted(np.cumsum(HOUSE), draw.random()))
            rows.add(f"{name}-{number:04}", spot, min(households, 4), int(draw.integers(1, 4)), compound="", cell=cell)
            number += 1
    rows.community += [name] * number


def _lane(draw: np.random.Generator, size: int) -> Reals:
    """Houses in two rows along a lane that lies as it likes."""
    along = (np.arange(size) // 2 - size / 4) * 13.0 + draw.normal(0, 1.5, size)
    across = np.where(np.arange(size) % 2 == 0, -9.0, 9.0) + draw.normal(0, 1.5, size)
    angle = draw.normal(0, 0.35)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(np.column_stack([along, across]) @ turn, dtype=np.float64)


def changed(table: UnitTable, seed: int, *, grown: float = 0.02, by: float = 0.30, stirred: float = 0.03) -> UnitTable:
    """Return the city a year later: of the compounds 2 % have grown by 30 %, of the units 3 % changed by up to two."""
    draw = np.random.default_rng(seed)
    households = table.households.copy()
    codes = np.unique(table.compound.codes[table.compound.codes != NONE])
    chosen = draw.choice(codes, size=max(1, round(len(codes) * grown)), replace=False) if len(codes) else codes
    is_grown = np.isin(table.compound.codes, chosen)
    households[is_grown] = np.rint(households[is_grown] * (1 + by)).astype(np.int64)
    stir: Whole = draw.choice(len(table), size=round(len(table) * stirred), replace=False)
    households[stir] = np.maximum(1, households[stir] + draw.choice([-2, -1, 1, 2], size=len(stir)))
    return replace(table, households=households)


def written(table: UnitTable) -> str:
    """Return the table as the CSV that `wangge divide` reads."""
    lines = ["id,x_m,y_m,households,floors,lift,compound,community,barrier_cell,way,general_grid,micro_grid"]
    groups = (table.compound, table.community, table.barrier_cell, table.way, table.general_grid, table.micro_grid)
    for at, one in enumerate(table.ids):
        facts = (one, f"{table.x_m[at]:.2f}", f"{table.y_m[at]:.2f}", table.households[at], table.floors[at])
        lift = "yes" if table.lift[at] else "no"
        lines.append(",".join(map(str, (*facts, lift, *(group.name(at) for group in groups)))))
    return "\n".join(lines) + "\n"
