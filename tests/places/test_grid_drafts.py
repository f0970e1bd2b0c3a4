"""A community is divided by a draft that two persons agree to; what was before can still be asked."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Count

from tests.cast import Cast
from tests.places.changing import BASIS, midnight
from tests.places.drafting import community_of, decided, drawn, in_force, second
from wangge.access.action import Refused
from wangge.access.models import Post
from wangge.cases.actions.handover import catch_up
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.actions import approve, drafts, keep, keep_dwellings, submitting
from wangge.places.actions.drafts import Overtaken
from wangge.places.models import (
    Area,
    Building,
    Change,
    Dwelling,
    FormerGrid,
    Grid,
    GridDraft,
    MicroGrid,
    MicroUnit,
)
from wangge.places.queries.steps import Edit

DAY = date(2026, 10, 1)


def general(community: Area) -> list[Grid]:
    found = Grid.objects.filter(area__parent=community, area__valid_to__isnull=True, kind="general_grid")
    return list(found.select_related("area").order_by("number"))


def test_a_draft_in_force_lays_every_house_and_door_into_its_grid(cast: Cast) -> None:
    community = community_of(cast)
    with as_system("test"):
        before = {grid.area_id for grid in general(community)}
        old = dict(Building.objects.filter(grid__parent=community).values_list("pk", "grid_id"))
    change = in_force(cast, drawn(cast), DAY)
    with as_system("test"):
        grids = general(community)
        homes = dict(Dwelling.objects.values_list("area_id").annotate(n=Count("pk")))
        assert [grid.households for grid in grids] == [homes[grid.area_id] for grid in grids]
        assert all(50 <= grid.households <= 90 for grid in grids)
        assert sum(grid.households for grid in grids) == 236
        assert change.state == "in_force"
        assert (
            not Dwelling.objects.exclude(building__grid_id__in=before | {g.area_id for g in grids})
            .filter(area__parent=community)
            .exists()
        )
        assert all(grid.area.outline and not grid.provisional for grid in grids)
        moved = {pk: grid for pk, grid in old.items() if Building.objects.get(pk=pk).grid_id != grid}
        former = dict(FormerGrid.objects.values_list("building_id", "grid_id"))
        assert former == moved
        assert moved
        assert len({grid.number for grid in grids}) == len(grids) > len(before)


def test_every_door_lies_in_one_micro_grid_that_one_round_holds(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)
    with as_system("test"):
        held = MicroGrid.objects.filter(grid__parent=community, valid_to__isnull=True)
        assert sum(one.households for one in held) == 236
        assert all(one.households <= 30 and 0 < one.minutes <= 180 for one in held)
        units = MicroUnit.objects.filter(micro__in=held)
        assert sum(unit.households for unit in units) == 236
        for micro in held:
            assert sorted(micro.units.values_list("order", flat=True)) == list(range(micro.units.count()))
        doors = [
            door
            for unit in units
            for door in Dwelling.objects.filter(
                building_id=unit.building_id, unit=unit.unit, floor__gte=unit.low or 0, floor__lte=unit.high or 99
            )
        ]
        assert len({door.pk for door in doors}) == len(doors) == 236
        assert any(unit.low or unit.high for unit in units)  # stairwells of more than thirty homes are shared by floors


def test_who_submitted_does_not_approve_and_a_community_alone_neither(cast: Cast) -> None:
    draft = drawn(cast)
    with cast.town.acting() as by:
        held = submitting.submit(draft, effective_on=DAY, basis=BASIS, by=by, now=midnight(date(2026, 9, 2)))
        change = Change.objects.get(grid_draft=held)
        with pytest.raises(Refused):
            approve(change, by=by, now=midnight(date(2026, 9, 3)))
    with cast.wang.acting() as secretary, pytest.raises(Refused):
        approve(Change.objects.get(pk=change.pk), by=secretary, now=midnight(date(2026, 9, 3)))
    with cast.town.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state="approved", approved_by_id=cast.town.account_id)
    with second(cast).acting() as other:
        assert approve(Change.objects.get(pk=change.pk), by=other, now=midnight(date(2026, 9, 3))).state == "approved"


def test_nobody_draws_for_a_community_of_others_and_nobody_else_sees_the_draft(cast: Cast) -> None:
    draft = drawn(cast)
    for person in (cast.lin, cast.acceptor, cast.system_admin, cast.zhou):
        with person.acting() as by, pytest.raises(Refused):
            drafts.begin(community_of(cast), wish="anew", limits={}, note_text="", by=by, now=midnight(DAY))
    with cast.zhou.acting():
        assert not GridDraft.objects.filter(pk=draft.pk).exists()
    with cast.wang.acting():
        assert GridDraft.objects.filter(pk=draft.pk).exists()


def test_a_step_by_hand_is_undone_and_done_again(cast: Cast) -> None:
    draft = drawn(cast)
    now = midnight(date(2026, 9, 2))
    origin, target = draft.general[0], next(key for key in draft.general if key != draft.general[0])
    with cast.town.acting() as by:
        moved = drafts.edit(draft, Edit("move", draft.version, (0,), target), by=by, now=now)
        assert moved.general[0] == target
        back = drafts.edit(moved, Edit("undo", moved.version), by=by, now=now)
        assert (back.general, back.micro) == (draft.general, draft.micro)
        assert back.general[0] == origin
        again = drafts.edit(back, Edit("redo", back.version), by=by, now=now)
        assert (again.general, again.micro) == (moved.general, moved.micro)
        with pytest.raises(Refused):
            drafts.edit(again, Edit("redo", again.version), by=by, now=now)
        with pytest.raises(Overtaken):
            drafts.edit(again, Edit("undo", draft.version), by=by, now=now)
        with pytest.raises(Refused):
            drafts.edit(again, Edit("merge", again.version, grids=(target,)), by=by, now=now)


def test_a_locked_grid_is_not_touched_until_it_is_unlocked(cast: Cast) -> None:
    draft, now = drawn(cast), midnight(date(2026, 9, 2))
    key = draft.general[0]
    other = next(piece for piece, one in enumerate(draft.general) if one != key)
    with cast.town.acting() as by:
        held = drafts.edit(draft, Edit("lock", draft.version, grids=(key,)), by=by, now=now)
        with pytest.raises(Refused):
            drafts.edit(held, Edit("move", held.version, (other,), key), by=by, now=now)
        free = drafts.edit(held, Edit("unlock", held.version, grids=(key,)), by=by, now=now)
        assert drafts.edit(free, Edit("move", free.version, (other,), key), by=by, now=now).general[other] == key


def test_homes_that_came_since_have_to_be_drawn_first(cast: Cast) -> None:
    draft, now = drawn(cast), midnight(date(2026, 9, 2))
    with as_system("test") as system:
        building = Building.objects.filter(grid_id=cast.grid_id).order_by("pk")[0]
        columns: dict[str, list[object]] = {
            "area_id": [cast.grid_id],
            "building_id": [building.pk],
            "unit": ["9"],
            "floor": [1],
            "room": ["901"],
        }
        keep_dwellings(columns, by=system)
    with cast.town.acting() as by:
        with pytest.raises(Refused, match="1 户"):
            submitting.submit(draft, effective_on=DAY, basis=BASIS, by=by, now=now)
        held = drafts.draw_again(draft, by=by, now=now)
        held = drafts.draw(held, by=by, now=now)
        assert sum(held.units["households"]) == 237
        assert submitting.submit(held, effective_on=DAY, basis=BASIS, by=by, now=now).state == "submitted"


def test_what_was_submitted_stays_until_its_plan_is_withdrawn(cast: Cast) -> None:
    draft = drawn(cast)
    decided(cast, draft, DAY)
    with cast.town.acting() as by:
        held = GridDraft.objects.get(pk=draft.pk)
        with pytest.raises(Refused):
            drafts.edit(held, Edit("solve", held.version), by=by, now=midnight(DAY))
        with pytest.raises(Refused):
            submitting.take_back(held, by=by, now=midnight(DAY))
        with pytest.raises(DatabaseError), transaction.atomic():
            GridDraft.objects.filter(pk=draft.pk).update(general=[0])


def test_workers_of_a_grid_that_ends_go_to_the_one_that_takes_most_of_it(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)  # five of about fifty
    change = in_force(cast, drawn(cast, low=100, high=140), DAY + timedelta(days=40))
    with as_system("test"):
        ended = set(change.parts.filter(deed="end").values_list("area_id", flat=True))
        assert ended
        assert not Post.objects.filter(area_id__in=ended, valid_to__isnull=True).exists()
        assert not Building.objects.filter(grid_id__in=ended).exists()
        assert not MicroGrid.objects.filter(grid_id__in=ended, valid_to__isnull=True).exists()
        assert [grid.households for grid in general(community)] == [118, 118] or all(
            100 <= grid.households <= 140 for grid in general(community)
        )
        verbs = set(Entry.objects.values_list("verb", flat=True))
        assert {"grid_draft.begin", "grid_draft.draw", "grid_draft.submit", "area_change.take_effect"} <= verbs


def test_a_house_that_came_after_the_approval_lies_in_the_grid_around_it(cast: Cast) -> None:
    first = in_force(cast, drawn(cast), DAY)
    later = DAY + timedelta(days=40)
    decided(cast, drawn(cast, low=100, high=140), later)
    with as_system("test") as system:
        ending = Change.objects.filter(state="approved").values("parts__area_id")
        near = Building.objects.filter(grid_id__in=ending, grid__valid_to__isnull=True).order_by("-pk")[0]
        new = Building(
            grid_id=near.grid_id, name="99幢", order=99, token="new990000000", floors=1, lon=near.lon, lat=near.lat,
            footprint=near.footprint,
        )  # fmt: skip
        house = keep([new], by=system).rows[0]
        columns: dict[str, list[object]] = {
            "area_id": [near.grid_id], "building_id": [house.pk], "unit": [""], "floor": [1], "room": ["101"],
        }  # fmt: skip
        keep_dwellings(columns, by=system)
    assert catch_up(midnight(later)) == 1
    with as_system("test"):
        held = Building.objects.select_related("grid").get(pk=house.pk)
        assert held.grid.valid_to is None
        assert held.grid_id == Building.objects.get(pk=near.pk).grid_id
        assert Dwelling.objects.get(building=held).area_id == held.grid_id
        assert first.state == "in_force"


def test_two_plans_of_one_community_never_hold_from_the_same_day(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)
    again = drawn(cast, low=100, high=140)
    with cast.town.acting() as by, pytest.raises(Refused, match="请选更晚的日期"):
        submitting.submit(again, effective_on=DAY, basis=BASIS, by=by, now=midnight(DAY - timedelta(days=3)))


def test_what_is_in_force_is_read_back_as_it_was_drawn(cast: Cast) -> None:
    draft = drawn(cast)
    in_force(cast, draft, DAY)
    again = drawn(cast, wish="keep")
    assert pairs(again.general, draft.general) == len(set(draft.general))
    assert pairs(again.micro, draft.micro) == len(set(draft.micro))
    mended = drawn(cast, wish="repair")
    assert (mended.general, mended.micro) == (again.general, again.micro)  # nothing is out of its limits


def pairs(one: list[int], other: list[int]) -> int:
    """In how many pairs two numberings of the same pieces meet: as many as there are grids when they say the same."""
    assert len(one) == len(other)
    return len(set(zip(one, other, strict=True)))
