"""Random changes one after another: each day keeps its tree, nothing that lived in it is lost or counted twice."""

import os
import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from tests.cast import Cast
from tests.places.changing import decided, midnight, plan, reach, today, tree
from wangge.access.action import Refused
from wangge.cases import actions
from wangge.cases.actions.handover import catch_up
from wangge.cases.models import Case, HandoverItem
from wangge.cases.queries.handover import reported_in
from wangge.core.areas import Forest, children, closure, inside
from wangge.jobs.system import as_system
from wangge.places.actions import withdraw
from wangge.places.models import Area, Dwelling
from wangge.places.queries import by_token, plans
from wangge.places.queries.plans import Line, Plan, Title

STEPS = 60 if os.environ.get("WANGGE_SOAK") else 12
SEEDS = range(8) if os.environ.get("WANGGE_SOAK") else range(2)


def drawn(draw: random.Random, tree_now: Forest, day: date, step: int) -> Plan:
    """Any change of any kind; many of them are refused."""
    everything = list(tree_now)
    communities = [area for area, node in tree_now.items() if node.level == "community"]
    kind = draw.choice(["rename", "move", "merge", "split", "open", "end"])
    title = Title(f"第{step}社区", "", "own", f"C{step}")
    area = draw.choice(everything)
    lines: tuple[Line, ...]
    if kind == "rename":
        lines = plans.rename(area, title)
    elif kind == "move":
        lines = plans.move(area, draw.choice(everything))
    elif kind == "merge" and draw.random() < 0.5:
        lines = plans.merge_into_new(tree_now, draw.sample(communities, min(2, len(communities))), title)
    elif kind == "split":
        area = draw.choice(communities)
        inside_it = children(tree_now, area)
        lines = plans.split(tree_now, area, draw.sample(inside_it, draw.randint(0, len(inside_it))), title)
    elif kind == "open":
        moved = draw.sample(communities, draw.randint(0, 1))
        lines = plans.begin(draw.choice(["town", "community"]), draw.choice(everything), title, moved)
    else:
        lines = plans.merge(tree_now, [draw.choice(communities)], draw.choice(communities))
    return plan(kind, day, *lines, posts=draw.choice(["end", "follow"]))


def on_each_day(days: list[date], dwellings: dict[int, int], root: int) -> None:
    """A forest with one top; each dwelling in exactly one community; grids and cases lost nowhere."""
    with connection.cursor() as cursor:
        for day in days:
            pairs = tree(day)
            living = {area for _root, area in pairs}
            cursor.execute(
                "select child_id, parent_id from places_belonging where valid_from <= %s"
                " and (valid_to is null or valid_to > %s)", [day, day],
            )  # fmt: skip
            parents = cursor.fetchall()
            assert len(parents) == len({child for child, _parent in parents}) == len(living)
            assert [child for child, parent in parents if parent is None] == [root]
            assert {area for top, area in pairs if top == root} == living
            communities = dict(Area.objects.filter(level="community").values_list("pk", "name"))
            for grid in set(dwellings.values()):
                assert len([top for top, area in pairs if area == grid and top in communities]) == 1


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_any_sequence_of_changes_keeps_every_day(cast: Cast, seed: int) -> None:
    draw, day, made, kept = random.Random(seed), today() - timedelta(days=3 * STEPS), 0, 0
    with cast.sun.acting() as sun:
        for token in (cast.building_token, cast.far_building_token):
            place = by_token(token)
            assert place is not None
            for hours in (0, 30 * 24, 60 * 24):
                case = actions.report(actions.Report(place, "路灯不亮"), by=sun, now=now()).case
                with_hours = now() - timedelta(hours=hours)
                Case.objects.filter(pk=case.pk).update(reported_at=with_hours)
    with as_system("test"):
        root = Area.objects.get(parent=None).pk
        dwellings = dict(Dwelling.objects.values_list("pk", "area_id"))
    days, history = [day], {day: tree(day)}
    for step in range(STEPS):
        day += timedelta(days=draw.randint(0, 3))
        with as_system("test"):
            forest = plans.forest()
            given = drawn(draw, forest, day, step)
            before = reach()
        try:
            change = decided(cast, given)
        except Refused:
            continue
        made += 1
        if draw.random() < 0.2:
            with cast.chief.acting() as chief:
                withdraw(change, by=chief, now=midnight(day) - timedelta(hours=1))
            assert (catch_up(midnight(day)), reach()) == (0, before)
            continue
        assert catch_up(midnight(day)) == 1, given
        kept += 1
        with as_system("test"):
            assert reach() == tree(day) == closure(plans.forest())
            assert dict(Dwelling.objects.values_list("pk", "area_id")) == dwellings
            assert {held: tree(held) for held in history if held < day} == {
                held: pairs for held, pairs in history.items() if held < day
            }
        history[day] = tree(day)
        days.append(day)
    print(f"walks of areas: seed {seed}, {STEPS} plans, {made} lawful, {kept} in force")
    assert kept
    with as_system("test"):
        on_each_day(days, dwellings, root)
        total = Case.objects.count()
        span = today() - timedelta(days=400), today() + timedelta(days=1)
        top = reported_in(root, *span)
        assert (top.by_then, top.by_now) == (total, total)
        communities = Area.objects.filter(level="community")
        assert sum(reported_in(pk, *span).by_then for pk in communities.values_list("pk", flat=True)) == total
        living = communities.filter(valid_to=None).values_list("pk", flat=True)
        assert sum(reported_in(pk, *span).by_now for pk in living) == total
        assert inside(plans.forest(), [root]) == set(plans.forest())
        assert HandoverItem.objects.exclude(case_id__in=Case.objects.values("pk")).count() == 0
