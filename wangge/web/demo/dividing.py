"""The communities of a demo town divided by the engine: general grids, their rounds, the grids of public places."""

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wangge.core.division_files.naming import in_reading_order
from wangge.core.partition import Division, Options, divide
from wangge.core.partition.problem import Whole
from wangge.core.unit_files.barriers import KINDS as BARRIERS
from wangge.core.unit_files.stairwells import in_metres
from wangge.core.unit_files.ways import KINDS as WAYS
from wangge.web.demo.grids import Laid
from wangge.web.demo.plan import Words
from wangge.web.demo.stairs import Community, Stairs
from wangge.web.demo.town import Feature, Grid, MicroGrid, MicroUnit

FIRST_DEDICATED = 901


def laid_out(
    words: Words, communities: Sequence[Community], features: Sequence[Feature], threads: int | None = None
) -> Laid:
    """Divide every community. The answer is the same for any number of threads (None: as many as there are cores)."""
    barriers, ways = drawn(features, BARRIERS), drawn(features, WAYS)
    laid = Laid()
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        for part in pool.map(partial(_divided, words, barriers, ways), communities):
            laid.grids += part.grids
            laid.micro_grids += part.micro_grids
            laid.stairs |= part.stairs
            laid.gates |= part.gates
    return laid


def drawn(features: Sequence[Feature], kinds: Collection[str]) -> list[BaseGeometry]:
    """Return the lines and surfaces of these kinds on the base map, in degrees."""
    return [Polygon(one.points) if one.closed else LineString(one.points) for one in features if one.kind in kinds]


def _divided(
    words: Words, barriers: Sequence[BaseGeometry], ways: Sequence[BaseGeometry], community: Community
) -> Laid:
    stairs = Stairs.of(community, barriers, ways)
    division = divide(stairs.units, Options())
    sheet = division.general_sheet
    order = in_reading_order(sheet.centre_x, sheet.centre_y).tolist()
    codes = {grid: f"{community.code}{n:03}" for n, grid in enumerate(order, 1)}
    _, first = np.unique(division.pieces.unit, return_index=True)
    grids = division.general[first]  # of a stairwell that is more than one grid that of its lowest floors
    laid = Laid(stairs=_by_building(stairs, community, [codes[grid] for grid in grids.tolist()]))
    by_grid, by_round = _grounds(stairs, community, division, grids)
    grounds = {codes[grid]: ground for grid, ground in by_grid.items()}
    houses = Counter(laid.of(one.key) for one in community.buildings)
    homes = np.bincount(grids, stairs.units.households, len(sheet)).astype(int).tolist()
    laid.grids = [
        Grid(
            key=codes[grid], code=codes[grid], kind="general_grid", name=words.grid.format(n=n), area=community.code,
            buildings=houses[codes[grid]], dwellings=homes[grid], surface=stairs.surface(grounds[codes[grid]]),
            provisional=False,
        )
        for n, grid in enumerate(order, 1)
    ]  # fmt: skip
    laid.grids += _dedicated(community)
    laid.gates = dict(_gates(stairs, community, laid, grounds))
    laid.micro_grids = list(_micro_grids(stairs, community, division, codes, by_round))
    return laid


def _grounds(
    stairs: Stairs, community: Community, division: Division, grids: Whole
) -> tuple[dict[int, BaseGeometry], dict[int, BaseGeometry]]:
    """The ground of each general grid and of each micro-grid; rounds that share a stairwell share its ground."""
    shared: list[list[int]] = [[] for _ in grids]
    for unit, micro in zip(division.pieces.unit.tolist(), division.micro.tolist(), strict=True):
        shared[unit].append(micro)
    kinds: dict[tuple[int, ...], int] = {}
    named = [(grid, *sorted(set(micro))) for grid, micro in zip(grids.tolist(), shared, strict=True)]
    own = [kinds.setdefault(name, len(kinds)) for name in named]
    general, rounds = defaultdict(list), defaultdict(list)
    called = list(kinds)
    for kind, ground in stairs.grounds(np.array(own), community):
        grid, *micro = called[kind]
        general[grid].append(ground)
        for one in micro:
            rounds[one].append(ground)
    together = shapely.coverage_union_all
    return {key: together(held) for key, held in general.items()}, {key: together(held) for key, held in rounds.items()}


def _by_building(stairs: Stairs, community: Community, codes: list[str]) -> dict[str, tuple[str, ...]]:
    """The grids of the stairwells of each building, from the first."""
    found: dict[str, tuple[str, ...]] = {}
    for building, code in zip(stairs.building, codes, strict=True):
        key = community.buildings[building].key
        found[key] = (*found.get(key, ()), code)
    return found


def _dedicated(community: Community) -> Iterator[Grid]:
    """Places without households are grids of their own, looked after by their managers."""
    for number, place in enumerate(community.places, FIRST_DEDICATED):
        code = f"{community.code}{number}"
        yield Grid(
            key=code, code=code, kind="dedicated_grid", name=place.name, area=community.code, buildings=0,
            dwellings=0, surface=((place.points,),), provisional=False,
        )  # fmt: skip


def _gates(
    stairs: Stairs, community: Community, laid: Laid, grounds: dict[str, BaseGeometry]
) -> Iterator[tuple[str, str]]:
    """In which of the grids of its buildings the middle of each compound lies."""
    held: dict[str, set[str]] = {}
    for one in community.buildings:
        held.setdefault(one.compound, set()).add(laid.of(one.key))
    for compound in community.compounds:
        here = in_metres(Point(compound.centre), stairs.plane)
        among = held.get(compound.key, grounds.keys())
        yield compound.key, min(among, key=lambda code: (shapely.distance(grounds[code], here), code))


def _micro_grids(
    stairs: Stairs, community: Community, division: Division, codes: dict[int, str], grounds: dict[int, BaseGeometry]
) -> Iterator[MicroGrid]:
    """The micro-grids of each general grid, numbered as a page is read, their stairwells in walking order."""
    sheet, walked = division.micro_sheet, np.lexsort((division.done, division.micro))
    rounds = np.split(walked, np.flatnonzero(np.diff(division.micro[walked])) + 1)
    outer = np.array([division.general[pieces[0]] for pieces in rounds])
    for grid, code in codes.items():
        own = np.flatnonzero(outer == grid)
        order = own[in_reading_order(sheet.centre_x[own], sheet.centre_y[own])]
        for number, micro in enumerate(order.tolist(), 1):
            yield MicroGrid(
                number=f"{code}{number:02}", grid=code, households=int(sheet.households[micro]),
                minutes=round(float(sheet.minutes[micro])), tour_m=round(float(sheet.tour_m[micro])),
                units=tuple(_units(stairs, community, division, rounds[micro])), surface=stairs.surface(grounds[micro]),
            )  # fmt: skip


def _units(stairs: Stairs, community: Community, division: Division, walked: Whole) -> Iterator[MicroUnit]:
    """The stairwells of a round, or their floors where they are shared among several."""
    pieces = division.pieces
    for piece in walked.tolist():
        row = int(pieces.unit[piece])
        first = piece == 0 or pieces.unit[piece - 1] != row
        last = piece + 1 == len(pieces) or pieces.unit[piece + 1] != row
        house = community.buildings[stairs.building[row]]
        yield MicroUnit(
            building=house.key, unit=stairs.number(row) if house.units else 0,
            low=None if first else int(pieces.top[piece - 1]) + 1, high=None if last else int(pieces.top[piece]),
            households=int(pieces.households[piece]),
        )  # fmt: skip
