"""Marks of one place on a map: beside each other round it while they are few, one pile when they are many."""

from collections.abc import Hashable, Sequence
from math import cos, pi, sin, tau

ROUND = 8  # marks that stand in one ring
WIDE = 26.0  # points from mark to mark


def offsets(count: int) -> list[tuple[float, float]]:
    """Return how far each of `count` marks stands from its place, in points, y down; the first one uppermost."""
    if count < 2:
        return [(0.0, 0.0)] * count
    reach = max(WIDE / 2 / sin(pi / count), WIDE * 0.7)
    turns = [tau * number / count for number in range(count)]
    return [(round(reach * sin(turn), 1), round(-reach * cos(turn), 1)) for turn in turns]


def places(keys: Sequence[Hashable]) -> dict[Hashable, list[int]]:
    """Return the positions in `keys` of each key: what lies at the same place."""
    found: dict[Hashable, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(key, []).append(at)
    return found
