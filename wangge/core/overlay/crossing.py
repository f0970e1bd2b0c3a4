"""The cross table of our grids and those of a layer, and how each grid of the layer lies in ours."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
NONE = -1


class Relation(StrEnum):
    """How a grid of a layer lies in ours."""

    EQUAL = "equal"  # the same households as one of ours
    INSIDE = "inside"  # all in one of ours, which has more
    HOLDS = "holds"  # several of ours, each whole
    CROSSES = "crosses"  # a border of ours runs through it and it ends inside one of ours
    APART = "apart"  # no household of it lies in a grid of ours


@dataclass(frozen=True, eq=False)
class Cross:
    """Households in common: row i says how many of our grid `own[i]` are in the layer's grid `layer[i]`.

    Either may be -1: a household in no grid. Rows without households are left out.
    """

    own: Whole
    layer: Whole
    households: Whole

    def of_own(self) -> dict[int, int]:
        """Return the households of each grid of ours."""
        return _sums(self.own, self.households)

    def of_layer(self) -> dict[int, int]:
        """Return the households of each grid of the layer."""
        return _sums(self.layer, self.households)


@dataclass(frozen=True, slots=True)
class Part:
    """What a grid of the layer has of one of ours: so many of its households."""

    own: int
    households: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Say whether it has all of them."""
        return self.households == self.of


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid of the layer with the parts it has of ours, the largest first; `bare` are households in none of ours."""

    layer: int
    households: int
    relation: Relation
    parts: tuple[Part, ...]
    bare: int


def crossed(own: Whole, layer: Whole, households: Whole) -> Cross:
    """Return the cross table of two divisions of the same units."""
    pairs, at = np.unique(np.column_stack([own, layer]), axis=0, return_inverse=True)
    counts = np.bincount(at.reshape(-1), households, len(pairs)).astype(np.int64)
    some = counts > 0
    return Cross(pairs[some, 0], pairs[some, 1], counts[some])


def placed(cross: Cross) -> tuple[Placed, ...]:
    """Return how each grid of the layer lies in ours, by its code."""
    of_own, found = cross.of_own(), []
    for code, households in sorted(cross.of_layer().items()):
        rows = np.flatnonzero(cross.layer == code)
        held = dict(zip(cross.own[rows].tolist(), cross.households[rows].tolist(), strict=True))
        bare = held.pop(NONE, 0)
        parts = sorted(
            (Part(own, n, of_own[own]) for own, n in held.items()), key=lambda one: (-one.households, one.own)
        )
        found.append(Placed(code, households, _relation(parts, bare), tuple(parts), bare))
    return tuple(found)


def _relation(parts: list[Part], bare: int) -> Relation:
    if not parts:
        return Relation.APART
    if all(part.is_whole for part in parts):
        return Relation.EQUAL if len(parts) == 1 and not bare else Relation.HOLDS
    return Relation.INSIDE if len(parts) == 1 and not bare else Relation.CROSSES


def serving(cross: Cross) -> dict[int, tuple[int, int, int]]:
    """Return for each of our grids the layer's grid with most of its households: (code, households, of how many).

    Of equal shares the lower code; a grid of ours without any household in the layer is left out.
    """
    of_own, best = cross.of_own(), dict[int, tuple[int, int, int]]()
    for own, code, n in zip(cross.own.tolist(), cross.layer.tolist(), cross.households.tolist(), strict=True):
        if NONE not in (own, code) and (own not in best or (-n, code) < (-best[own][1], best[own][0])):
            best[own] = (code, n, of_own[own])
    return best


def _sums(codes: Whole, households: Whole) -> dict[int, int]:
    some = codes != NONE
    keys, at = np.unique(codes[some], return_inverse=True)
    counts = np.bincount(at.reshape(-1), households[some], len(keys)).astype(np.int64)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))
