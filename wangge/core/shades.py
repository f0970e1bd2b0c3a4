"""Five classes of a map of counts, with whole-number breaks that can be printed in its legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SHADES = 5


@dataclass(frozen=True, slots=True)
class Class:
    """Counts from `low` to `high`, both included; the last class has no end."""

    low: int
    high: int | None

    def holds(self, count: int) -> bool:
        """Say whether a count lies in the class."""
        return count >= self.low and (self.high is None or count <= self.high)


def classes(counts: Sequence[int]) -> tuple[Class, ...]:
    """Return five classes for these counts: none, then four of equal width, one wide where the largest is small."""
    width = max(1, -(-max(counts, default=0) // (SHADES - 1)))
    lows = [0, *(1 + width * n for n in range(SHADES - 1))]
    return (*(Class(low, after - 1) for low, after in pairwise(lows)), Class(lows[-1], None))


COARSE = (Class(0, 0), Class(1, 4), Class(5, 9), Class(10, 19), Class(20, None))
"""Classes that tell no count under five: for the wall."""


def shade(count: int, among: Sequence[Class]) -> int:
    """Return the number of the class a count lies in."""
    return next(at for at, each in enumerate(among) if each.holds(count))
