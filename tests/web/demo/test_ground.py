from collections import Counter, defaultdict
from collections.abc import Sequence
from math import cos, hypot, radians

import pytest
from shapely import MultiPolygon, STRtree, union_all
from shapely.geometry import Point as Dot
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from wangge.web.demo.generate import generate
from wangge.web.demo.ground import METRES_PER_DEGREE
from wangge.web.demo.plan import load_plan
from wangge.web.demo.survey import survey
from wangge.web.demo.town import Grid, Ring, Town

HAIR = 1e-6  # share of an area lost to rounding at a centimetre
SEAM = 1e-4  # share of a grid lost to rounding at a centimetre along its border
CENTIMETRE = 2e-7  # degrees


def polygon(ring: Ring | None) -> Polygon:
    assert ring is not None
    assert ring[0] == ring[-1]
    shape = Polygon(ring)
    assert shape.is_valid
    return shape


def surface(grid: Grid) -> MultiPolygon:
    shape = MultiPolygon([(outer, holes) for outer, *holes in grid.surface])
    assert shape.is_valid
    assert not shape.is_empty
    return shape


def overlaps(shapes: Sequence[BaseGeometry], hair: float = HAIR) -> list[tuple[int, int]]:
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    return [
        (int(a), int(b))
        for a, b in zip(first, second, strict=True)
        if a < b and shapes[a].intersection(shapes[b]).area > hair * shapes[a].area
    ]


def test_the_communities_tile_the_town(town: Town) -> None:
    communities = [polygon(area.polygon) for area in town.areas if area.level == "community"]
    whole = polygon(next(area.polygon for area in town.areas if area.key == load_plan(town.plan).whole))
    assert overlaps(communities) == []
    assert union_all(communities).symmetric_difference(whole).area / whole.area == pytest.approx(0.0, abs=HAIR)


def test_every_area_lies_in_its_parent(town: Town) -> None:
    shapes = {area.key: polygon(area.polygon) for area in town.areas if area.polygon}
    for area in town.areas:
        if area.polygon and area.parent in shapes:
            assert shapes[area.parent].buffer(CENTIMETRE).covers(shapes[area.key])


def test_areas_above_the_drawn_one_have_no_polygon(towns: dict[str, Town]) -> None:
    bare = {area.level for area in towns["taicang_town"].areas if area.polygon is None}
    assert bare == {"province", "city", "county"}


def test_no_two_buildings_overlap(town: Town) -> None:
    assert overlaps([polygon(building.footprint) for building in town.buildings]) == []


def test_no_two_grids_overlap_and_each_lies_in_its_community(town: Town) -> None:
    communities = {area.key: polygon(area.polygon) for area in town.areas if area.level == "community"}
    grids = [grid for grid in town.grids if grid.kind != "total_grid"]
    assert overlaps([surface(grid) for grid in grids], hair=SEAM) == []
    assert all(communities[grid.area].buffer(CENTIMETRE).covers(surface(grid)) for grid in grids)


def test_every_building_lies_in_the_grids_of_its_stairwells(town: Town) -> None:
    grids = {grid.key: surface(grid).buffer(CENTIMETRE) for grid in town.grids}
    stairs: dict[str, set[str]] = defaultdict(set)
    for dwelling in town.dwellings:
        stairs[dwelling.building].add(dwelling.grid)
    grounds = {building.key: union_all([grids[key] for key in stairs[building.key]]) for building in town.buildings}
    assert all(grounds[building.key].covers(Dot(building.centre)) for building in town.buildings)
    beyond = [one.key for one in town.buildings if not grounds[one.key].covers(polygon(one.footprint))]
    assert len(beyond) <= len(town.buildings) // 100  # a corner of a long house, nearer to the next


def test_no_building_stands_in_the_river(town: Town) -> None:
    rivers = [polygon(feature.points) for feature in town.features if feature.kind == "river"]
    assert len(rivers) == 1
    assert not any(rivers[0].intersects(polygon(building.footprint)) for building in town.buildings)


def test_the_gate_lies_on_the_edge_of_its_compound(town: Town) -> None:
    assert all(polygon(one.polygon).exterior.distance(Dot(one.gate)) < CENTIMETRE for one in town.compounds)


def test_a_report_lies_in_its_community_and_in_its_grid(town: Town) -> None:
    communities = {area.key: polygon(area.polygon) for area in town.areas if area.level == "community"}
    parts = {grid.key: surface(grid) for grid in town.grids if grid.kind != "total_grid"}
    houses = {building.key: building.grid for building in town.buildings}
    for report in town.reports:
        inside = [key for key, shape in parts.items() if shape.covers(Dot(report.point))]
        assert communities[report.area].covers(Dot(report.point))
        if report.building:
            assert report.grid == houses[report.building]
        else:
            assert inside == ([] if report.grid.endswith("000") else [report.grid])


def test_reports_lie_in_grids_of_every_kind(towns: dict[str, Town]) -> None:
    kinds = {grid.key: grid.kind for grid in towns["taicang_town"].grids}
    found = Counter(kinds[report.grid] for report in towns["taicang_town"].reports)
    assert found.keys() == {"general_grid", "dedicated_grid"}  # its grids leave no ground between them
    assert found["general_grid"] > 10 * found["dedicated_grid"]
    bare = {grid.key: grid.kind for grid in towns["invented_town"].grids}
    assert {bare[report.grid] for report in towns["invented_town"].reports} == {"general_grid", "total_grid"}


def test_the_towns_lie_where_their_plans_say(town: Town) -> None:
    plan = load_plan(town.plan)
    for building in town.buildings:
        assert abs(building.centre[0] - plan.lon) < 0.03
        assert abs(building.centre[1] - plan.lat) < 0.03


def test_slabs_are_twelve_metres_deep(towns: dict[str, Town]) -> None:
    town = towns["taicang_town"]
    stretch = cos(radians(load_plan(town.plan).lat))
    for building in town.buildings:
        if building.kind == "walk_up":
            (ax, ay), (bx, by) = building.footprint[1:3]
            assert METRES_PER_DEGREE * hypot((bx - ax) * stretch, by - ay) == pytest.approx(12.0, abs=0.05)


def test_floors_are_those_of_the_kind_and_lifts_go_where_people_would_climb_eight(towns: dict[str, Town]) -> None:
    floors = defaultdict(set)
    for building in towns["taicang_town"].buildings:
        floors[building.kind].add(building.floors)
        assert building.lift == (building.floors >= 8)
    assert floors["walk_up"] == {4, 5, 6, 7}
    assert (min(floors["towers"]) >= 11, max(floors["towers"]) <= 33) == (True, True)
    assert floors["village"] == {2, 3}


@pytest.mark.parametrize("seed", range(20))
def test_no_compound_stays_empty_whatever_the_seed(seed: int) -> None:
    town = generate(load_plan("taicang_town"), seed, "small")
    assert {building.compound for building in town.buildings} == {one.key for one in town.compounds}
    assert overlaps([polygon(building.footprint) for building in town.buildings]) == []


def test_roads_follow_from_the_cuts_one_less_than_there_are_parcels() -> None:
    found = survey(load_plan("taicang_town"), 1, "town")
    river = 1
    assert len(found.roads) + river == len(found.blocks) + len(found.places) - 1
