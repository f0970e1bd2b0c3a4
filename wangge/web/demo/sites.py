"""Building a compound on its block: rows of slabs and towers facing south, village houses along lanes."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from wangge.web.demo.ground import Shape, Spot, around, box, clip, keep, middle, span, turned
from wangge.web.demo.kinds import Kind, Sketch, pitch

RIVER_GAP = 36.0
MARGIN = 7.0
LEAN = 4.0
HOUSE_FROM_LANE = 6.0
GROUP_SIZE = 24


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill a block: turned by degrees, rows closer by a factor, so far from the road."""

    turn: float
    squeeze: float
    road: float


WAYS = (Way(0, 1.0, 11), Way(0, 0.85, 11), Way(90, 1.0, 11), Way(0, 0.75, 6), Way(90, 0.75, 6), Way(90, 0.7, 3))


@dataclass(frozen=True, slots=True)
class Built:
    """A building with its place; `group` is the lane of a hamlet, 0 elsewhere."""

    group: int
    number: int
    sketch: Sketch
    shape: Shape

    @property
    def homes(self) -> int:
        return 1 if self.group else self.sketch.floors * self.sketch.units * self.sketch.homes


@dataclass(frozen=True, slots=True)
class Site:
    """A built compound: its buildings, its lanes, the ground they take, and by how much its rows are turned."""

    built: tuple[Built, ...]
    lanes: tuple[tuple[Spot, Spot], ...]
    shape: Shape
    angle: float


def build(kind: Kind, drawn: tuple[Sketch, ...], block: Shape, river: tuple[Spot, Spot], chance: Random) -> Site:
    """Place the drawn buildings on the block, closer where they would not fit. None overlap, none leaves the block."""
    lean = chance.uniform(-LEAN, LEAN)
    best: tuple[list[Built], float] = ([], lean)
    for way in WAYS:
        if len(best[0]) < len(drawn):
            angle = lean + way.turn
            ground = turned(away(clip(block, block, way.road), river, RIVER_GAP), -angle)
            best = max(best, (_filled(kind, drawn, ground, way, chance), angle), key=lambda one: len(one[0]))
    rows, angle = best
    built = tuple(Built(one.group, one.number, one.sketch, turned(one.shape, angle)) for one in rows)
    corners = [spot for one in built for spot in one.shape]
    return Site(built, tuple(_lane_lines(rows, angle)), clip(around(corners, MARGIN), block, 2.0), angle)


def _filled(kind: Kind, drawn: tuple[Sketch, ...], ground: Shape, way: Way, chance: Random) -> list[Built]:
    if kind.sun == 0.0:
        return list(_lanes(drawn, ground, kind.gap, chance))
    return list(_rows(drawn, ground, kind, pitch(kind, drawn) * way.squeeze))


def away(shape: Shape, line: tuple[Spot, Spot], gap: float) -> Shape:
    """Cut off the part of a shape that is nearer than `gap` to the (endless) line; the side of its middle stays."""
    if not shape:
        return shape
    (ax, ay), (bx, by) = line
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    normal = ((by - ay) / length, (ax - bx) / length)
    limit = normal[0] * ax + normal[1] * ay
    x, y = middle(shape)
    if normal[0] * x + normal[1] * y > limit:
        normal, limit = (-normal[0], -normal[1]), -limit
    return keep(shape, normal, limit - gap)


def _free(ground: Shape, low: float, depth: float) -> tuple[float, float] | None:
    below, above = span(ground, low), span(ground, low + depth)
    if below is None or above is None:
        return None
    return max(below[0], above[0]), min(below[1], above[1])


def _rows(drawn: tuple[Sketch, ...], ground: Shape, kind: Kind, step: float) -> Iterator[Built]:
    low, top = _heights(ground)
    waiting, number = list(reversed(drawn)), 0
    while waiting and low + kind.depth <= top:
        free = _free(ground, low, kind.depth)
        left = free[0] if free else 0.0
        while waiting and free and left + waiting[-1].width <= free[1]:
            sketch = waiting.pop()
            number += 1
            yield Built(0, number, sketch, box(left, low, sketch.width, sketch.depth))
            left += sketch.width + kind.gap
        low += step


def _lanes(drawn: tuple[Sketch, ...], ground: Shape, gap: float, chance: Random) -> Iterator[Built]:
    low, top = _heights(ground)
    depth = drawn[0].depth + HOUSE_FROM_LANE + 3.0
    waiting, group = list(reversed(drawn)), 0
    lane = low + depth
    while waiting and lane + depth <= top:
        free = _free(ground, lane - depth, 2 * depth)
        if free and free[1] - free[0] > 4 * gap:
            group += 1
            yield from _lane(_Lane(group, lane, *free, gap), waiting, chance)
        lane += 2 * depth + 2 * gap


@dataclass(frozen=True, slots=True)
class _Lane:
    group: int
    height: float
    start: float
    end: float
    gap: float


def _lane(lane: _Lane, waiting: list[Sketch], chance: Random) -> Iterator[Built]:
    ends = [lane.start + chance.uniform(0.0, lane.gap), lane.start + chance.uniform(0.0, lane.gap)]
    number = 0
    while waiting and number < GROUP_SIZE:
        side = 0 if ends[0] <= ends[1] else 1
        sketch = waiting[-1]
        if ends[side] + sketch.width > lane.end:
            return
        waiting.pop()
        number += 1
        back = HOUSE_FROM_LANE + chance.uniform(0.0, 3.0)
        low = lane.height + back if side else lane.height - back - sketch.depth
        yield Built(lane.group, number, sketch, box(ends[side], low, sketch.width, sketch.depth))
        ends[side] += sketch.width + lane.gap * chance.uniform(0.6, 1.6)


def _lane_lines(rows: list[Built], lean: float) -> Iterator[tuple[Spot, Spot]]:
    for group in sorted({one.group for one in rows} - {0}):
        spots = [spot for one in rows if one.group == group for spot in one.shape]
        lane = (min(y for _, y in spots) + max(y for _, y in spots)) / 2
        start, end = turned(((min(x for x, _ in spots), lane), (max(x for x, _ in spots), lane)), lean)
        yield start, end


def _heights(ground: Shape) -> tuple[float, float]:
    return (min(y for _, y in ground), max(y for _, y in ground)) if ground else (0.0, 0.0)
