"""Classes of a shaded map: whole-number breaks that a legend prints, and counts too small to be shown."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

CLASSES = 5
FEWEST_REPORTS = 5
FEWEST_HOUSEHOLDS = 30


@dataclass(frozen=True, slots=True)
class Classes:
    """At most five classes of whole numbers: `lowest` holds the lowest of each, ascending; `top` where they end."""

    lowest: tuple[int, ...]
    top: int | None

    def of(self, value: int) -> int:
        """Return the class of a value, 0 the lightest; a value under the first break belongs to it too."""
        return max(bisect_right(self.lowest, value) - 1, 0)

    @property
    def ranges(self) -> tuple[tuple[int, int | None], ...]:
        """Return the first and the last whole number of each class, as a legend prints them; None is without end."""
        ends = (*(low - 1 for low in self.lowest[1:]), self.top)
        return tuple(zip(self.lowest, ends, strict=False))  # without a class there is no range


def classes(values: Iterable[int], most: int = CLASSES) -> Classes:
    """Divide values into at most `most` classes of about as many values each; equal values are never parted."""
    held = sorted(values)
    if not held:
        return Classes((), 0)
    cuts = {held[len(held) * part // most] for part in range(1, most)}
    return Classes((held[0], *sorted(cuts - {held[0]})), held[-1])


def even_classes(counts: Iterable[int]) -> Classes:
    """Return a class of its own for none, then four of equal width, one wide where the largest is small; no end."""
    width = max(1, -(-max(counts, default=0) // (CLASSES - 1)))
    return Classes((0, *(1 + width * n for n in range(CLASSES - 1))), None)


COARSE = Classes((0, 1, 5, 10, 20), None)
"""Classes that tell no count under five: for the wall."""


def is_shown(reports: int, households: int) -> bool:
    """Say whether a count of reports may stand on a map: neither the matter nor the place may point at one home."""
    return reports >= FEWEST_REPORTS and households >= FEWEST_HOUSEHOLDS
