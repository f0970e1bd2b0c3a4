"""The county at full size: counted, measured, and looked over for what cannot be (a long run).

Its small twin, over a town, stands in test_generate and test_ground.
"""

from collections import Counter, defaultdict

import pytest
from shapely import union_all

from tests.web.demo.test_ground import CENTIMETRE, HAIR, SEAM, overlaps, polygon, surface
from wangge.web.demo.generate import generate
from wangge.web.demo.plan import load_plan, plan_for
from wangge.web.demo.town import Town

pytestmark = [pytest.mark.soak, pytest.mark.full]
BUILDINGS, DWELLINGS, GRIDS, ROUNDS, STAFF = 120_000, 460_000, 1_160, 6_230, 2_600
LEAST, FEW = 300, 3  # households of a general grid; so many lie in communities that cannot have it
EVERY = 97  # buildings are looked at one in so many


@pytest.fixture(scope="module")
def city() -> Town:
    return generate(plan_for("city"), 1, "city")


def test_the_county_has_its_size(city: Town) -> None:
    levels = Counter(area.level for area in city.areas)
    assert (levels["county"], levels["town"], levels["community"]) == (1, 8, 160)
    assert len(city.compounds) == 390
    assert len(city.buildings) == pytest.approx(BUILDINGS, rel=0.03)
    assert len(city.dwellings) == pytest.approx(DWELLINGS, rel=0.03)
    assert Counter(grid.kind for grid in city.grids)["total_grid"] == 160
    assert Counter(grid.kind for grid in city.grids)["general_grid"] == pytest.approx(GRIDS, rel=0.1)
    assert len(city.micro_grids) == pytest.approx(ROUNDS, rel=0.1)
    assert len(city.staff) == pytest.approx(STAFF, rel=0.03)
    assert sum(grid.dwellings < LEAST for grid in city.grids if grid.kind == "general_grid") <= FEW


def test_towns_and_communities_tile_the_county(city: Town) -> None:
    shapes = {area.key: polygon(area.polygon) for area in city.areas if area.polygon}
    whole = shapes[load_plan(city.plan).whole]
    for level in ("town", "community"):
        parts = [shapes[area.key] for area in city.areas if area.level == level]
        assert overlaps(parts) == []
        assert union_all(parts).symmetric_difference(whole).area / whole.area == pytest.approx(0.0, abs=HAIR)
    for area in city.areas:
        if area.parent in shapes:
            assert shapes[area.parent].buffer(CENTIMETRE).covers(shapes[area.key])


def test_buildings_lie_in_their_grid_and_compound_and_do_not_overlap(city: Town) -> None:
    grids = {grid.key: surface(grid).buffer(CENTIMETRE) for grid in city.grids}
    stairs = defaultdict(set)
    for dwelling in city.dwellings:
        stairs[dwelling.building].add(dwelling.grid)
    compounds = {one.key: polygon(one.polygon).buffer(CENTIMETRE) for one in city.compounds}
    for building in city.buildings[::EVERY]:
        shape = polygon(building.footprint)
        assert union_all([grids[key] for key in stairs[building.key]]).covers(shape)
        assert compounds[building.compound].covers(shape)
    assert overlaps([polygon(building.footprint) for building in city.buildings]) == []


def test_grids_do_not_overlap_and_are_of_a_size_one_worker_can_look_after(city: Town) -> None:
    general = [grid for grid in city.grids if grid.kind == "general_grid"]
    assert overlaps([surface(grid) for grid in general], hair=SEAM) == []
    sizes = sorted(grid.dwellings for grid in general)
    assert sizes[-1] <= 600
    assert sum(300 <= size <= 500 for size in sizes) > 0.9 * len(sizes)
    assert max(micro.minutes for micro in city.micro_grids) <= 180
    assert max(micro.households for micro in city.micro_grids) <= 100


def test_every_name_and_every_address_stands_for_one_place(city: Town) -> None:
    assert len({one.name for one in city.compounds}) == len(city.compounds)
    assert len({one.name for one in city.staff}) == len(city.staff)
    assert len({one.login for one in city.staff}) == len(city.staff)
    standard = defaultdict(list)
    for address in city.addresses:
        if address.standard:
            standard[address.text].append(address.target)
    assert [targets for targets in standard.values() if len(targets) > 1] == []


def test_the_county_lies_where_its_plan_says(city: Town) -> None:
    plan = load_plan(city.plan)
    for building in city.buildings[::EVERY]:
        assert abs(building.centre[0] - plan.lon) < 0.2
        assert abs(building.centre[1] - plan.lat) < 0.2
