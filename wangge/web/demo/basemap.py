"""The base map of a demo town: river, bridges, roads, village lanes, parks, markets, schools."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wangge.web.demo.ground import Projection, Shape, Spot, clip, nearest
from wangge.web.demo.homes import Settled
from wangge.web.demo.plan import TownPlan
from wangge.web.demo.sites import away
from wangge.web.demo.survey import Road, Survey
from wangge.web.demo.town import Feature

RIVER_STEP = 40.0
RIVER_HALF = 10.0
RIVERSIDE = 27.0
BRIDGES = 4
BLOCK_GAP = 12.0
ROADS = ("road", "street", "lane")


def draw(plan: TownPlan, found: Survey, settled: Settled, projection: Projection) -> tuple[Feature, ...]:
    """Draw all lines and surfaces of the base map."""
    drawn = [*_water(plan, found), *_roads(found)]
    roads = [one.spots for one in drawn if one.kind in ROADS]
    for draft in found.drafts:
        drawn += [_Line("lane", "", draft.area, _to_road(lane, roads)) for lane in settled.sites[draft.key].lanes]
    drawn += _public_places(found)
    return tuple(_feature(f"f{number:03}", one, projection) for number, one in enumerate(drawn, 1))


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    name: str
    area: str
    spots: Shape
    closed: bool = False


def _feature(key: str, one: _Line, projection: Projection) -> Feature:
    points = projection.ring(one.spots) if one.closed else tuple(projection.degrees(spot) for spot in one.spots)
    return Feature(key, one.kind, one.name, one.area, points, one.closed)


def _water(plan: TownPlan, found: Survey) -> Iterator[_Line]:
    yield _Line("river", plan.words.river, "", _river(found.river), closed=True)
    for line in _riversides(found.river):
        yield _Line("road", plan.words.riverside, "", line)


def _roads(found: Survey) -> Iterator[_Line]:
    for road, bridge in _meeting_river(found):
        yield _Line(road.kind, road.name, road.area, road.line)
        if bridge:
            yield _Line("bridge", "", road.area, bridge)


def _public_places(found: Survey) -> Iterator[_Line]:
    for place in found.places:
        ground = away(clip(place.shape, place.shape, BLOCK_GAP), found.river, RIVERSIDE + BLOCK_GAP) or place.shape
        yield _Line(place.kind, place.name, place.area, ground, closed=True)


def _to_road(lane: tuple[Spot, Spot], roads: Sequence[Shape]) -> tuple[Spot, Spot]:
    """Draw a lane on, between its houses and straight ahead, to the road that it meets first at one of its ends."""
    length, along, _ = _frame(lane)
    here, there = lane
    met = [s for road in roads if (s := _meeting(here, along, road)) is not None]
    before, behind = max((s for s in met if s <= 0), default=None), min((s for s in met if s >= length), default=None)
    if before is not None and (behind is None or -before <= behind - length):
        return (here[0] + along[0] * before, here[1] + along[1] * before), there
    if behind is not None:
        return here, (here[0] + along[0] * behind, here[1] + along[1] * behind)
    return lane


def _meeting(spot: Spot, along: Spot, road: Shape) -> float | None:
    """How far along its (endless) line a spot meets a straight piece of road; None where it passes by."""
    (ax, ay), (bx, by) = road
    cross = along[0] * (by - ay) - along[1] * (bx - ax)
    if abs(cross) < 1e-9:
        return None
    east, north = ax - spot[0], ay - spot[1]
    share = (east * along[1] - north * along[0]) / cross
    return (east * (by - ay) - north * (bx - ax)) / cross if 0.0 <= share <= 1.0 else None


def _frame(line: tuple[Spot, Spot]) -> tuple[float, Spot, Spot]:
    (ax, ay), (bx, by) = line
    length = math.dist(*line)
    along = ((bx - ax) / length, (by - ay) / length)
    return length, along, (-along[1], along[0])


def _river(line: tuple[Spot, Spot]) -> Shape:
    length, along, across = _frame(line)
    ax, ay = line[0]
    banks: tuple[list[Spot], list[Spot]] = ([], [])
    steps = int(length / RIVER_STEP) + 1
    for i in range(steps + 1):
        s = length * i / steps
        sway = 5.0 * math.sin(s / 90.0)
        half = RIVER_HALF + 2.0 * math.sin(s / 160.0)
        for bank, offset in zip(banks, (sway + half, sway - half), strict=True):
            bank.append((ax + along[0] * s + across[0] * offset, ay + along[1] * s + across[1] * offset))
    return (*banks[0], *reversed(banks[1]))


def _riversides(line: tuple[Spot, Spot]) -> Iterator[tuple[Spot, Spot]]:
    _, _, across = _frame(line)
    for side in (RIVERSIDE, -RIVERSIDE):
        (ax, ay), (bx, by) = line
        yield (ax + across[0] * side, ay + across[1] * side), (bx + across[0] * side, by + across[1] * side)


def _meeting_river(found: Survey) -> Iterator[tuple[Road, tuple[Spot, Spot] | None]]:
    """Roads that meet the river end at the riverside road; a few go on over a bridge."""
    bridges = 0
    for road in found.roads:
        ends = list(road.line)
        bridge = None
        for i in (0, 1):
            if nearest(found.river, ends[i])[0] < 1.0:
                here, there = ends[i], ends[1 - i]
                share = RIVERSIDE / max(math.dist(here, there), RIVERSIDE)
                step = (there[0] - here[0]) * share, (there[1] - here[1]) * share
                ends[i] = here[0] + step[0], here[1] + step[1]
                if bridges < BRIDGES:
                    bridges += 1
                    bridge = ends[i], (here[0] - step[0], here[1] - step[1])
        yield Road(road.kind, road.name, road.area, (ends[0], ends[1])), bridge
