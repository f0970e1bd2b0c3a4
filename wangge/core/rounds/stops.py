"""What a round is made of: doors, the stairwells they are in, when these are open, and the visits in walking order."""

import math
import re
from dataclasses import dataclass

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Door:
    """A door as people call it (12-502) and the floor it is on. Never a name of somebody."""

    name: str
    floor: int = 1


@dataclass(frozen=True, slots=True)
class Stop:
    """A stairwell or a house: metres east and north, its households, its floors (0 unknown), the building it is in.

    `doors` may be unknown; where they are known there is one for each household. `part` of `parts` says which floors
    of a stairwell are meant that is too much for one round. Raises ValueError.
    """

    id: str
    x_m: float
    y_m: float
    households: int
    floors: int = 0
    lift: bool = False
    building: str = ""
    doors: tuple[Door, ...] = ()
    part: int = 1
    parts: int = 1

    def __post_init__(self) -> None:
        if not (math.isfinite(self.x_m) and math.isfinite(self.y_m)):
            raise ValueError(f"stop {self.id}: no place")
        if self.households < 1:
            raise ValueError(f"stop {self.id}: nobody lives there")
        if self.doors and len(self.doors) != self.households:
            raise ValueError(f"stop {self.id}: {len(self.doors)} doors for {self.households} households")

    def downward(self) -> tuple[Door, ...]:
        """Return the doors from the top floor down, on each floor in the order of their numbers."""
        return tuple(sorted(self.doors, key=lambda door: (-door.floor, _natural(door.name))))


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(name) if part]


@dataclass(frozen=True, slots=True)
class Window:
    """When a stairwell can be entered: all work there lies between two minutes of the day. Raises ValueError."""

    opens: float
    closes: float

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError("a window opens before it closes")


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop of a round, in minutes of the day: `begins` is after `arrives` where it opens later."""

    stop: Stop
    arrives: float
    begins: float
    leaves: float
    walked_m: float


@dataclass(frozen=True, slots=True)
class Round:
    """A closed round in walking order. `minutes` has work, ways and waiting; `metres` is along straight lines.

    Without a start it begins at its first stop and ends there. `late` are stops that could not be done within their
    window. Where it takes longer than the limit, `split` are the fewest rounds that keep it, one after another.
    """

    visits: tuple[Visit, ...]
    begins: float
    minutes: float
    metres: float
    limit: float
    start: tuple[float, float] | None = None
    late: tuple[str, ...] = ()
    split: "tuple[Round, ...]" = ()

    @property
    def must_split(self) -> bool:
        """Say whether the round takes longer than its limit."""
        return self.minutes > self.limit + 1e-9

    @property
    def hours(self) -> float:
        """Return how long it takes in hours."""
        return self.minutes / 60

    @property
    def households(self) -> int:
        """Return how many households are visited."""
        return sum(visit.stop.households for visit in self.visits)

    @property
    def doors(self) -> tuple[Door, ...]:
        """Return all doors that are known, in walking order."""
        return tuple(door for visit in self.visits for door in visit.stop.downward())
