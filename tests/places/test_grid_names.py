"""Names and numbers of grids in a draft: by hand, all at once by the rule; no number is ever given to another grid."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.cast import Cast
from tests.places.changing import midnight
from tests.places.drafting import community_of, drawn, in_force
from wangge.access.action import Refused
from wangge.core import drafting
from wangge.jobs.system import as_system
from wangge.places.actions import drafts
from wangge.places.models import FormerName, Grid, GridDraft, MicroGrid
from wangge.places.queries import bench, drafted, grid_names
from wangge.places.queries.steps import Edit

DAY, LATER = date(2026, 10, 1), date(2026, 11, 1)


def stepped(cast: Cast, draft: GridDraft, verb: str, **more: Any) -> GridDraft:
    with cast.town.acting() as by:
        held = GridDraft.objects.get(pk=draft.pk)
        return drafts.edit(held, Edit(verb, held.version, **more), by=by, now=midnight(DAY))


def called(draft: GridDraft) -> dict[int, grid_names.Called]:
    with as_system("test"):
        held = drafted.under(GridDraft.objects.get(pk=draft.pk))
        return grid_names.called(held, draft.area_id)


def in_order(draft: GridDraft) -> list[int]:
    """The numbers of the grids of a draft as a page is read."""
    names = called(draft)
    return [names[key].place for key in drafting.order(drafted.under(draft).drawn)]


def test_all_grids_are_numbered_by_the_rule_and_the_step_can_be_undone(cast: Cast) -> None:
    draft = drawn(cast)
    before = called(draft)
    after = stepped(cast, draft, "number")
    numbers = in_order(after)
    assert all(a < b for a, b in pairwise(numbers))
    names = called(after)
    kept = {key for key, one in before.items() if one.area is not None}
    had = {before[key].number for key in kept}
    assert {one.number for key, one in names.items() if key not in kept} & had == set()
    assert all(one.short in one.name for one in names.values())
    with pytest.raises(Refused, match="已经"):
        stepped(cast, draft, "number")
    assert called(stepped(cast, draft, "undo")) == before
    assert called(stepped(cast, draft, "redo")) == names


def test_a_grid_is_named_by_hand_and_its_old_name_is_kept_with_its_days(cast: Cast) -> None:
    draft = drawn(cast, "keep", low=50, high=200)
    key = min(draft.general)
    old = called(draft)[key]
    for name, refused in (("", "80"), ("长" * 81, "80"), (called(draft)[max(draft.general)].name, "另一个")):
        with pytest.raises(Refused, match=refused):
            stepped(cast, draft, "name", grids=(key,), name=name)
    with pytest.raises(Refused, match="没有这个网格"):
        stepped(cast, draft, "name", grids=(99,), name="钟楼东")
    named = stepped(cast, draft, "name", grids=(key,), name="  钟楼  东 ")
    assert (called(named)[key].name, called(named)[key].number) == ("钟楼 东", old.number)
    in_force(cast, named, DAY)
    with as_system("test"):
        grid = Grid.objects.select_related("area").get(number=old.number)
        assert (grid.area_id, grid.area.name, grid.card_valid_from) == (old.area, "钟楼 东", DAY)
        assert FormerName.objects.filter(area_id=grid.area_id, name=old.name).exists()


def test_a_number_once_given_is_never_given_to_another(cast: Cast) -> None:
    community = community_of(cast)
    with as_system("test"):
        first = set(Grid.objects.values_list("number", flat=True))
    draft = drawn(cast)
    stepped(cast, draft, "number")
    with as_system("test"):
        draft = GridDraft.objects.get(pk=draft.pk)
    proposed = {one.number: one.area for one in called(draft).values()}
    in_force(cast, draft, DAY)
    with as_system("test"):
        grids = {one.number: one for one in Grid.objects.filter(area__parent=community)}
        assert all(grids[number].area_id == area for number, area in proposed.items() if area is not None)
        micro = MicroGrid.objects.filter(grid__parent=community, valid_to__isnull=True).select_related("grid__grid")
        assert micro
        assert all(one.number.startswith(one.grid.grid.number) for one in micro)
        renumbered = [one for one in grids.values() if one.former_numbers]
        assert {number for one in renumbered for number in one.former_numbers} <= first
        numbers = grid_names.Numbers.of(community.pk)
        ever = first | {number for one in grids.values() for number in (one.number, *one.former_numbers)}
        assert {number for number in ever if number.startswith(numbers.prefix)} <= numbers.taken
        assert not {numbers.written(n) for n in numbers.free()} & ever


def test_the_number_of_a_grid_that_ended_stays_its_own(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast, low=200, high=300, micro_max=130), DAY)  # two grids become one
    with as_system("test"):
        ended = Grid.objects.get(area_id=cast.grid_id)
        assert ended.area.valid_to == DAY
        assert ended.number in grid_names.Numbers.of(community.pk).taken


def test_a_line_through_two_houses_cuts_a_grid_without_a_drawing(cast: Cast) -> None:
    draft = drawn(cast, "keep", low=50, high=200)
    key = max(draft.general)
    with as_system("test"):
        under = drafted.under(draft)
    houses = list(
        dict.fromkeys(under.stairs.building[unit] for unit in under.drawn.pieces.unit[under.drawn.general == key])
    )

    def pieces(of: list[int]) -> tuple[int, ...]:
        return tuple(n for n, unit in enumerate(under.drawn.pieces.unit.tolist()) if under.stairs.building[unit] in of)

    for some in (houses[:1], houses[:3], []):
        with pytest.raises(Refused, match="两幢"):
            stepped(cast, draft, "cut", pieces=pieces(some))
    after = stepped(cast, draft, "cut", pieces=pieces([houses[0], houses[-1]]))
    assert len(set(after.general)) == len(set(draft.general)) + 1


def test_a_name_goes_with_its_grid_and_does_not_come_back_for_another(cast: Cast) -> None:
    draft = drawn(cast, "keep", low=50, high=200)
    first = max(draft.general)
    apart = stepped(cast, draft, "split", grids=(first,))
    new = max(apart.general)
    stepped(cast, draft, "name", grids=(new,), name="北片")
    merged = stepped(cast, draft, "merge", grids=(first, new))
    assert "北片" not in {one.name for one in called(merged).values()}
    again = stepped(cast, draft, "split", grids=(first,))
    assert "北片" not in {one.name for one in called(again).values()}
    stepped(cast, draft, "undo")
    assert "北片" in {one.name for one in called(stepped(cast, draft, "undo")).values()}


def test_figures_are_kept_with_each_step_and_are_those_of_the_grids(cast: Cast) -> None:
    draft = drawn(cast)
    key = max(draft.general)
    for held in (draft, stepped(cast, draft, "split", grids=(key,)), stepped(cast, draft, "undo")):
        with as_system("test"):
            under = drafted.under(GridDraft.objects.get(pk=held.pk))
        assert set(under.counted) == {"present", "drawn"}
        assert under.rows() == drafting.rows(under.drawn, under.options)
        assert under.rows(present=True) == drafting.rows(under.present, under.options)
        assert under.sheet() == drafting.sheet(under.drawn, under.options)


def test_who_looks_at_a_workbench_walks_no_round(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = drawn(cast)
    monkeypatch.setattr(drafting, "rows", None)
    with cast.town.acting():
        under = drafted.under(GridDraft.objects.get(pk=draft.pk))
        names = grid_names.called(under, draft.area_id)
        shown = bench.bench(draft, under, names, may_edit=True)
    assert len(shown["draft"]["grids"]) == len(set(draft.general))
