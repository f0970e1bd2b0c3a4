"""How long a round takes: minutes at a door, stairs, lifts and entries, and the way between."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

PRESETS: Mapping[str, float] = MappingProxyType({"notice": 1.0, "check": 1.5, "registration": 10.0})
"""Minutes at a door: to hand over a notice (告知), to check what is known (核对), to register in full (登记)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a round costs. Seconds and metres are of one person; `crew` persons share the whole work evenly.

    A walk-up costs (floors - 1) x `walk_up_seconds`, up and down; a lift `lift_seconds` of waiting and
    `lift_floor_seconds` for each floor. `detour` is how much longer a way is than the straight line.
    Raises ValueError for a number that is no pace.
    """

    service_minutes: float = PRESETS["check"]
    walk_up_seconds: float = 27.0
    lift_seconds: float = 40.0
    lift_floor_seconds: float = 12.0
    entry_seconds: float = 30.0
    walking_mps: float = 1.1
    detour: float = 1.3
    crew: int = 1

    def __post_init__(self) -> None:
        costs = (self.service_minutes, self.walk_up_seconds, self.lift_seconds, self.lift_floor_seconds)
        if not all(math.isfinite(cost) and cost >= 0 for cost in (*costs, self.entry_seconds)):
            raise ValueError("minutes and seconds are finite and not negative")
        if not (math.isfinite(self.walking_mps) and self.walking_mps > 0):
            raise ValueError("walking needs a speed above 0 m/s")
        if not (math.isfinite(self.detour) and self.detour >= 1):
            raise ValueError("a way is not shorter than the straight line: detour is at least 1")
        if self.crew < 1:
            raise ValueError("a crew has at least one person")

    def work_seconds(self, households: ArrayLike, floors: ArrayLike, lift: ArrayLike) -> NDArray[np.float64]:
        """Return the seconds of one person at each stop: service, stairs and entry. Unknown floors (0) count as one."""
        high = np.maximum(np.asarray(floors, dtype=np.float64), 1.0)
        by_lift = self.lift_seconds + self.lift_floor_seconds * high
        stairs = np.where(np.asarray(lift, dtype=bool), by_lift, (high - 1.0) * self.walk_up_seconds)
        service = np.asarray(households, dtype=np.float64) * self.service_minutes * 60.0
        worked: NDArray[np.float64] = service + stairs + self.entry_seconds
        return worked

    def walking_seconds(self, metres: Any) -> Any:
        """Return the seconds one person walks so many metres of straight lines (a number or an array)."""
        return metres * (self.detour / self.walking_mps)

    def round_minutes(self, work_seconds: float, metres: float) -> float:
        """Return the minutes of a round: all its work and its tour in metres, shared by the crew."""
        return float(work_seconds + self.walking_seconds(metres)) / self.crew / 60.0


def pace_named(preset: str, crew: int = 1) -> Pace:
    """Return the pace of a preset by name. Raises ValueError naming those there are."""
    if preset not in PRESETS:
        raise ValueError(f"no preset {preset!r}; there are {', '.join(PRESETS)}")
    return Pace(service_minutes=PRESETS[preset], crew=crew)
