"""Territory: an outline is cut into areas and blocks; the cuts are the roads, the first of them is the river."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from wangge.web.demo.ground import Shape, Spot, hull, nearest, size_of, split

SUNFLOWER = 2.399963
SLANT = 5.0
CORNERS = 14
NEAR = 3e-3


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who wants ground: a weight in square metres and a wish where to lie."""

    key: str
    weight: float
    wish: Spot


@dataclass(slots=True)
class Parcels:
    """Who got which ground, and the cuts made on the way, coarsest first."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    cuts: list[tuple[Spot, Spot]] = field(default_factory=list)


def outline(chance: Random, size: float) -> Shape:
    """A convex, slightly irregular town of this many square metres, centred on the origin."""
    spots = []
    for i in range(CORNERS):
        angle = math.tau * (i + chance.uniform(-0.25, 0.25)) / CORNERS
        reach = chance.uniform(0.93, 1.0)
        spots.append((1.2 * reach * math.cos(angle), reach * math.sin(angle)))
    rough = hull(spots)
    scale = math.sqrt(size / size_of(rough))
    return tuple((x * scale, y * scale) for x, y in rough)


def wish(order: int) -> Spot:
    """The place of the n-th in a sunflower: the first lie in the middle, the last at the rim."""
    return math.sqrt(order) * math.cos(order * SUNFLOWER), math.sqrt(order) * math.sin(order * SUNFLOWER)


def parcel(shape: Shape, claims: Sequence[Claim], chance: Random) -> Parcels:
    """Cut the shape among the claims in proportion to their weights. Every cut is straight, every parcel convex."""
    parcels = Parcels()
    waiting = [(shape, list(claims))]
    while waiting:
        ground, wanting = waiting.pop(0)
        if len(wanting) == 1:
            parcels.shapes[wanting[0].key] = ground
            continue
        low, high = _halves(ground, wanting)
        share = sum(claim.weight for claim in low) / sum(claim.weight for claim in wanting)
        first, rest, cut = split(ground, share, chance.uniform(-SLANT, SLANT))
        parcels.cuts.append(cut)
        waiting += [(first, low), (rest, high)]
    return parcels


def _halves(ground: Shape, claims: list[Claim]) -> tuple[list[Claim], list[Claim]]:
    width, height = (max(c) - min(c) for c in zip(*ground, strict=True))
    axis = 0 if width >= height else 1
    ordered = sorted(claims, key=lambda claim: (claim.wish[axis], claim.key))
    half = sum(claim.weight for claim in ordered) / 2
    count, heavy = 1, ordered[0].weight
    while count < len(ordered) - 1 and heavy + ordered[count].weight / 2 < half:
        heavy += ordered[count].weight
        count += 1
    return ordered[:count], ordered[count:]


def stitched(shapes: dict[str, Shape]) -> dict[str, Shape]:
    """Give each shape the corners of its neighbours that lie on its sides, so that rounding opens no gap."""
    exact = {key: tuple((round(x, 3), round(y, 3)) for x, y in shape) for key, shape in shapes.items()}
    corners = {spot for shape in exact.values() for spot in shape}
    return {key: _with_corners(shape, corners) for key, shape in exact.items()}


def _with_corners(shape: Shape, corners: set[Spot]) -> Shape:
    spots: list[Spot] = []
    for start, end in zip(shape, (*shape[1:], shape[0]), strict=True):
        between = [spot for spot in corners if nearest((start, end), spot)[0] < NEAR]
        ends = {spot for spot in between if min(math.dist(spot, start), math.dist(spot, end)) < NEAR}
        spots += [start, *sorted(set(between) - ends, key=lambda spot: math.dist(spot, start))]
    return tuple(spot for i, spot in enumerate(spots) if math.dist(spot, spots[i - 1]) > NEAR)
