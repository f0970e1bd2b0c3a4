"""What a division can have wrong, and the limits it is held against."""

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


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: about which unit, grid or community, in which row of the division (0 where it is in none).

    `limit` is what stands against `count`: a limit, what is written, or a band as `300:500`.
    """

    kind: Kind
    name: str
    community: int = -1
    row: int = 0
    count: float = 0
    limit: str = ""


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
