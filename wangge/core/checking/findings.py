"""What a division can have wrong, in words, and the limits it is held against."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The rules a division can break."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    TWICE = "twice"
    HOUSEHOLDS = "households"
    COMMUNITY = "community"
    TWO_COMMUNITIES = "two_communities"
    TWO_GENERALS = "two_generals"
    SHARED = "shared"
    NO_MICRO = "no_micro"
    BROKEN = "broken"
    BROKEN_MICRO = "broken_micro"
    BAND = "band"
    MICRO_HOUSEHOLDS = "micro_households"
    MICRO_MINUTES = "micro_minutes"
    MINUTES = "minutes"
    NAMED = "named"
    NOT_NAMED = "not_named"
    NOT_KEPT = "not_kept"


SAYS = {
    Kind.UNKNOWN: "unit {name} is not in the list of units",
    Kind.MISSING: "unit {name} is in no grid",
    Kind.TWICE: "unit {name} stands in {count} rows that are no floor bands of it",
    Kind.HOUSEHOLDS: "unit {name} has {count} households in the division and {limit} in the list",
    Kind.COMMUNITY: "unit {name} is not in the community written beside it",
    Kind.TWO_COMMUNITIES: "general grid {name} lies in {count} communities",
    Kind.TWO_GENERALS: "micro-grid {name} lies in {count} general grids",
    Kind.SHARED: "unit {name} lies in {count} general grids, though one could hold it",
    Kind.NO_MICRO: "unit {name} is in no micro-grid, though others are",
    Kind.BROKEN: "general grid {name} is in {count} pieces",
    Kind.BROKEN_MICRO: "micro-grid {name} is in {count} pieces",
    Kind.BAND: "general grid {name} has {count} households; {limit} could be kept here",
    Kind.MICRO_HOUSEHOLDS: "micro-grid {name} has {count} households; the limit is {limit}",
    Kind.MICRO_MINUTES: "micro-grid {name} takes {count} minutes; the limit is {limit}",
    Kind.MINUTES: "the round of micro-grid {name} takes {count} minutes, not the {limit} that are written",
    Kind.NAMED: "community {name} is called impossible, but by the numbers it can be divided",
    Kind.NOT_NAMED: "community {name} cannot be divided within the band, and this is not said",
    Kind.NOT_KEPT: "in community {name} nothing was wrong, and {count} rows changed their grid all the same",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: about which unit, grid or community, in which row of the division (0 where it is in none)."""

    kind: Kind
    name: str
    community: int = -1
    row: int = 0
    count: float = 0
    limit: str = ""

    def __str__(self) -> str:
        said = SAYS[self.kind].format(name=self.name or "(without name)", count=f"{self.count:g}", limit=self.limit)
        return f"row {self.row}: {said}" if self.row else said


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits. What stairs, lifts, entries and ways cost is stated here once more, on purpose."""

    low: int = 300
    high: int = 500
    micro_max: int = 100
    minutes: float = 180.0
    service_minutes: float = 1.5
    crew: int = 1
    walk_up_seconds: float = 27.0
    lift_seconds: float = 40.0
    lift_floor_seconds: float = 12.0
    entry_seconds: float = 30.0
    walking_mps: float = 1.1
    detour: float = 1.3
    tolerance: float = 0.15
    """By what share the minutes written may differ from those of our own tour."""

    def allows(self, households: float) -> bool:
        """Say whether so many households can be shared out among general grids of the band."""
        return -(-households // self.high) <= households // self.low
