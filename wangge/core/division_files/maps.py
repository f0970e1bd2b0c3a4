"""A small map of each community: the outlines of its grids as SVG paths, in shades that tell neighbours apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wangge.core.division_files.naming import Names
from wangge.core.division_files.outlines import Outline
from wangge.core.partition.problem import Sheet

WIDTH = 640
TALLEST = 900
MARGIN = 8
FINE = 2.0
"""Metres by which a corner may be cut: a map of a kilometre is as wide as a hand."""


@dataclass(frozen=True)
class Patch:
    """One grid on the map: its path, a shade from 0, and where its number stands."""

    name: str
    short: str
    path: str
    shade: int
    x: int
    y: int
    households: int
    is_within: bool


@dataclass(frozen=True)
class Map:
    """The map of one community; `bar_m` metres are as long as `bar` of its units."""

    community: int
    width: int
    height: int
    patches: tuple[Patch, ...]
    bar: int
    bar_m: int


def maps(drawn: Iterable[Outline], names: Names, sheet: Sheet) -> Iterator[Map]:
    """Yield the map of each community. `drawn` comes community by community."""
    for community, own in groupby(drawn, key=lambda one: one.community):
        yield _map(community, list(own), names, sheet)


def _map(community: int, drawn: Sequence[Outline], names: Names, sheet: Sheet) -> Map:
    west, south, east, north = shapely.total_bounds([one.shape for one in drawn]).tolist()
    scale = min((WIDTH - 2 * MARGIN) / max(east - west, 1.0), (TALLEST - 2 * MARGIN) / max(north - south, 1.0))
    shades = _shades([one.shape for one in drawn])
    patches = []
    for one, shade in zip(drawn, shades, strict=True):
        shape = shapely.transform(one.shape, lambda at: _on_page(at, west, north, scale))
        spot = shapely.point_on_surface(shape)
        name = names.general[one.grid]
        patches.append(Patch(
            name, name.rpartition("-")[2], _path(shapely.simplify(shape, FINE * scale)), shade, round(spot.x),
            round(spot.y), int(sheet.households[one.grid]), bool(sheet.is_within[one.grid]),
        ))  # fmt: skip
    bar_m = _round((east - west) / 4)
    height = round((north - south) * scale) + 2 * MARGIN
    patches.sort(key=lambda patch: patch.name)
    return Map(community, WIDTH, height, tuple(patches), round(bar_m * scale), bar_m)


def _on_page(
    at: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", west: float, north: float, scale: float
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.column_stack([MARGIN + (at[:, 0] - west) * scale, MARGIN + (north - at[:, 1]) * scale])


def _path(shape: BaseGeometry) -> str:
    rings = [ring for part in shapely.get_parts(shape) if part.geom_type == "Polygon"
             for ring in (part.exterior, *part.interiors)]  # fmt: skip
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1].tolist()) + "Z"
        for ring in rings
    )


def _shades(shapes: Sequence[BaseGeometry]) -> list[int]:
    """Give touching shapes different shades, as few as a greedy choice needs."""
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="intersects")
    found: dict[int, int] = {}
    for at in range(len(shapes)):
        taken = {found[other] for other in right[left == at].tolist() if other in found}
        found[at] = next(shade for shade in count() if shade not in taken)
    return [found[at] for at in range(len(shapes))]


def _round(metres: float) -> int:
    """Return the next smaller length that a scale bar may have: 1, 2 or 5 and noughts."""
    power = 10 ** int(np.floor(np.log10(max(metres, 1.0))))
    return int(next(step * power for step in (5, 2, 1) if step * power <= max(metres, 1.0)))
