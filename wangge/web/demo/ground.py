"""Flat geometry in metres for the demo town, and the way from metres to degrees."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

Spot = tuple[float, float]  # metres east, metres north
Shape = tuple[Spot, ...]  # convex, counter-clockwise, not closed

METRES_PER_DEGREE = 111_319.49
STRAIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Projection:
    """Local equirectangular projection: good to a few centimetres over the few kilometres of a town."""

    lon: float
    lat: float
    tilt: float
    _cos: float = field(init=False)
    _sin: float = field(init=False)
    _stretch: float = field(init=False)

    def __post_init__(self) -> None:
        tilt = math.radians(self.tilt)
        object.__setattr__(self, "_cos", math.cos(tilt))
        object.__setattr__(self, "_sin", math.sin(tilt))
        object.__setattr__(self, "_stretch", METRES_PER_DEGREE * math.cos(math.radians(self.lat)))

    def degrees(self, spot: Spot) -> Spot:
        """Return longitude and latitude of a spot of the tilted town, rounded to about a centimetre."""
        x, y = spot
        east, north = x * self._cos - y * self._sin, x * self._sin + y * self._cos
        return round(self.lon + east / self._stretch, 7), round(self.lat + north / METRES_PER_DEGREE, 7)

    def ring(self, shape: Shape) -> tuple[Spot, ...]:
        """Return the shape as a closed ring in degrees."""
        return tuple(self.degrees(spot) for spot in (*shape, shape[0]))


def turn(spot: Spot, degrees: float) -> Spot:
    """Rotate about the origin, counter-clockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return spot[0] * cos - spot[1] * sin, spot[0] * sin + spot[1] * cos


def turned(shape: Shape, degrees: float) -> Shape:
    """Rotate a shape about the origin."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return tuple((x * cos - y * sin, x * sin + y * cos) for x, y in shape)


def size_of(shape: Shape) -> float:
    """Area of a shape in square metres; positive when counter-clockwise."""
    pairs = zip(shape, (*shape[1:], shape[0]), strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def middle(shape: Shape) -> Spot:
    """Mean of the corners: inside, as the shape is convex."""
    return sum(x for x, _ in shape) / len(shape), sum(y for _, y in shape) / len(shape)


def holds(shape: Shape, spot: Spot) -> bool:
    """Whether the spot lies inside a convex shape."""
    return all(
        (bx - ax) * (spot[1] - ay) - (by - ay) * (spot[0] - ax) > 0
        for (ax, ay), (bx, by) in zip(shape, (*shape[1:], shape[0]), strict=True)
    )


def keep(shape: Shape, normal: Spot, limit: float) -> Shape:
    """Cut a convex shape by a line and keep the side where `normal · spot <= limit`."""
    kept: list[Spot] = []
    depths = [normal[0] * x + normal[1] * y - limit for x, y in shape]
    for i, spot in enumerate(shape):
        after = (i + 1) % len(shape)
        here, there = depths[i], depths[after]
        if here <= 0:
            kept.append(spot)
        if here * there < 0:
            share = here / (here - there)
            (ax, ay), (bx, by) = spot, shape[after]
            kept.append((ax + (bx - ax) * share, ay + (by - ay) * share))
    return tuple(kept)


def split(shape: Shape, share: float, slant: float) -> tuple[Shape, Shape, tuple[Spot, Spot]]:
    """Cut a convex shape across its longer side: `share` of its area, the rest, and the cut as a line."""
    width, height = (max(c) - min(c) for c in zip(*shape, strict=True))
    normal = turn((1.0, 0.0) if width >= height else (0.0, 1.0), slant)
    along = [normal[0] * x + normal[1] * y for x, y in shape]
    low, high = min(along), max(along)
    wanted = size_of(shape) * share
    for _ in range(50):
        limit = (low + high) / 2
        part = keep(shape, normal, limit)
        if len(part) > 2 and size_of(part) > wanted:
            high = limit
        else:
            low = limit
    first = keep(shape, normal, low)
    rest = keep(shape, (-normal[0], -normal[1]), -low)
    cut = [spot for spot in first if abs(normal[0] * spot[0] + normal[1] * spot[1] - low) < STRAIGHT]
    return first, rest, (cut[0], cut[-1])


def clip(shape: Shape, frame: Shape, gap: float = 0.0) -> Shape:
    """The part of a convex shape that lies at least `gap` inside a convex frame; empty when nothing is left."""
    left = shape
    for (ax, ay), (bx, by) in zip(frame, (*frame[1:], frame[0]), strict=True):
        length = math.hypot(bx - ax, by - ay)
        if length > STRAIGHT and len(left) > 2:
            normal = ((by - ay) / length, (ax - bx) / length)
            left = keep(left, normal, normal[0] * ax + normal[1] * ay - gap)
    return left if len(left) > 2 else ()


def span(shape: Shape, height: float) -> tuple[float, float] | None:
    """Return from where to where a convex shape reaches at this height, or None."""
    crossings: list[float] = []
    for (ax, ay), (bx, by) in zip(shape, (*shape[1:], shape[0]), strict=True):
        if min(ay, by) <= height <= max(ay, by) and ay != by:
            crossings.append(ax + (bx - ax) * (height - ay) / (by - ay))
    return (min(crossings), max(crossings)) if crossings else None


def box(left: float, low: float, width: float, depth: float) -> Shape:
    """A rectangle with its sides along the axes."""
    return (left, low), (left + width, low), (left + width, low + depth), (left, low + depth)


def hull(spots: list[Spot]) -> Shape:
    """Convex hull, counter-clockwise (monotone chain)."""
    ordered = sorted(set(spots))
    return tuple(_chain(ordered)[:-1] + _chain(ordered[::-1])[:-1])


def _chain(ordered: list[Spot]) -> list[Spot]:
    chain: list[Spot] = []
    for spot in ordered:
        while len(chain) > 1 and _left_turn(chain[-2], chain[-1], spot) <= 0:
            chain.pop()
        chain.append(spot)
    return chain


def _left_turn(first: Spot, second: Spot, third: Spot) -> float:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])


def around(spots: Iterable[Spot], margin: float) -> Shape:
    """Convex hull of the spots with a margin."""
    ways = [turn((margin, 0.0), 45.0 * i) for i in range(8)]
    return hull([(x + dx, y + dy) for x, y in hull(list(spots)) for dx, dy in ways])


def nearest(line: tuple[Spot, Spot], spot: Spot) -> tuple[float, Spot]:
    """Distance to a straight line with ends, and the point of the line that is nearest."""
    (ax, ay), (bx, by) = line
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = ((spot[0] - ax) * (bx - ax) + (spot[1] - ay) * (by - ay)) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    foot = ax + (bx - ax) * share, ay + (by - ay) * share
    return math.dist(foot, spot), foot


def edge_towards(shape: Shape, target: Spot) -> Spot:
    """The point on the edge of a convex shape in the direction of a target, seen from its middle."""
    x, y = middle(shape)
    dx, dy = target[0] - x, target[1] - y
    shares: list[float] = []
    for (ax, ay), (bx, by) in zip(shape, (*shape[1:], shape[0]), strict=True):
        slope = (by - ay) * dx - (bx - ax) * dy
        if slope > STRAIGHT:
            shares.append(((by - ay) * (ax - x) - (bx - ax) * (ay - y)) / slope)
    share = min(shares, default=0.0)
    return x + dx * share, y + dy * share
