"""Kinds of compounds and what their buildings look like; how many there are in each size of the town."""

import math
from dataclasses import dataclass
from random import Random

from wangge.web.demo.plan import Size

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """Ranges to draw from; `flat` is the width in metres of one stairwell (or of a house), `homes` those on a floor."""

    buildings: Range
    floors: Range
    units: Range
    homes: Range
    flat: tuple[float, float]
    depth: float
    gap: float
    sun: float
    slack: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """A building before it has a place."""

    floors: int
    units: int
    homes: int
    width: float
    depth: float


KINDS: dict[Size, dict[str, Kind]] = {
    "town": {
        "walk_up": Kind((13, 17), (4, 7), (2, 4), (2, 2), (16.0, 18.0), 12.0, 9.0, 1.1, 1.55),
        "towers": Kind((3, 6), (11, 33), (1, 2), (3, 4), (22.0, 26.0), 18.0, 22.0, 0.75, 1.9),
        "old": Kind((20, 28), (2, 4), (1, 2), (2, 2), (10.0, 12.0), 9.0, 5.0, 0.9, 1.5),
        "dormitory": Kind((3, 5), (4, 6), (1, 1), (14, 18), (56.0, 64.0), 15.0, 14.0, 1.0, 1.9),
        "village": Kind((60, 80), (2, 3), (1, 1), (1, 1), (9.0, 13.0), 11.0, 6.0, 0.0, 2.6),
    },
    "small": {
        "walk_up": Kind((4, 5), (5, 6), (2, 4), (2, 2), (16.0, 18.0), 12.0, 9.0, 1.1, 2.0),
        "towers": Kind((2, 2), (11, 15), (1, 1), (4, 4), (22.0, 26.0), 18.0, 22.0, 0.75, 2.4),
        "old": Kind((6, 8), (2, 4), (1, 2), (2, 2), (10.0, 12.0), 9.0, 5.0, 0.9, 2.0),
        "dormitory": Kind((2, 2), (4, 4), (1, 1), (12, 12), (44.0, 48.0), 15.0, 14.0, 1.0, 2.4),
        "village": Kind((18, 22), (2, 3), (1, 1), (1, 1), (9.0, 13.0), 11.0, 6.0, 0.0, 3.0),
    },
}
KINDS["city"] = {
    "walk_up": Kind((48, 56), (4, 7), (2, 4), (2, 2), (16.0, 18.0), 12.0, 9.0, 1.1, 1.9),
    "towers": Kind((8, 12), (11, 33), (1, 2), (3, 4), (22.0, 26.0), 18.0, 22.0, 0.75, 2.2),
    "old": Kind((54, 66), (2, 4), (1, 2), (2, 2), (10.0, 12.0), 9.0, 5.0, 0.9, 1.7),
    "dormitory": Kind((10, 14), (4, 6), (1, 1), (14, 18), (56.0, 64.0), 15.0, 14.0, 1.0, 2.2),
    "village": Kind((735, 790), (2, 3), (1, 1), (1, 1), (9.0, 13.0), 11.0, 6.0, 0.0, 11.0),
}
SHARES: dict[Size, dict[str, int]] = {
    "town": {"walk_up": 27, "towers": 10, "old": 5, "dormitory": 3},
    "small": {"walk_up": 2, "towers": 1, "old": 1},
    "city": {"walk_up": 148, "towers": 59, "old": 29, "dormitory": 10},
}
LARGEST: dict[Size, int] = {"small": 500, "town": 500, "city": 10_000}  # homes of a compound
LIFT_FROM = 8
STOREY = 3.0
LANE_PITCH = 58.0
CLOSEST_ROWS = 12.0
VERGE = 36.0


def compounds_of(size: Size, area_kind: str, order: int) -> int:
    """How many compounds (or hamlets) the community has which is number `order` of its kind."""
    if size == "small":
        return 2
    if area_kind == "villagers":
        return 2 if size == "city" else 4
    if size == "city":
        return 3 if order % 5 else 2
    return 2 + order % 2


def sketches(kind: Kind, chance: Random, largest: int) -> tuple[Sketch, ...]:
    """Draw the buildings of a compound: one height, give or take a floor; no more homes than the largest has."""
    height = chance.randint(*kind.floors)
    drawn: list[Sketch] = []
    homes = 0
    for _ in range(chance.randint(*kind.buildings)):
        floors = min(kind.floors[1], max(kind.floors[0], height + chance.choice((-1, 0, 0, 0, 1))))
        units = chance.randint(*kind.units)
        width = round(units * chance.uniform(*kind.flat), 1)
        sketch = Sketch(floors, units, chance.randint(*kind.homes), width, kind.depth)
        homes += sketch.floors * sketch.units * sketch.homes
        if homes > largest and drawn:
            break
        drawn.append(sketch)
    return tuple(drawn)


def pitch(kind: Kind, drawn: tuple[Sketch, ...]) -> float:
    """Metres from row to row: depth and a gap by which the lower floors see the winter sun; lanes in hamlets."""
    if kind.sun == 0.0:
        return LANE_PITCH
    return kind.depth + max(CLOSEST_ROWS, kind.sun * STOREY * max(sketch.floors for sketch in drawn))


def ground_needed(kind: Kind, drawn: tuple[Sketch, ...]) -> float:
    """Square metres of the block which these buildings want, with air and the lane round it."""
    rows = 2 if kind.sun == 0.0 else 1
    run = sum(sketch.width + kind.gap for sketch in drawn) / rows
    inside = run * pitch(kind, drawn) * kind.slack
    return (math.sqrt(inside) + VERGE) ** 2
