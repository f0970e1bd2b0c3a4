"""A general grid has the class that a person gave it with a reason, and no other; its staff is held against it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.changing import midnight
from tests.places.classing import WHY, classed
from tests.places.drafting import community_of, drawn, in_force
from wangge.access.action import Refused
from wangge.access.models import Post
from wangge.catalogue import queries as catalogue
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.actions.classing import classify_grid
from wangge.places.models import Area, Grid, GridClass
from wangge.places.queries.classes import NONE, general, history, now_held, of_class, rows, short

NOW = midnight(date(2026, 9, 20))


def posted(account: int, *grids: int) -> None:
    with as_system("test"):
        Post.objects.bulk_create(
            Post(account_id=account, role_id="grid_worker", area_id=grid, valid_from=midnight(date(2026, 1, 1)))
            for grid in grids
        )


def test_nothing_gives_a_class_by_itself(cast: Cast) -> None:
    in_force(cast, drawn(cast), date(2026, 10, 1))
    with as_system("test") as system:
        assert Grid.objects.filter(kind="general_grid").count() > 2
        assert not GridClass.objects.exists()
        grid = Grid.objects.select_related("area__parent").get(pk=cast.grid_id)
        with pytest.raises(Refused):
            classify_grid(grid, care="key", reason=WHY, by=system, now=NOW)
    assert not any(field.name == "care" for field in Grid._meta.get_fields())


@pytest.mark.parametrize("why", ["", "  \n"])
def test_no_class_without_a_reason_whoever_asks(cast: Cast, why: str) -> None:
    with pytest.raises(Refused):
        classed(cast, "key", why=why)
    version = catalogue.care("key").version_id
    given = {"care": "key", "version_id": version, "reason": why, "set_by_id": cast.town.account_id, "since": NOW}
    with cast.town.acting(), pytest.raises(IntegrityError), transaction.atomic():
        GridClass.objects.create(grid_id=cast.grid_id, **given)
    with cast.town.acting(), transaction.atomic():
        assert GridClass.objects.create(grid_id=cast.grid_id, **given | {"reason": WHY}).pk


def test_the_database_takes_no_class_of_another_hand_grid_or_wording(cast: Cast) -> None:
    version = catalogue.care("key").version_id
    good = {"grid_id": cast.grid_id, "care": "key", "version_id": version, "reason": WHY,
            "set_by_id": cast.town.account_id, "since": NOW}  # fmt: skip
    with as_system("test"):
        total = Grid.objects.filter(kind="total_grid").values_list("pk", flat=True)[0]
    for wrong in ({"set_by_id": cast.wang.account_id}, {"grid_id": total}, {"care": "service"}):
        with cast.town.acting(), pytest.raises(DatabaseError), transaction.atomic():
            GridClass.objects.create(**good | wrong)
    for person in (cast.lin, cast.zhao, cast.zhou):
        with person.acting(), pytest.raises(DatabaseError), transaction.atomic():
            GridClass.objects.create(**good | {"set_by_id": person.account_id})


def test_a_class_is_given_by_who_draws_the_grids_and_stands_in_the_book(cast: Cast) -> None:
    for person in (cast.lin, cast.zhao, cast.zhou, cast.chief, cast.system_admin):
        with pytest.raises(Refused):
            classed(cast, "key", person=person)
    held = classed(cast, "key", person=cast.wang)
    assert held.ledger_subject == f"grid:{cast.grid_id}"
    with as_system("test"):
        entry = Entry.objects.get(verb="grid.classify")
        assert (entry.subject, entry.area_id) == (f"grid:{cast.grid_id}", cast.grid_id)
        assert entry.facts == {"care": "key", "before": "", "version": held.version_id}
        assert WHY not in str(entry.facts)


def test_setting_again_undoes_and_the_history_keeps_all(cast: Cast) -> None:
    classed(cast, "key")
    classed(cast, "service", why="河堤加高以后不再积水", day=5)
    classed(cast, "", why="等新小区交付后再定", day=9)
    with pytest.raises(Refused):
        classed(cast, "", why="等新小区交付后再定", day=10)
    with pytest.raises(Refused):
        classed(cast, "unheard_of", day=11)
    with as_system("test"):
        told = [(one.care, one.until is None) for one in history(cast.grid_id)]
        assert told == [("", True), ("service", False), ("key", False)]
        assert not now_held().exists()
    with cast.town.acting(), pytest.raises(DatabaseError), transaction.atomic():
        GridClass.objects.filter(until__isnull=False).update(until=NOW)


def test_a_grid_that_keeps_its_identity_keeps_its_class_through_a_plan(cast: Cast) -> None:
    classed(cast, "key")
    in_force(cast, drawn(cast), date(2026, 10, 1))
    community, after = community_of(cast).pk, midnight(date(2026, 10, 2))
    with as_system("test"):
        held = Area.objects.get(pk=cast.grid_id)
        told = {row.grid.area_id: row.care for row in rows(general([community]), after)}
        assert held.valid_to is None
        assert len(told) > 2
        assert [care is not None for area, care in told.items() if area == cast.grid_id] == [True]
        assert [area for area, care in told.items() if care is not None] == [cast.grid_id]


def test_staff_is_held_against_need(cast: Cast) -> None:
    near, far = cast.grid_id, cast.far_grid_id
    with as_system("test"):
        before = Post.objects.filter(area_id=near, role_id="grid_worker").count()
        (row,) = rows(Grid.objects.filter(pk=near).select_related("area__parent"), NOW)
        assert (row.staff, row.posts, row.missing) == (None, before, [])
    classed(cast, "key")
    with as_system("test"):
        county = Area.objects.get(level="county").pk
        wanted = 2 - before
        (row,) = rows(Grid.objects.filter(pk=near).select_related("area__parent"), NOW)
        assert row.staff is not None
        assert (row.staff.missing, row.staff.lacks_deputy) == (wanted, True)
        assert len(row.missing) == 2
        assert short([county], NOW) == {near}
    posted(cast.wang.account_id, near, far)
    posted(cast.town.account_id, near)
    with as_system("test"):
        (row,) = rows(Grid.objects.filter(pk=near).select_related("area__parent"), NOW)
        assert row.missing == []
        assert short([county], NOW) == set()
        assert short([county], midnight(date(2025, 12, 31))) == {near}


def test_filters_find_a_class_and_those_without(cast: Cast) -> None:
    classed(cast, "liaison")
    with as_system("test"):
        county = [Area.objects.get(level="county").pk]
        everything = {grid.pk for grid in general(county)}
        assert {grid.pk for grid in of_class(general(county), "liaison")} == {cast.grid_id}
        assert {grid.pk for grid in of_class(general(county), NONE)} == everything - {cast.grid_id}
        assert not of_class(general(county), "key").exists()


def test_six_grids_cost_as_many_questions_as_one(
    cast: Cast, queries_of: QueriesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    classed(cast, "key")
    with as_system("test"):
        county = [Area.objects.get(level="county").pk]
        fresh = catalogue.stamp()
        monkeypatch.setattr(catalogue, "stamp", lambda: fresh)  # else each second asks once more
        catalogue.cares()
        for page in (general(county).filter(pk=cast.grid_id), general(county)):
            held = list(page)
            with queries_of(2):
                rows(held, NOW)
        with queries_of(3):
            short(county, NOW + timedelta(days=1))


def test_a_class_withdrawn_from_the_catalogue_stays_worded_as_it_was(cast: Cast) -> None:
    from wangge.catalogue.actions import load
    from wangge.catalogue.reading import read

    classed(cast, "liaison")
    bodies = [body for body in read().bodies if body.kind != "care" or body.code != "liaison"]
    with as_system("test") as system:
        load(bodies, by=system, now=NOW)
        (row,) = rows(Grid.objects.filter(pk=cast.grid_id).select_related("area__parent"), NOW)
        assert row.care is not None
        assert row.care.label.en == "Liaison grid"
    with pytest.raises(Refused):
        classed(cast, "liaison", why="再来一次", day=9)
