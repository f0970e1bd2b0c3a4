"""Counts of one area and one day: they can be added, taken off again, and give medians and shares."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

FEWEST_FOR_A_SHARE = 20


@dataclass(slots=True)
class Counts:
    """What was reported, dispatched, closed and answered. `dispatch` and `close` hold how often each minute occurs."""

    reports: int = 0
    voided: int = 0
    duplicates: int = 0
    closed: int = 0
    asked: int = 0
    answered: int = 0
    solved: int = 0
    dispatch: Counter[int] = field(default_factory=Counter)
    close: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Counts", times: int = 1) -> None:
        """Add other counts to these, or take them off with `times=-1`."""
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + times * getattr(other, name))
        for name in MINUTES:
            mine: Counter[int] = getattr(self, name)
            for minute, often in getattr(other, name).items():
                mine[minute] += times * often

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NUMBERS)


MINUTES = ("dispatch", "close")
NUMBERS = tuple(each.name for each in fields(Counts) if each.name not in MINUTES)


def added(many: Iterable[Counts]) -> Counts:
    """Return the sum."""
    total = Counts()
    for each in many:
        total.add(each)
    return total


def median(often: Counter[int]) -> int | None:
    """Return the value in the middle, the lower of two; None of nothing."""
    number = sum(often.values())
    passed = 0
    for value in sorted(often):
        passed += often[value]
        if passed * 2 >= number > 0:
            return value
    return None


def middle(values: Iterable[int]) -> float | None:
    """Return the median of a few numbers, the mean of the two in the middle; None of nothing."""
    held = sorted(values)
    if not held:
        return None
    half = len(held) // 2
    return float(held[half]) if len(held) % 2 else (held[half - 1] + held[half]) / 2


def share(part: int, whole: int) -> float | None:
    """Return part of whole in percent; None when the whole is under twenty, where a share says nothing."""
    return 100 * part / whole if whole >= FEWEST_FOR_A_SHARE else None
