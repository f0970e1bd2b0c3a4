"""The communities of the demo, divided by the engine, before the independent judge and against their own houses."""

from collections import Counter, defaultdict
from dataclasses import replace
from math import dist

import numpy as np
import pytest
from shapely import union_all

from tests.town import few
from tests.web.demo.test_ground import overlaps, polygon, surface
from wangge.core.checking import Kind, audit
from wangge.core.rounds.pace import Pace
from wangge.core.unit_files import ways
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.table import Groups, UnitTable, grouped
from wangge.web.demo.dividing import drawn
from wangge.web.demo.generate import digest, generate
from wangge.web.demo.plan import BadPlan, Size, load_plan, plan_of
from wangge.web.demo.stairs import Community, Stairs
from wangge.web.demo.town import Building, Grid, Town

DIVIDED = ("taicang_small", "taicang_town", "taicang_county_small")
SEAM = 1e-4  # share of a community lost to rounding at a centimetre along its border
EXACT = 1.0  # minute
METRE = 1e-5  # degrees


@pytest.fixture(params=DIVIDED)
def divided(request: pytest.FixtureRequest, towns: dict[str, Town]) -> Town:
    return towns[str(request.param)]


def of_kind(town: Town, kind: str) -> list[Grid]:
    return [grid for grid in town.grids if grid.kind == kind]


def houses(town: Town, community: str) -> tuple[Building, ...]:
    inside = {one.key for one in town.compounds if one.area == community}
    return tuple(one for one in town.buildings if one.compound in inside)


def stairs_of(town: Town, community: str, buildings: tuple[Building, ...]) -> Stairs:
    """The stairwells of a community with the walking networks on which they stand; no barriers."""
    return Stairs.of(Community(community, (), (), buildings, ()), [], drawn(town.features, ways.KINDS))


def rows(town: Town, community: str) -> tuple[UnitTable, Assignment]:
    """The stairwells of a community and the micro-grids they are in, as two lists for the judge."""
    buildings = houses(town, community)
    stairs = stairs_of(town, community, buildings)
    numbers = [(buildings[at].key, stairs.number(row) if buildings[at].units else 0) for row, at in
               enumerate(stairs.building)]  # fmt: skip
    ids, units = tuple(f"{key}/{unit}" for key, unit in numbers), stairs.units
    same, none = grouped(["x"] * len(ids), [community] * len(ids)), grouped(list(ids), [""] * len(ids))
    table = UnitTable(
        ids, np.arange(len(ids)), units.x_m, units.y_m, units.households, units.floors, units.lift,
        grouped([buildings[at].compound for at in stairs.building], [buildings[at].compound for at in stairs.building]),
        same, grouped(["x"] * len(ids), [""] * len(ids), is_whole=True),
        Groups(units.way, units.names["way"]), none, none,
    )  # fmt: skip
    held = sorted(
        (f"{unit.building}/{unit.unit}", unit.low or 0, micro.grid, micro.number, unit.households)
        for micro in town.micro_grids
        if micro.grid.startswith(community)
        for unit in micro.units
    )
    ids, low, general, micro, homes = zip(*held, strict=True)
    lost = np.full(len(ids), np.nan)
    return table, Assignment(
        np.arange(len(ids)), ids, np.array(low), (community,) * len(ids), general, micro, np.array(homes), lost
    )  # fmt: skip


def test_the_judge_finds_nothing_wrong_with_the_grids_of_any_community(divided: Town) -> None:
    judged = impossible = 0
    for area in divided.areas:
        if area.level == "community":
            found = audit(*rows(divided, area.key))
            assert found.findings == ()
            judged, impossible = judged + 1, impossible + len(found.impossible)
    assert judged == len(of_kind(divided, "total_grid"))
    assert impossible < judged or divided.size == "small"


def test_the_judge_would_see_a_stairwell_in_a_strange_grid(towns: dict[str, Town]) -> None:
    town = towns["taicang_town"]
    area = next(grid.area for grid in of_kind(town, "general_grid") if grid.key.endswith("003"))
    table, division = rows(town, area)
    strange = next(micro.number for micro in town.micro_grids if micro.grid == f"{area}003")
    at = division.general.index(f"{area}001")
    general, micro = list(division.general), list(division.micro)
    general[at], micro[at] = f"{area}003", strange
    found = audit(table, replace(division, general=tuple(general), micro=tuple(micro)))
    assert {one.kind for one in found.findings} & {Kind.BROKEN, Kind.BROKEN_MICRO, Kind.BAND, Kind.MICRO_HOUSEHOLDS}


def test_every_lane_of_a_village_meets_its_road(divided: Town) -> None:
    lanes = [one for one in divided.features if one.kind == "lane"]
    lines = drawn(divided.features, ways.KINDS)
    for lane in drawn(lanes, ("lane",)):
        assert sum(lane.distance(other) < METRE for other in lines if other != lane)


def test_a_hamlet_that_a_lane_joins_has_no_grid_of_its_own(towns: dict[str, Town]) -> None:
    town = towns["taicang_town"]
    smallest: dict[str, int] = {}
    for grid in of_kind(town, "general_grid"):
        smallest[grid.area] = min(grid.dwellings, smallest.get(grid.area, 500))
    homes = Counter(home.grid[:12] for home in town.dwellings)
    alone = [area for area, least in smallest.items() if least < 200 <= homes[area] - least]
    assert alone == []


def test_every_stairwell_is_in_one_round_or_its_floors_in_several(divided: Town) -> None:
    bands = defaultdict(list)
    for micro in divided.micro_grids:
        for unit in micro.units:
            bands[unit.building, unit.unit].append((unit.low, unit.high, unit.households, micro.grid))
    doors = defaultdict(list)
    for home in divided.dwellings:
        doors[home.building, home.unit].append(home)
    assert bands.keys() == doors.keys()
    for stairwell, homes in doors.items():
        held = sorted(bands[stairwell], key=lambda band: band[0] or 0)
        assert (held[0][0], held[-1][1]) == (None, None)
        assert [(below[1] or 0) + 1 for below in held[:-1]] == [above[0] for above in held[1:]]
        for low, high, households, grid in held:
            own = [home for home in homes if (low or -9) <= home.floor <= (high or 99)]
            assert (len(own), {home.grid for home in own}) == (households, {grid})


def test_a_round_is_walked_in_its_order_in_the_minutes_it_says(towns: dict[str, Town]) -> None:
    town, pace = towns["taicang_town"], Pace()
    assert max(micro.minutes for micro in town.micro_grids) <= 180
    for area in town.areas[5:8]:
        buildings = houses(town, area.key)
        stairs = Stairs.of(Community(area.key, (), (), buildings, ()), [])
        spots = {
            (buildings[at].key, stairs.number(row) if buildings[at].units else 0): row
            for row, at in enumerate(stairs.building)
        }
        x, y, of = stairs.units.x_m, stairs.units.y_m, {one.key: one for one in buildings}
        for micro in town.micro_grids:
            if micro.grid.startswith(area.key):
                at = [spots[unit.building, unit.unit] for unit in micro.units]
                metres = sum(dist((x[a], y[a]), (x[b], y[b])) for a, b in zip(at, [*at[1:], at[0]], strict=True))
                work = pace.work_seconds(
                    [unit.households for unit in micro.units],
                    [unit.high or of[unit.building].floors for unit in micro.units],
                    [of[unit.building].lift for unit in micro.units],
                ).sum()
                assert metres == pytest.approx(micro.tour_m, abs=1.0)
                assert pace.round_minutes(work, metres) == pytest.approx(micro.minutes, abs=EXACT)


def test_the_grids_of_a_community_cover_it_without_overlap_or_gap(divided: Town) -> None:
    parts = defaultdict(list)
    for grid in divided.grids:
        if grid.kind != "total_grid":
            parts[grid.area].append(surface(grid))
    for area in divided.areas:
        if area.level == "community":
            ground = polygon(area.polygon)
            assert overlaps(parts[area.key], hair=SEAM) == []
            assert union_all(parts[area.key]).symmetric_difference(ground).area / ground.area < SEAM


def test_grids_are_numbered_from_north_to_south_and_their_rounds_after_them(divided: Town) -> None:
    for area in divided.areas:
        own = [grid for grid in of_kind(divided, "general_grid") if grid.area == area.key]
        assert [grid.code[-3:] for grid in own] == [f"{n:03}" for n in range(1, len(own) + 1)]
        for grid in own:
            numbers = [micro.number for micro in divided.micro_grids if micro.grid == grid.key]
            assert numbers == [f"{grid.code}{n:02}" for n in range(1, len(numbers) + 1)]
        if len(own) > 1:
            assert surface(own[0]).bounds[3] >= surface(own[-1]).centroid.y


def test_every_park_market_and_school_is_a_dedicated_grid_with_a_steward(divided: Town) -> None:
    public = Counter((one.area, one.name) for one in divided.features if one.kind in ("park", "market", "school"))
    dedicated = of_kind(divided, "dedicated_grid")
    assert public == Counter((grid.area, grid.name) for grid in dedicated)
    assert {grid.code[-3:] for grid in dedicated} == {"901"}
    assert [one.grid for one in divided.stewards] == [grid.key for grid in dedicated]
    ground = union_all([surface(grid) for grid in dedicated])
    assert not any(ground.intersects(polygon(building.footprint)) for building in divided.buildings)


@pytest.mark.parametrize("size", ["small", "town"])
def test_the_town_is_the_same_however_many_threads_divide_it(size: Size) -> None:
    plan = few("001", "003", "202")
    assert len({digest(generate(plan, 3, size, threads)) for threads in (1, 3)}) == 1


def test_where_nobody_has_divided_yet_each_compound_is_a_grid(towns: dict[str, Town]) -> None:
    town = towns["invented_town"]
    general = of_kind(town, "general_grid")
    assert Counter(one.grid for one in town.compounds) == {grid.key: 1 for grid in general}
    assert all(grid.provisional for grid in town.grids)
    assert (town.micro_grids, town.stewards, of_kind(town, "dedicated_grid")) == ((), (), [])
    assert not any(grid.provisional for grid in towns["taicang_town"].grids)


def test_a_plan_with_unknown_grids_is_refused() -> None:
    with pytest.raises(BadPlan, match="no such grids: 'hexagons'"):
        plan_of({"grids": "hexagons"} | bare())


def bare() -> dict[str, object]:
    plan = load_plan("invented")
    return {
        "source": {name: getattr(plan.source, name) for name in plan.source.__dataclass_fields__},
        "words": {name: getattr(plan.words, name) for name in plan.words.__dataclass_fields__},
        "names": {}, "small": [], "areas": [], "key": "x", "title": "", "notice": "", "whole": "", "lon": 0.0,
        "lat": 0.0, "tilt": 0.0, "phone_prefix": "",
    }  # fmt: skip
