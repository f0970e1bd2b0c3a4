"""The survey of a demo town: which community and which compound lies where, its roads, its river, its public places."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from random import Random

from wangge.web.demo.chance import deck, shuffled, stream
from wangge.web.demo.ground import Shape, Spot
from wangge.web.demo.kinds import KINDS, LARGEST, SHARES, Sketch, compounds_of, ground_needed, sketches
from wangge.web.demo.plan import AreaPlan, Size, TownPlan
from wangge.web.demo.territory import Claim, outline, parcel, stitched, wish

PUBLIC = {"park": 11_000.0, "market": 6_000.0, "school": 13_000.0}
SLIMMEST = 0.4


@dataclass(frozen=True, slots=True)
class Draft:
    """A compound or hamlet before it is built: who it is and what it wants."""

    key: str
    name: str
    kind: str
    area: str
    buildings: tuple[Sketch, ...]
    ground: float


@dataclass(frozen=True, slots=True)
class Road:
    """A straight piece of road or village lane; lanes have no name."""

    kind: str
    name: str
    area: str
    line: tuple[Spot, Spot]


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A park, market or school and its block."""

    kind: str
    name: str
    area: str
    shape: Shape


@dataclass(slots=True)
class Survey:
    """The surveyed town in metres; `blocks` by the key of the compound."""

    areas: tuple[AreaPlan, ...]
    shapes: dict[str, Shape] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    blocks: dict[str, Shape] = field(default_factory=dict)
    river: tuple[Spot, Spot] = ((0.0, 0.0), (1.0, 0.0))
    roads: list[Road] = field(default_factory=list)
    places: list[PublicPlace] = field(default_factory=list)


def survey(plan: TownPlan, seed: int, size: Size) -> Survey:
    """Draw the territory of the town. Same plan, seed and size, same town."""
    found = Survey(plan.of_size(size))
    communities = [area for area in found.areas if area.level == "community"]
    found.drafts = _drafts(plan, communities, stream(plan.key, seed, size, "compounds"), size)
    chance = stream(plan.key, seed, size, "territory")
    public = _public(plan, communities, chance)
    cuts = _share_out(found, plan, public, chance)
    names = _RoadNames(shuffled(chance, plan.names["road"]))
    found.river = cuts.pop(0)
    found.roads = [Road("road", names.take(), "", cut) for cut in cuts]
    for community in communities:
        _cut_blocks(found, community, public, names, chance)
    found.shapes = stitched(found.shapes)
    return found


class _RoadNames:
    """Hands out road names; when the pool is empty, side roads of those already named."""

    def __init__(self, pool: list[str]) -> None:
        self._pool = pool
        self._taken = 0

    def take(self) -> str:
        turn, place = divmod(self._taken, len(self._pool))
        self._taken += 1
        name = self._pool[place]
        return name if turn == 0 else f"{name[:-1]}{'一二三四五六七八九'[turn - 1]}支路"


def _drafts(plan: TownPlan, communities: list[AreaPlan], chance: Random, size: Size) -> list[Draft]:
    pools = {kind: iter(shuffled(chance, names)) for kind, names in plan.names.items()}
    orders: dict[str, count[int]] = defaultdict(count)
    counts = [compounds_of(size, area.kind, next(orders[area.kind])) for area in communities]
    in_town = sum(number for number, area in zip(counts, communities, strict=True) if area.kind != "villagers")
    kinds = iter(deck(chance, SHARES[size], in_town))
    drafts: list[Draft] = []
    for number, area in zip(counts, communities, strict=True):
        for _ in range(number):
            kind = "village" if area.kind == "villagers" else next(kinds)
            drawn = sketches(KINDS[size][kind], chance, LARGEST[size])
            ground = ground_needed(KINDS[size][kind], drawn)
            drafts.append(Draft(f"c{len(drafts) + 1:03}", next(pools[kind]), kind, area.code, drawn, ground))
    return drafts


def _public(plan: TownPlan, communities: list[AreaPlan], chance: Random) -> dict[str, tuple[str, str]]:
    pools = {kind: iter(shuffled(chance, plan.names[kind])) for kind in PUBLIC}
    public: dict[str, tuple[str, str]] = {}
    for order, area in enumerate(area for area in communities if area.kind != "villagers"):
        kind = list(PUBLIC)[order % len(PUBLIC)]
        if name := next(pools[kind], ""):
            public[area.code] = kind, name
    return public


def _share_out(
    found: Survey, plan: TownPlan, public: dict[str, tuple[str, str]], chance: Random
) -> list[tuple[Spot, Spot]]:
    weights = {area.code: 0.0 for area in found.areas}
    for draft in found.drafts:
        weights[draft.area] += draft.ground
    for code, (kind, _) in public.items():
        weights[code] += _public_ground(found, code, kind)
    for area in reversed(found.areas):
        if area.parent:
            weights[area.parent] += weights[area.code]
    found.shapes[plan.whole] = outline(chance, weights[plan.whole])
    cuts: list[tuple[Spot, Spot]] = []
    for parent in found.areas:
        children = [area for area in found.areas if area.parent == parent.code]
        if parent.code in found.shapes and children:
            ordered = sorted(children, key=lambda area: area.kind == "villagers")
            claims = [Claim(area.code, weights[area.code], wish(i)) for i, area in enumerate(ordered)]
            parcels = parcel(found.shapes[parent.code], claims, chance)
            found.shapes |= parcels.shapes
            cuts += parcels.cuts
    return cuts


def _cut_blocks(
    found: Survey, area: AreaPlan, public: dict[str, tuple[str, str]], names: _RoadNames, chance: Random
) -> None:
    claims = [
        Claim(draft.key, draft.ground, (chance.random(), chance.random()))
        for draft in found.drafts
        if draft.area == area.code
    ]
    if area.code in public:
        ground = _public_ground(found, area.code, public[area.code][0])
        claims.append(Claim("public", ground, (chance.random(), chance.random())))
    parcels = parcel(found.shapes[area.code], claims, chance)
    if "public" in parcels.shapes:
        found.places.append(PublicPlace(*public[area.code], area.code, parcels.shapes.pop("public")))
    found.blocks |= parcels.shapes
    for cut in parcels.cuts:
        village = area.kind == "villagers"
        found.roads.append(Road("lane" if village else "street", "" if village else names.take(), area.code, cut))


def _public_ground(found: Survey, area: str, kind: str) -> float:
    """Square metres of a public place: never so much smaller than its neighbours that a sliver would be cut."""
    grounds = [draft.ground for draft in found.drafts if draft.area == area]
    return max(PUBLIC[kind], SLIMMEST * sum(grounds) / len(grounds))
