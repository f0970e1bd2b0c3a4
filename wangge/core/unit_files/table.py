"""Units as plain columns: where they stand in metres, how many households, and what groups them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wangge.core.coordinates import EARTH

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
NONE = -1
DEGREE = np.pi / 180.0 * EARTH


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which group each unit belongs to, by number in order of first sight; NONE where it belongs to none."""

    codes: Whole
    names: tuple[str, ...]

    def name(self, unit: int) -> str:
        """Return the name of a unit's group, or an empty text."""
        code = int(self.codes[unit])
        return self.names[code] if code != NONE else ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A unit nobody lives in: it belongs to a dedicated grid (专属网格) or to none."""

    row: int
    id: str


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """All units with households, in the order of the file. `floors` 0 is unknown; `lon`, `lat` only where given."""

    ids: tuple[str, ...]
    rows: Whole
    x_m: Reals
    y_m: Reals
    households: Whole
    floors: Whole
    lift: NDArray[np.bool_]
    compound: Groups
    community: Groups
    barrier_cell: Groups
    way: Groups
    general_grid: Groups
    micro_grid: Groups
    lon: Reals | None = None
    lat: Reals | None = None
    aside: tuple[Aside, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


def grouped(keys: Sequence[Hashable], names: Sequence[str], *, is_whole: bool = False) -> Groups:
    """Number groups by key; a unit without a name is in none, or where `is_whole` in the group of those without."""
    seen: dict[Hashable, int] = {}
    called: list[str] = []
    codes = np.full(len(keys), NONE, dtype=np.int64)
    for at, (key, name) in enumerate(zip(keys, names, strict=True)):
        if not name and not is_whole:
            continue
        code = seen.setdefault(key, len(seen))
        if code == len(called):
            called.append(name)
        codes[at] = code
    return Groups(codes, tuple(called))


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of a middle: right to a thousandth within a county, finite everywhere."""

    lon: float
    lat: float

    @classmethod
    def of(cls, lon: Reals, lat: Reals) -> "Plane":
        """Return the plane round the middle of these places."""
        return cls(float(np.median(lon)), float(np.median(lat))) if len(lon) else cls(0.0, 0.0)

    def metres(self, lon: Reals, lat: Reals) -> tuple[Reals, Reals]:
        """Return degrees in metres."""
        return (lon - self.lon) * DEGREE * np.cos(np.radians(self.lat)), (lat - self.lat) * DEGREE

    def degrees(self, x_m: Reals, y_m: Reals) -> tuple[Reals, Reals]:
        """Return metres in degrees."""
        return self.lon + x_m / (DEGREE * np.cos(np.radians(self.lat))), self.lat + y_m / DEGREE


def plane_of(table: UnitTable) -> Plane | None:
    """Return the plane on which the units lie; None where the file gave metres."""
    return None if table.lon is None or table.lat is None else Plane.of(table.lon, table.lat)
