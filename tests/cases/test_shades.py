"""Shaded grids: each figure once, whole areas equal their grids, and what is too small is not shown."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cases.made import reported
from tests.cast import Cast
from wangge.access.actor import Actor
from wangge.cases.queries import map as cases
from wangge.cases.queries import shades
from wangge.cases.queries.desk import Wanted
from wangge.jobs.system import as_system
from wangge.places.models import Grid
from wangge.places.queries.tree import Tree, tree
from wangge.teams.queries import posts_now


@pytest.fixture
def chief(cast: Cast) -> Iterator[Actor]:
    with cast.chief.acting() as chief:
        yield chief


def test_households_of_communities_are_those_of_their_grids(chief: Actor) -> None:
    known = tree()
    held = shades.facts(chief, known)
    totals = {level: sum(s.value or 0 for s in shades.by_households(known, level, held).shades)
              for level in ("grid", "community", "town")}  # fmt: skip
    assert len(set(totals.values())) == 1
    assert totals["grid"] > 0


def test_a_total_grid_over_other_grids_is_not_counted_again(chief: Actor) -> None:
    known = tree()
    held = shades.facts(chief, known)
    whole = [grid for grid, each in held.items() if each.is_whole]
    assert whole
    shown = {shade.area.id for shade in shades.by_households(known, "grid", held).shades}
    assert not shown & set(whole)
    assert shown | set(whole) == set(held)


def test_a_grid_beyond_the_band_of_its_kind_says_by_how_much(chief: Actor) -> None:
    known = tree()
    found = shades.by_households(known, "grid", shades.facts(chief, known))
    households = dict(Grid.objects.values_list("area_id", "households"))
    for shade in found.shades:
        count = households[shade.area.id]
        assert shade.beyond == (count - 500 if count > 500 else min(count - 300, 0))
    assert {shade.area.id for shade in found.beyond} == {
        area for area, count in households.items() if not 300 <= count <= 500 and area in
        {shade.area.id for shade in found.shades}
    }  # fmt: skip


def test_reports_too_few_to_be_shown_are_told_from_nothing_and_never_leave_the_server(cast: Cast) -> None:
    for _time in range(4):
        reported(cast)
    with cast.chief.acting() as chief:
        found = _by_reports(chief, tree())
        at = next(shade for shade in found.shades if shade.area.id == cast.grid_id)
        assert (at.value, at.step) == (None, None)
        assert found.hidden == len(found.shades)
    reported(cast)
    with cast.chief.acting() as chief:
        found = _by_reports(chief, tree())
        at = next(shade for shade in found.shades if shade.area.id == cast.grid_id)
        assert (at.value, at.step) == (5, 0)


def test_reports_of_a_grid_with_few_homes_are_not_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _time in range(6):
        reported(cast)
    with cast.chief.acting() as chief:
        monkeypatch.setattr("wangge.core.classes.FEWEST_HOUSEHOLDS", 100_000)
        assert {shade.value for shade in _by_reports(chief, tree()).shades} == {None}


def test_a_worker_sees_the_reports_of_her_own_grids_only(cast: Cast) -> None:
    for _time in range(6):
        reported(cast, far=True)
    with cast.lin.acting() as lin:
        known = tree()
        found = _by_reports(lin, known)
        mine = {node.id for held in lin.roles if held.area_id for node in known.inside(held.area_id)}
        assert {shade.area.id for shade in found.shades} <= mine
        assert {shade.value for shade in found.shades} == {None}


def test_grids_without_a_worker_are_those_without_a_post(cast: Cast) -> None:
    with as_system("test"):
        kept = Grid.objects.filter(kind="general_grid").latest("pk").pk
        Grid.objects.filter(pk=kept).update(kind="dedicated_grid")  # its manager looks after it
    with cast.chief.acting() as chief:
        known, now = tree(), timezone.now()
        held = shades.facts(chief, known)
        found = shades.by_worker(known, "grid", held, now)
        staffed = set(posts_now(now).filter(role_id="grid_worker").values_list("area_id", flat=True))
        later = shades.by_worker(known, "grid", held, now - timedelta(days=3650))  # before anybody had a post
    assert {shade.area.id for shade in found.shades if shade.value} == {
        grid for grid, each in held.items() if not each.is_whole and grid not in staffed
    } - {kept}
    assert all(shade.value == 1 for shade in later.shades)
    assert kept not in {shade.area.id for shade in later.shades}


def _by_reports(actor: Actor, known: Tree) -> shades.Shading:
    now = timezone.now()
    found = cases.every_case(actor, Wanted(since=now - timedelta(days=30)), now)
    return shades.by_reports(found, known, "grid", shades.facts(actor, known))
