"""The question and the answer in plain columns: units and limits in, a division with its reasons out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wangge.core.rounds.pace import Pace

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE = -1
"""The code of an empty label: no compound, no previous grid."""
FARTHEST = 2.1e7
"""Metres from the origin to the other side of the Earth: what lies beyond is no place."""


class BadUnits(ValueError):
    """Columns that are no units; `column` and `row` (from 0) say where, when one row is to blame."""

    def __init__(self, column: str, row: int | None, message: str) -> None:
        super().__init__(f"{column}: {message}" if row is None else f"{column}, row {row}: {message}")
        self.column = column
        self.row = row


class Mode(StrEnum):
    """What is wanted of the number of general grids."""

    BALANCED = "balanced"  # near the middle of the band
    FEWEST = "fewest"  # as few as the band allows


class Level(StrEnum):
    """How deep a division goes."""

    GENERAL = "general"
    BOTH = "both"


class Reason(StrEnum):
    """Why households stand in a general grid out of the band."""

    TOO_FEW = "too_few"  # fewer households than one grid needs
    BETWEEN = "between"  # too many for k grids, too few for k + 1
    CUT_OFF = "cut_off"  # this part of the community has no way to the rest
    LARGE_UNIT = "large_unit"  # units so large that no set of them falls into the band
    NOT_FOUND = "not_found"  # by the numbers it could be; the search did not find it within its budget


@dataclass(frozen=True)
class Band:
    """How many households a general grid (一般网格) has."""

    low: int = 300
    high: int = 500

    def __post_init__(self) -> None:
        if not 1 <= self.low <= self.high:
            raise ValueError("a band goes from at least 1 to at least as much")

    @property
    def middle(self) -> float:
        """Return what a balanced grid has."""
        return (self.low + self.high) / 2

    def fewest(self, households: int) -> int:
        """Return how many grids so many households need at least."""
        return max(1, -(-households // self.high))

    def most(self, households: int) -> int:
        """Return how many grids so many households can fill."""
        return households // self.low

    def allows(self, households: int) -> bool:
        """Say whether so many households can be divided into grids of this band by their number."""
        return self.fewest(households) <= self.most(households)


@dataclass(frozen=True)
class Limits:
    """What a micro-grid (微网格) may have: so many households, and a round of so many minutes at this pace."""

    micro_max: int = 100
    minutes: float = 180.0
    pace: Pace = field(default_factory=Pace)

    def __post_init__(self) -> None:
        if self.micro_max < 1 or not (math.isfinite(self.minutes) and self.minutes > 0):
            raise ValueError("a micro-grid has at least one household and more than no minutes")


@dataclass(frozen=True)
class Options:
    """What is wanted. `effort` is work, not seconds, so that every machine gives the same answer."""

    band: Band = field(default_factory=Band)
    limits: Limits = field(default_factory=Limits)
    mode: Mode = Mode.BALANCED
    level: Level = Level.BOTH
    seed: int = 1
    effort: int = 1
    threads: int = 1
    repair: bool = False


@dataclass(frozen=True)
class Units:
    """Units to divide (stairwells, village houses): one row each. Made by `Units.of`, which checks the columns.

    `floors` is 0 where unknown. The labels (compound, community, barrier cell, way, previous grids) are codes into
    `names[column]`; -1 is none. Two units lie on two banks when their barrier cells differ; `way` is the connected
    walking network on which a unit stands.
    """

    x_m: Reals
    y_m: Reals
    households: Whole
    floors: Whole
    lift: Flags
    compound: Whole
    community: Whole
    barrier_cell: Whole
    way: Whole
    general_grid: Whole
    micro_grid: Whole
    names: dict[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.households)

    @classmethod
    def of(
        cls,
        *,
        x_m: ArrayLike,
        y_m: ArrayLike,
        households: ArrayLike,
        floors: ArrayLike | None = None,
        lift: ArrayLike | None = None,
        **labels: Sequence[Any] | NDArray[Any] | None,
    ) -> "Units":
        """Return checked units. Labels are texts or numbers; "", None and -1 are none. Raises BadUnits."""
        count = len(np.atleast_1d(np.asarray(households)))
        if count == 0:
            raise BadUnits("households", None, "there are no units")
        unknown = labels.keys() - set(LABELS)
        if unknown:
            raise BadUnits(min(unknown), None, "no such column")
        coded = {name: _coded(name, labels.get(name), count) for name in LABELS}
        for inner, outer in (("general_grid", "community"), ("micro_grid", "general_grid")):
            coded[inner] = _within(coded[inner], coded[outer][0])
        return cls(
            x_m=_places("x_m", x_m, count),
            y_m=_places("y_m", y_m, count),
            households=_counts("households", households, count, least=1),
            floors=_counts("floors", floors, count, least=0),
            lift=_flags(lift, count),
            **{name: codes for name, (codes, _) in coded.items()},
            names={name: texts for name, (_, texts) in coded.items()},
        )


LABELS = ("compound", "community", "barrier_cell", "way", "general_grid", "micro_grid")


def _sized(name: str, values: ArrayLike, count: int) -> NDArray[Any]:
    array = np.atleast_1d(np.asarray(values))
    if array.ndim != 1 or len(array) != count:
        raise BadUnits(name, None, f"{count} values are needed, {array.size} were given")
    return array


def _numbers(name: str, values: ArrayLike, count: int) -> Reals:
    array = _sized(name, values, count)
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError):
        for row, value in enumerate(array.tolist()):
            try:
                float(value)
            except (TypeError, ValueError):
                raise BadUnits(name, row, f"{value!r} is no number") from None
        raise


def _places(name: str, values: ArrayLike, count: int) -> Reals:
    array = _numbers(name, values, count)
    wrong = np.flatnonzero(~(np.abs(array) <= FARTHEST))
    if len(wrong):
        raise BadUnits(name, int(wrong[0]), f"{array[wrong[0]]} is no place in metres")
    return array


def _counts(name: str, values: ArrayLike | None, count: int, *, least: int) -> Whole:
    if values is None:
        return np.zeros(count, np.int64)
    array = _numbers(name, values, count)
    wrong = np.flatnonzero(~((array >= least) & (array < 1e9) & (array == np.floor(array))))
    if len(wrong):
        raise BadUnits(name, int(wrong[0]), f"{array[wrong[0]]:g} is no whole number of at least {least}")
    return array.astype(np.int64)


def _flags(values: ArrayLike | None, count: int) -> Flags:
    return np.zeros(count, np.bool_) if values is None else _sized("lift", values, count).astype(np.bool_)


def _within(inner: tuple[Whole, tuple[str, ...]], outer: Whole) -> tuple[Whole, tuple[str, ...]]:
    """Number labels that mean something only inside another: grid 1 of one community is not grid 1 of the next."""
    codes, texts = inner
    is_some = codes != NONE
    pairs, own = np.unique(np.column_stack([outer, codes])[is_some], axis=0, return_inverse=True)
    numbered = codes.copy()
    numbered[is_some] = own
    return numbered, tuple(texts[code] for code in pairs[:, 1].tolist())


def _label(value: Any) -> str:
    is_none = value is None or value == NONE or (isinstance(value, float) and math.isnan(value))
    return "" if is_none else str(value)


def _coded(name: str, values: Sequence[Any] | NDArray[Any] | None, count: int) -> tuple[Whole, tuple[str, ...]]:
    """Number the labels of a column in the order of their texts."""
    if values is None:
        return np.full(count, NONE, np.int64), ()
    array = _sized(name, values, count)
    texts = np.array([_label(value) for value in array.tolist()])
    found, codes = np.unique(texts, return_inverse=True)
    shift = int(found[0] == "")
    return codes.astype(np.int64) - shift, tuple(found[shift:].tolist())


@dataclass(frozen=True)
class Pieces:
    """What is divided: each unit, or each floor band of a unit that no micro-grid could hold.

    `unit` is the row of the unit, `part` numbers its bands from the ground up (0 when there is one), `top` is the
    uppermost floor of the piece.
    """

    unit: Whole
    part: Whole
    households: Whole
    top: Whole

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True)
class Impossible:
    """Households of a community (one whole, or a part of it that is cut off) that no division puts into the band."""

    community: str
    households: int
    reason: Reason


@dataclass(frozen=True)
class Sheet:
    """What became of the grids of one level; row g of each column is grid g. `centre` is that of the households."""

    community: Whole
    households: Whole
    centre_x: Reals
    centre_y: Reals
    minutes: Reals  # of one round; 0 for general grids
    tour_m: Reals
    is_within: Flags  # the band; or households and minutes

    def __len__(self) -> int:
        return len(self.households)


@dataclass(frozen=True)
class Division:
    """The answer: for each piece its general grid and its micro-grid (-1 when not asked for), and what they are.

    `done` is, for each piece, the minutes from the arrival at the first stop of its round until it is done: the walking
    order. Grids are numbered from 0; in repair one that was there before keeps the code it has in `Units`, new ones
    follow, and one that is gone has no households. `shared` lists units that alone exceed the band and lie in several
    general grids by their floor bands. `weighted_cut` is that between general grids.
    """

    pieces: Pieces
    general: Whole
    micro: Whole
    done: Reals
    general_sheet: Sheet
    micro_sheet: Sheet
    impossible: tuple[Impossible, ...]
    shared: tuple[int, ...]
    weighted_cut: float
