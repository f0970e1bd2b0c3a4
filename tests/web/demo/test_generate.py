import re
import subprocess
import sys
from collections import Counter, defaultdict

import pytest

from wangge.web.demo.generate import digest, generate
from wangge.web.demo.plan import SIZES, BadPlan, load_plan, plan_for, plan_of, plans
from wangge.web.demo.town import Town


@pytest.mark.parametrize("key", plans())
def test_the_same_seed_gives_the_same_town(key: str) -> None:
    assert digest(generate(load_plan(key), 7, "small")) == digest(generate(load_plan(key), 7, "small"))


@pytest.mark.parametrize("key", plans())
def test_another_seed_gives_another_town(key: str) -> None:
    assert len({digest(generate(load_plan(key), seed, "small")) for seed in (1, 2, 3)}) == 3


def test_the_same_seed_gives_the_same_town_in_another_process(towns: dict[str, Town]) -> None:
    code = (
        "import sys; from wangge.web.demo.generate import *; from wangge.web.demo.plan import load_plan;"
        "town = generate(load_plan('taicang_town'), 1, 'small');"
        "print(digest(town), 'django' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == [digest(towns["taicang_small"]), "False"]


def test_every_size_has_one_plan_that_is_shown() -> None:
    assert {size: sum(size in load_plan(key).serves for key in plans()) for size in SIZES} == dict.fromkeys(SIZES, 1)
    assert {size: plan_for(size).source.scheme for size in SIZES} == dict.fromkeys(SIZES, "nbs")


def test_the_town_has_the_size_of_a_town(towns: dict[str, Town]) -> None:
    town = towns["taicang_town"]
    assert sum(area.level == "community" for area in town.areas) == 23
    assert len(town.compounds) == 65
    assert len(town.reports) == 400
    assert 1_800 <= len(town.buildings) <= 2_200
    assert 18_000 <= len(town.dwellings) <= 22_000


def test_the_small_town_is_small(towns: dict[str, Town]) -> None:
    town = towns["taicang_small"]
    assert sum(area.level == "community" for area in town.areas) == 3
    assert (len(town.compounds), len(town.reports)) == (6, 40)
    assert 50 <= len(town.buildings) <= 75
    assert 350 <= len(town.dwellings) <= 650


def test_taicang_is_a_tree_of_five_levels_with_every_community_below_the_town(towns: dict[str, Town]) -> None:
    areas = {area.key: area for area in towns["taicang_town"].areas}
    assert Counter(area.level for area in areas.values()) == {
        "province": 1, "city": 1, "county": 1, "town": 1, "community": 23,
    }  # fmt: skip
    parents = {area.parent for area in areas.values() if area.level == "community"}
    assert [areas[parent or ""].name for parent in parents] == ["城厢镇"]
    assert {(area.scheme, area.year) for area in areas.values()} == {("nbs", 2023)}


def test_the_invented_county_has_no_towns(towns: dict[str, Town]) -> None:
    areas = {area.key: area for area in towns["invented_town"].areas}
    above = Counter(areas[area.parent or ""].level for area in areas.values() if area.level == "community")
    assert above == {"county": 7}
    assert Counter(area.level for area in areas.values()) == {"city": 1, "county": 1, "community": 7}
    assert [area.level for area in areas.values() if area.parent is None] == ["city"]
    assert {area.scheme for area in areas.values()} == {"local"}


def test_parents_come_before_their_children(town: Town) -> None:
    seen: set[str | None] = {None}
    for area in town.areas:
        assert area.parent in seen
        seen.add(area.key)


def test_keys_are_unique(town: Town) -> None:
    keys = [
        *(area.key for area in town.areas), *(grid.key for grid in town.grids), *(one.key for one in town.compounds),
        *(one.key for one in town.buildings), *(one.key for one in town.dwellings), *(one.key for one in town.features),
        *(one.key for one in town.organisations), *(one.login for one in town.staff),
        *(one.key for one in town.reports),
    ]  # fmt: skip
    assert len(keys) == len(set(keys))


def test_a_grid_code_is_its_community_and_three_digits(town: Town) -> None:
    for grid in town.grids:
        assert re.fullmatch(rf"{grid.area}\d{{3}}", grid.code)
        assert (grid.code[-3:] == "000") == (grid.kind == "total_grid")
        assert (grid.code[-3:] > "900") == (grid.kind == "dedicated_grid")


def test_taicang_codes_have_twelve_digits_and_its_grids_fifteen(towns: dict[str, Town]) -> None:
    town = towns["taicang_town"]
    assert {len(area.code) for area in town.areas if area.code.isdigit()} == {12}
    assert {len(grid.code) for grid in town.grids if grid.code.isdigit()} == {15}


def test_every_dwelling_stands_in_the_general_grid_of_its_stairwell_and_a_building_in_that_of_most(town: Town) -> None:
    kinds = {grid.key: grid.kind for grid in town.grids}
    stairs: dict[tuple[str, int], set[str]] = defaultdict(set)
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for dwelling in town.dwellings:
        stairs[dwelling.building, dwelling.unit].add(dwelling.grid)
        homes[dwelling.building][dwelling.grid] += 1
    assert {kinds[grid] for grids in stairs.values() for grid in grids} == {"general_grid"}
    assert {len(grids) for grids in stairs.values()} == {1}
    for building in town.buildings:
        assert homes[building.key][building.grid] == max(homes[building.key].values())


def test_counts_of_dwellings_agree(town: Town) -> None:
    homes = Counter(dwelling.building for dwelling in town.dwellings)
    assert homes == {building.key: building.dwellings for building in town.buildings}
    in_grids = Counter(dwelling.grid for dwelling in town.dwellings)
    general = {grid.key: grid.dwellings for grid in town.grids if grid.kind == "general_grid"}
    assert in_grids == general
    assert sum(grid.dwellings for grid in town.grids if grid.kind == "total_grid") == len(town.dwellings)


def test_grids_count_their_buildings(town: Town) -> None:
    held = Counter(building.grid for building in town.buildings)
    assert {grid.key: held[grid.key] for grid in town.grids if grid.kind != "total_grid"} == {
        grid.key: grid.buildings for grid in town.grids if grid.kind != "total_grid"
    }
    assert sum(grid.buildings for grid in town.grids if grid.kind == "total_grid") == len(town.buildings)


def test_unit_and_room_name_one_dwelling_of_a_building(town: Town) -> None:
    doors = [(dwelling.building, dwelling.unit, dwelling.room) for dwelling in town.dwellings]
    assert len(doors) == len(set(doors))


def test_dwellings_are_named_as_people_name_them(towns: dict[str, Town]) -> None:
    names = {dwelling.name for dwelling in towns["taicang_town"].dwellings}
    assert all(re.fullmatch(r"\d+幢(\d单元)?\d{3,4}室|\d+组\d+号", name) for name in names)
    local = {dwelling.name for dwelling in towns["invented_town"].dwellings}
    assert all(re.fullmatch(r"\d+栋(\d门)?\d{3,4}号|\d+社\d+院", name) for name in local)


def test_every_building_and_compound_has_one_standard_address_of_its_own(town: Town) -> None:
    standard = [address for address in town.addresses if address.standard]
    targets = {one.key for one in town.compounds} | {one.key for one in town.buildings}
    assert Counter(address.target for address in standard) == dict.fromkeys(targets, 1)
    assert len({address.text for address in standard}) == len(standard)


def test_names_of_compounds_and_roads_are_not_given_twice(town: Town) -> None:
    assert len({one.name for one in town.compounds}) == len(town.compounds)
    roads = [one.name for one in town.features if one.kind in {"road", "street"} and one.area]
    assert len(set(roads)) == len(roads)


def test_a_tree_with_a_hole_is_refused() -> None:
    plan = {"areas": [{"code": "A", "level": "city", "name": "A", "official": "A", "parent": "", "kind": ""}]}
    plan["areas"].append(plan["areas"][0] | {"code": "B", "parent": "C"})
    rest = {
        "source": {"package": "", "version": "", "registry": "", "licence": "", "scheme": "", "year": 2026},
        "words": dict.fromkeys(load_plan("invented").words.__dataclass_fields__, ""),
        "names": {}, "small": [], "key": "x", "title": "", "notice": "", "whole": "A", "lon": 0.0, "lat": 0.0,
        "tilt": 0.0, "phone_prefix": "",
    }  # fmt: skip
    with pytest.raises(BadPlan, match="x: area B stands before its parent 'C'"):
        plan_of(plan | rest)
