"""What stands out in the looks of one account on one day; a sign is a question to ask, never a verdict."""

from dataclasses import dataclass
from enum import StrEnum

NIGHT_FROM, NIGHT_TO = 22, 6
"""Local hours: from ten in the evening to six in the morning."""


class Sign(StrEnum):
    """What stood out; that a canary was touched is not seen in the looks themselves."""

    CANARY = "canary"
    FAR_ABOVE = "far_above"
    NIGHT = "night"
    MANY_GRIDS = "many_grids"
    WITHOUT_TASK = "without_task"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From how many on something stands out.

    `times`: so many times the usual day of the role, and at least `least` looks. `night`: looks at night. `grids`:
    different grids on one day. `without_task`: looks that named no task, when they are at least half of all.
    """

    least: int = 20
    times: int = 4
    night: int = 5
    grids: int = 6
    without_task: int = 10


@dataclass(frozen=True, slots=True)
class Looked:
    """The looks of one account on one day: how many, at night, in how many grids, without a task.

    `opened` of them are spent from the day's budget; `usual` is the median day of those in the same role who looked at
    all, None when there is none yet.
    """

    looks: int
    night: int = 0
    grids: int = 0
    without_task: int = 0
    opened: int = 0
    usual: float | None = None


def signs(day: Looked, budget: int, bounds: Bounds | None = None) -> tuple[Sign, ...]:
    """Return what stands out on a day; `budget` is how many fields an account may open in a day."""
    to = bounds or Bounds()
    stands_out = {
        Sign.FAR_ABOVE: day.looks >= to.least and day.looks >= to.times * (day.usual or 0),
        Sign.NIGHT: day.night >= to.night,
        Sign.MANY_GRIDS: day.grids >= to.grids,
        Sign.WITHOUT_TASK: day.without_task >= to.without_task and 2 * day.without_task >= day.looks,
        Sign.BUDGET: day.opened >= budget,
    }
    return tuple(sign for sign in Sign if stands_out.get(sign))
