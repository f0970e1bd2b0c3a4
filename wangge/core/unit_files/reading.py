"""From a file of units to their table: every cell is looked at, and every fault named with its row and column."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wangge.core.cells import BadCell, folded, integer, is_blank, number, yes_no
from wangge.core.columns import Wanted
from wangge.core.unit_files.faults import BadFile, Fault, of_cell
from wangge.core.unit_files.sheet import Columns, columns_of
from wangge.core.unit_files.table import NONE, Aside, Groups, Plane, Reals, UnitTable, grouped

FIELDS = (
    Wanted("id", ("id", "编号", "编码", "单元编号", "楼栋编号")),
    Wanted("lon", ("lon", "lng", "longitude", "经度")),
    Wanted("lat", ("lat", "latitude", "纬度")),
    Wanted("x_m", ("x_m",)),
    Wanted("y_m", ("y_m",)),
    Wanted("households", ("households", "户数", "住户数", "总户数")),
    Wanted("floors", ("floors", "storeys", "层数", "楼层", "楼层数", "总层数")),
    Wanted("lift", ("lift", "elevator", "电梯", "有无电梯")),
    Wanted("compound", ("compound", "小区", "小区名称")),
    Wanted("community", ("community", "社区", "村社", "社区名称")),
    Wanted("barrier_cell", ("barrier_cell", "屏障分区")),
    Wanted("way", ("way", "步行路网")),
    Wanted("general_grid", ("general_grid", "一般网格")),
    Wanted("micro_grid", ("micro_grid", "微网格")),
)
FARTHEST = 1e9
MOST_HOUSEHOLDS = 100_000
MOST_FLOORS = 200
LIFT_FROM = 7
"""A dwelling house of seven floors and more has a lift (GB 50096), where the list does not say."""

NOT_SAID = -1.0
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the units stand: in metres always, in degrees where the file says so."""

    x_m: Reals
    y_m: Reals
    lon: Reals | None = None
    lat: Reals | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The columns of a file, read cell by cell; what is wrong is gathered."""

    columns: Columns
    faults: list[Fault] = field(default_factory=list)

    def only(self, kept: Flags) -> "Reader":
        """Return a reader of these rows alone; it notes its faults in the same list."""
        return Reader(self.columns.only(kept.tolist()), self.faults)

    def cells(self, name: str) -> tuple[str, ...]:
        """Return the cells of a field; empty ones where the file has no such column."""
        return self.columns.cells.get(name) or ("",) * len(self.columns.rows)

    def needed(self, *names: str) -> None:
        """Refuse a file without these columns. Raises BadFile."""
        lost = [name for name in names if name not in self.columns.cells]
        if lost:
            has = ", ".join(self.columns.file_has)
            raise BadFile(Fault("no_column", column=name, detail=has) for name in lost)

    def fault(self, rule: str, at: int, name: str, **facts: str | int) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(rule, self.columns.rows[at], self.columns.named(name), **facts))  # type: ignore[arg-type]  # facts are fields of Fault

    def numbers(self, name: str, read: Callable[[str], float], *, blank: float | None = None) -> Reals:
        """Return a column of numbers, each as `read` understands it; an empty cell is `blank`, or else a fault."""
        known: dict[str, float] = {}
        found = []
        for at, cell in enumerate(self.cells(name)):
            value = known.get(cell)
            if value is None:
                value = self._one(name, at, cell, read, blank)
                if not math.isnan(value):  # a fault is noted for each of its rows
                    known[cell] = value
            found.append(value)
        return np.array(found, dtype=np.float64)

    def _one(self, name: str, at: int, cell: str, read: Callable[[str], float], blank: float | None) -> float:
        try:
            return float(read(cell))
        except BadCell as problem:
            if not is_blank(cell):
                self.faults.append(of_cell(problem, self.columns.rows[at], self.columns.named(name), cell))
            elif blank is not None:
                return blank
            else:
                self.fault("missing", at, name)
            return math.nan

    def texts(self, name: str, *, is_needed: bool = False) -> list[str]:
        """Return a column of texts in their plain form; an empty one is a fault where it is needed."""
        plain = [folded(cell) for cell in self.cells(name)]
        if is_needed:
            for at, cell in enumerate(plain):
                if not cell:
                    self.fault("missing", at, name)
        return plain


def read_units(raw: bytes, renamed: Mapping[str, str] | None = None) -> UnitTable:
    """Return the units of a file: CSV in UTF-8 or GB18030, GeoJSON, either packed by gzip. Raises BadFile.

    `renamed` gives the heading of a field where it is not its name. Units without households are set aside.
    """
    whole = Reader(columns_of(raw, FIELDS, renamed))
    whole.needed("id", "households")
    ids = _ids(whole)
    households = whole.numbers("households", _households)
    reader = whole.only(households != 0)
    aside = tuple(Aside(whole.columns.rows[at], ids[at]) for at in np.flatnonzero(households == 0))
    if len(aside) == len(ids):
        whole.fault("nobody", 0, "households")
    places, (floors, lift) = _places(reader), _heights(reader)
    community, compound = reader.texts("community"), reader.texts("compound")
    cell, general, micro = (reader.texts(name) for name in ("barrier_cell", "general_grid", "micro_grid"))
    way = ["" if one == str(NONE) else one for one in reader.texts("way")]
    if reader.faults:
        raise BadFile(reader.faults)
    return UnitTable(
        ids=tuple(reader.texts("id")),
        rows=np.array(reader.columns.rows, dtype=np.int64),
        x_m=places.x_m,
        y_m=places.y_m,
        households=households[households != 0].astype(np.int64),
        floors=floors.astype(np.int64),
        lift=lift,
        compound=_inside(community, compound),
        community=grouped(community, community, is_whole=True),
        barrier_cell=grouped(cell, cell, is_whole=True),
        way=grouped(way, way),
        general_grid=_inside(community, general),
        micro_grid=grouped([*zip(community, general, micro, strict=True)], micro),
        lon=places.lon,
        lat=places.lat,
        aside=aside,
    )


def _inside(community: list[str], names: list[str]) -> Groups:
    """Compounds and grids of one name in two communities are two."""
    return grouped([*zip(community, names, strict=True)], names)


def _ids(reader: Reader) -> list[str]:
    ids = reader.texts("id", is_needed=True)
    first: dict[str, int] = {}
    for at, one in enumerate(ids):
        if one and first.setdefault(one, at) != at:
            reader.fault("duplicate_id", at, "id", detail=one, other=reader.columns.rows[first[one]])
    return ids


def _households(cell: str) -> float:
    return integer(cell, least=0, most=MOST_HOUSEHOLDS, units="户")


def _floors(cell: str) -> float:
    return integer(cell, least=0, most=MOST_FLOORS, units="层 楼 F f")


def _heights(reader: Reader) -> tuple[Reals, Flags]:
    """Floors (0 unknown), and the lift as the list says, or by the height where it does not."""
    floors = reader.numbers("floors", _floors, blank=0.0)
    lift = reader.numbers("lift", yes_no, blank=NOT_SAID)
    return floors, np.where(lift == NOT_SAID, floors >= LIFT_FROM, lift == 1.0)


def _places(reader: Reader) -> Places:
    """Longitude and latitude, or metres: whichever pair every row has; metres where both are whole. Raises BadFile."""
    pairs = [pair for pair in (("x_m", "y_m"), ("lon", "lat")) if all(name in reader.columns.cells for name in pair)]
    if not pairs:
        raise BadFile([Fault("no_places", detail=", ".join(reader.columns.file_has))])
    gaps = [next((at for at, both in enumerate(_pair(reader, pair)) if not all(both)), None) for pair in pairs]
    if None not in gaps and len(pairs) > 1:
        raise BadFile([_mixed(reader, [at for at in gaps if at is not None])])
    if (pairs[gaps.index(None)] if None in gaps else pairs[0]) == ("x_m", "y_m"):
        far = partial(_within, FARTHEST)
        return Places(reader.numbers("x_m", far), reader.numbers("y_m", far))
    lon, lat = reader.numbers("lon", partial(_within, 180.0)), _latitudes(reader)
    return Places(*Plane.of(lon, lat).metres(lon, lat), lon, lat)


def _within(most: float, cell: str) -> float:
    """A coordinate. Of a plain number Python's own reading is enough, and ten times as fast."""
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    return value if abs(value) <= most and "_" not in cell else number(cell, least=-most, most=most)


def _pair(reader: Reader, pair: tuple[str, str]) -> Iterator[tuple[bool, bool]]:
    return ((bool(a.strip()), bool(b.strip())) for a, b in zip(*map(reader.cells, pair), strict=True))


def _mixed(reader: Reader, gaps: list[int]) -> Fault:
    lost = [
        f"row {reader.columns.rows[at]} has no {pair}" for at, pair in zip(gaps, ("x_m, y_m", "lon, lat"), strict=True)
    ]
    return Fault("mixed_places", min(reader.columns.rows[at] for at in gaps), detail="; ".join(lost))


def _latitudes(reader: Reader) -> Reals:
    """A latitude beyond the pole that would do as a longitude says that the two columns are swapped."""
    lat = reader.numbers("lat", partial(_within, 180.0))
    for at in np.flatnonzero(np.abs(lat) > 90.0):
        reader.fault("swapped", int(at), "lat", detail=f"{lat[at]:g}")
    return lat
