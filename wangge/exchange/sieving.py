"""What never comes out of a file: columns and cells of what is not collected, and what a kind leaves out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wangge.catalogue.queries import uncollected
from wangge.core.not_collected import Barred, Cells, Dropped, dropped

SAMPLE = 200
"""Rows below the header by which a column with a harmless title is judged; single cells are looked at in every row."""
Leaves = Callable[[Sequence[str]], tuple[str, ...]]
"""Of the headers of a file those whose columns a kind of list empties."""


def nothing(_names: Sequence[str]) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Sieve:
    """Empties columns and cells before anything of them is kept."""

    leaves: Leaves
    barred: tuple[Barred, ...]
    code: Callable[[str], str]

    def columns(self, names: Sequence[str], sample: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], list[Dropped]]:
        """Return headers that the kind leaves out, and the columns of what is not collected."""
        return self.leaves(names), list(dropped(names, sample, self.barred))


def sieve(leaves: Leaves = nothing) -> Sieve:
    """Return the sieve of a kind of list, with what the catalogue says now."""
    barred = tuple(held.entry.barred() for held in uncollected())
    return Sieve(leaves, barred, _remembering(barred))


@lru_cache(maxsize=2)
def _remembering(barred: tuple[Barred, ...]) -> Callable[[str], str]:
    """Names of streets come again and again, names of persons do not: few are remembered."""
    return lru_cache(maxsize=5_000)(Cells(barred).code)
