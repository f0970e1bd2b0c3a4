"""Dedicated grids begin and end by a plan of two persons; nobody lives in one; drawing leaves them alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from shapely.geometry import Point, shape

from tests.cases.made import reported
from tests.cast import Cast
from tests.places.changing import BASIS, midnight
from tests.places.dedicating import DAY, FIRM, approved, drafted, ended, hall, opened, wish
from tests.places.drafting import community_of, drawn, in_force
from wangge.access.action import Refused
from wangge.access.models import Post
from wangge.cases.actions.handover import catch_up
from wangge.cases.models import Case, FormerArea
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.actions import approve, keep_dwellings
from wangge.places.actions.dedicating import Firm, end_dedicated, name_manager, open_dedicated
from wangge.places.models import Area, Building, Change, Dedicated, FormerGrid, Grid
from wangge.places.queries.premises import coming, free_number, households, houses, standing, surfaces

LATER = date(2026, 11, 1)


def test_a_market_hall_becomes_a_grid_of_its_own(cast: Cast) -> None:
    house = hall(cast)
    number = reported(cast, "市场门口的路灯不亮", at=midnight(date(2026, 9, 20)))
    with as_system("test"):
        Case.objects.filter(number=number).update(building=house)
    grid = opened(cast, wish(house))
    with as_system("test"):
        near = Area.objects.get(pk=cast.grid_id)
        assert (grid.kind, grid.number[-3:], grid.households) == ("dedicated_grid", "901", 0)
        assert (grid.worker_name, grid.worker_phone, grid.card_valid_from) == (FIRM.name, FIRM.phone, DAY)
        assert grid.area.parent_id == near.parent_id
        assert Building.objects.get(pk=house.pk).grid_id == grid.pk
        assert shape(grid.area.outline or {}).covers(Point(house.lon, house.lat))
        overlap = shape(near.outline or {}).intersection(shape(grid.area.outline or {}))
        assert overlap.area < 1e-9
        former = FormerGrid.objects.get(building=house)
        assert (former.grid_id, former.valid_to) == (cast.grid_id, DAY)
        assert Case.objects.get(number=number).area_id == grid.pk
        assert FormerArea.objects.get().origin_id == cast.grid_id
        change = Change.objects.get()
        assert (change.kind, change.state) == ("divide", "in_force")


def test_one_drafts_another_approves_and_until_the_date_nothing_is_written(cast: Cast) -> None:
    house = hall(cast)
    with cast.wang.acting() as secretary:
        community = Area.objects.get(children__pk=cast.grid_id)
        held = open_dedicated(community, wish(house), by=secretary, now=midnight(date(2026, 9, 1)))
        change = held.change
        with pytest.raises(Refused):
            approve(change, by=secretary, now=midnight(date(2026, 9, 2)))
    approved(cast, change.pk, DAY)
    assert catch_up(midnight(DAY - timedelta(days=1))) == 0
    with as_system("test"):
        assert not standing([community.pk]).exists()
        assert [part.name for part in coming(community.pk)] == ["钟楼市场专属网格"]
        assert Building.objects.get(pk=house.pk).grid_id == cast.grid_id
        verbs = Entry.objects.filter(verb__startswith="dedicated_grid").values_list("verb", "subject", "area_id")
        assert list(verbs) == [("dedicated_grid.open", f"area_change:{change.pk}", community.pk)]


def test_nobody_else_opens_one(cast: Cast) -> None:
    house, community = hall(cast), community_of(cast)
    for person in (cast.lin, cast.zhao, cast.zhou, cast.chief, cast.system_admin):
        with person.acting() as by, pytest.raises(Refused):
            open_dedicated(community, wish(house), by=by, now=midnight(date(2026, 9, 1)))
    held = drafted(cast, wish(house))
    with cast.zhou.acting():
        assert not Dedicated.objects.exists()
    changes: list[dict[str, Any]] = [{"buildings": []}, {"grid_id": cast.grid_id}, {"number": "x"}, {"sort": "tower"}]
    for fields in changes:
        with cast.town.acting(), pytest.raises(DatabaseError), transaction.atomic():
            Dedicated.objects.filter(pk=held.pk).update(**fields)


def test_houses_with_homes_cannot_be_in_one(cast: Cast) -> None:
    empty = hall(cast)
    with as_system("test"):
        lived_in = Building.objects.filter(grid_id=cast.grid_id).exclude(pk=empty.pk).order_by("lon")[0]
        community = Area.objects.get(pk=cast.grid_id).parent_id or 0
        assert households(community)[lived_in.pk] > 0
        assert empty.pk not in households(community)
    with pytest.raises(Refused, match=lived_in.name):
        drafted(cast, wish(lived_in))
    with as_system("test"):
        outline = Area.objects.get(pk=cast.grid_id).outline
    with pytest.raises(Refused):
        drafted(cast, wish(outline=outline))
    counted = hall(cast, "员工宿舍", homes=12)
    with pytest.raises(Refused, match="员工宿舍"):
        drafted(cast, wish(counted))
    guessed = hall(cast, "商务楼", homes=90, estimated="homes")
    assert drafted(cast, wish(guessed)).buildings == [guessed.pk]


def test_a_house_in_which_somebody_came_to_live_stays_behind(cast: Cast) -> None:
    first, second = hall(cast), hall(cast, "二号厅")
    held = drafted(cast, wish(first, second))
    approved(cast, held.change_id, DAY)
    with as_system("test") as system:
        keep_dwellings(
            {"area_id": [cast.grid_id], "building_id": [second.pk], "unit": [""], "floor": [1], "room": ["101"]},
            by=system,
        )
    assert catch_up(midnight(DAY)) == 1
    with as_system("test"):
        grid = Dedicated.objects.get(pk=held.pk).grid_id
        assert Building.objects.get(pk=first.pk).grid_id == grid
        assert Building.objects.get(pk=second.pk).grid_id == cast.grid_id


def test_numbers_run_from_901_and_are_never_given_twice(cast: Cast) -> None:
    first, second, third = hall(cast), hall(cast, "二号厅"), hall(cast, "三号厅")
    grid = opened(cast, wish(first))
    waiting = drafted(cast, wish(second, day=LATER, name="二号厅专属网格"))
    assert (grid.number[-3:], waiting.number[-3:]) == ("901", "902")
    assert drafted(cast, wish(third, day=LATER, name="三号厅专属网格")).number[-3:] == "903"
    ended(cast, grid, date(2026, 10, 20))
    with as_system("test"):
        assert free_number(waiting.community_id)[-3:] == "904"
    with pytest.raises(Refused):
        drafted(cast, wish(second, day=LATER))  # its ground is asked for already


def test_its_end_gives_ground_and_houses_back(cast: Cast) -> None:
    house = hall(cast)
    with as_system("test"):
        before = shape(Area.objects.get(pk=cast.grid_id).outline or {}).area
    grid = opened(cast, wish(house))
    with as_system("test"):
        Post.objects.create(
            account_id=cast.zhao.account_id, role_id="grid_worker", area_id=grid.pk, valid_from=midnight(DAY)
        )
        cut = shape(Area.objects.get(pk=cast.grid_id).outline or {}).area
    ended(cast, grid, LATER)
    with as_system("test"):
        area = Area.objects.get(pk=grid.pk)
        assert (area.valid_to, area.parent_id) == (LATER, cast.grid_id)
        assert Building.objects.get(pk=house.pk).grid_id == cast.grid_id
        assert FormerGrid.objects.filter(building=house).count() == 2
        after = shape(Area.objects.get(pk=cast.grid_id).outline or {}).area
        assert cut <= before
        assert after >= max(before, cut)
        assert Post.objects.get(area_id=grid.pk).valid_to == midnight(LATER)


def test_drawing_general_grids_leaves_it_alone(cast: Cast) -> None:
    house = hall(cast)
    grid = opened(cast, wish(house, day=date(2026, 8, 1)))
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)
    with as_system("test"):
        assert Building.objects.get(pk=house.pk).grid_id == grid.pk
        kept = Grid.objects.select_related("area").get(pk=grid.pk)
        assert (kept.number, kept.area.outline) == (grid.number, grid.area.outline)
        for other in Area.objects.filter(parent=community, valid_to__isnull=True, grid__kind="general_grid"):
            assert shape(other.outline or {}).intersection(shape(grid.area.outline or {})).area < 1e-8
        assert house.pk not in houses(community.pk).values_list("pk", flat=True)


def test_the_workbench_shows_it_in_both_drawings_and_offers_it_nowhere(cast: Cast) -> None:
    from wangge.places.queries import bench, drafted, grid_names

    grid = opened(cast, wish(hall(cast), day=date(2026, 8, 1)))
    draft = drawn(cast)
    with as_system("test"):
        held = drafted.under(draft)
        names = grid_names.called(held, draft.area_id)
        made = bench.bench(draft, held, names, may_edit=True)
    assert [one["name"] for one in made["dedicated"]] == [grid.area.name]
    assert {one["kind"] for side in ("present", "draft") for one in made[side]["grids"]} == {"general_grid"}


def test_the_manager_is_named_anew_and_stands_on_the_public_card(cast: Cast) -> None:
    grid = opened(cast, wish(hall(cast)))
    with cast.wang.acting() as by:
        name_manager(grid, Firm("新管家物业（虚构）", "0512-5311 1111"), by=by, now=midnight(LATER))
    for person in (cast.lin, cast.zhao, cast.zhou):
        with person.acting() as by, pytest.raises(Refused):
            name_manager(grid, FIRM, by=by, now=midnight(LATER))
    with cast.town.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Grid.objects.filter(pk=grid.pk).update(worker_name="别处")  # only through the manager
    with as_system("test"):
        card = Grid.objects.get(pk=grid.pk)
        assert (card.worker_name, card.worker_phone, card.card_valid_from) == (
            "新管家物业（虚构）",
            "0512-5311 1111",
            LATER,
        )
        entry = Entry.objects.get(verb="dedicated_grid.name_manager")
        assert (entry.subject, entry.facts) == (f"grid:{grid.pk}", {"unit": None})


def test_only_a_dedicated_grid_ends_like_this_and_only_into_its_community(cast: Cast) -> None:
    grid = opened(cast, wish(hall(cast)))
    with as_system("test"):
        general = Grid.objects.select_related("area__parent").get(pk=cast.grid_id)
        far, near = Area.objects.get(pk=cast.far_grid_id), Area.objects.get(pk=cast.grid_id)
    with cast.town.acting() as by:
        for one, heir in ((general, near), (grid, far), (grid, grid.area)):
            with pytest.raises(Refused):
                end_dedicated(one, heir=heir, effective_on=LATER, basis=BASIS, by=by, now=midnight(DAY))


def test_a_place_of_the_base_map_can_be_taken_over(cast: Cast) -> None:
    community = community_of(cast)
    with as_system("test"):
        found = surfaces(community)
        assert found
        assert all(shape(one.outline).intersects(shape(community.outline or {})) for one in found)
        sort = found[0].kind
    held = drafted(cast, wish(outline=found[0].outline, sort="green", name=f"{found[0].name}专属网格"))
    assert sort in ("park", "market", "school", "green")
    assert shape(held.outline).within(shape(community.outline or {}).buffer(1e-6))
