"""Cases when a community is divided anew: they follow their place, and are counted by then and by now."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cases.made import accepted, reported
from tests.cast import Cast, case
from tests.places.changing import midnight
from tests.places.drafting import community_of, drawn, in_force, second
from tests.town import divided_town, load_divided_town
from wangge.access.models import Post
from wangge.cases.models import Case, FormerArea, Handover
from wangge.core.periods import Period
from wangge.insight.queries.past import past
from wangge.insight.words import Plan
from wangge.jobs.system import as_system
from wangge.places.models import Building
from wangge.teams.actions import keep_posts

BEFORE, DAY = date(2026, 9, 20), date(2026, 10, 1)
WHILE = Period("custom", BEFORE, BEFORE)


def told(cast: Cast, count: int = 12) -> list[str]:
    """Reports about as many buildings of the community, on a day before its grids change."""
    community = community_of(cast)
    numbers = []
    for at in range(count):
        number = reported(cast, f"楼道灯不亮 {at}", at=midnight(BEFORE) + timedelta(hours=9, minutes=at))
        with as_system("test"):
            buildings = Building.objects.filter(grid__parent=community).order_by("pk")
            building = buildings[at * buildings.count() // count]
            Case.objects.filter(number=number).update(building=building, area_id=building.grid_id)
        numbers.append(number)
    return numbers


def of_grids(areas: list[int], plan: Plan) -> dict[int, int]:
    now = midnight(DAY) + timedelta(hours=12)
    return {area: past(area, WHILE, plan, now).total.reports for area in areas}


def over_the_town(cast: Cast) -> Cast:
    """The same people with their posts over another town, one that the engine has divided already."""
    made, town = load_divided_town(timezone.now()), divided_town()
    above = next(made.areas[area.key] for area in town.areas if area.level == "county")
    people = [(one.account_id, "town_staff") for one in (cast.town, second(cast))]
    begun = midnight(date(2026, 1, 1))
    with as_system("test") as system:
        posts = [Post(account_id=one, role_id=role, area_id=above, valid_from=begun) for one, role in people]
        keep_posts(posts, by=system)
    return replace(cast, grid_id=made.areas[town.buildings[0].grid])


def test_each_case_lies_where_its_house_lies_and_is_counted_by_then_and_by_now(cast: Cast) -> None:
    askable_by_either(cast)


def test_cases_of_grids_that_the_engine_drew_are_counted_by_then_and_by_now_too(cast: Cast) -> None:
    askable_by_either(over_the_town(cast), low=200, high=350, micro_max=60)


def askable_by_either(cast: Cast, **limits: Any) -> None:
    """A new plan over the grids of a community: every case has its place in both, and every figure is whole."""
    community, numbers = community_of(cast), told(cast)
    with as_system("test"):
        before = dict(Case.objects.values_list("number", "area_id"))
    in_force(cast, drawn(cast, **limits), DAY)
    with as_system("test"):
        after = dict(Case.objects.values_list("number", "area_id"))
        houses = {one.number: one.building.grid_id for one in Case.objects.select_related("building") if one.building}
        assert after == houses
        moved = {number for number in numbers if before[number] != after[number]}
        assert 0 < len(moved) < len(numbers)
        former = FormerArea.objects.select_related("case")
        assert {(one.case.number, one.origin_id, one.until) for one in former} == {(n, before[n], DAY) for n in moved}
        grids = sorted({*before.values(), *after.values()})
        by_then, by_now = of_grids(grids, Plan.THEN), of_grids(grids, Plan.NOW)
        assert by_then == {grid: sum(1 for n in numbers if before[n] == grid) for grid in grids}
        assert by_now == {grid: sum(1 for n in numbers if after[n] == grid) for grid in grids}
        for plan, wanted in ((Plan.THEN, by_then), (Plan.NOW, by_now)):
            whole = past(community.pk, WHILE, plan, midnight(DAY) + timedelta(hours=12))
            assert whole.total.reports == len(numbers)
            assert {area: counts.reports for area, counts in whole.below.items() if counts.reports} == {
                area: n for area, n in wanted.items() if n
            }


def test_open_work_goes_over_by_lists_that_name_both_grids(cast: Cast) -> None:
    numbers = told(cast, 8)
    accepted(cast, numbers[0])
    with as_system("test"):
        before = dict(Case.objects.values_list("number", "area_id"))
    change = in_force(cast, drawn(cast), DAY)
    with as_system("test"):
        ways = {}
        for one in Handover.objects.filter(change=change):
            for item in one.items.all():
                ways[item.number] = (one.origin_id, one.target_id)
        assert ways == {n: (before[n], case(n).area_id) for n in numbers if case(n).area_id != before[n]}
        assert ways


def test_a_case_at_a_spot_goes_with_the_ground_it_lies_on(cast: Cast) -> None:
    number = told(cast, 1)[0]
    with as_system("test"):
        held = Case.objects.select_related("building").get(number=number)
        assert held.building is not None
        Case.objects.filter(pk=held.pk).update(building=None, lon=held.building.lon, lat=held.building.lat)
        building = held.building.pk
    in_force(cast, drawn(cast), DAY)
    with as_system("test"):
        assert case(number).area_id == Building.objects.get(pk=building).grid_id
