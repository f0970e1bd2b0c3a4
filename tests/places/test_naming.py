"""Each place has its names from the moment it is kept; written twice they stay; persons and homes have none."""

from collections import Counter

import psycopg
import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.places.changing import effected, named, plan, today
from wangge.access.action import Refused
from wangge.jobs.system import as_system
from wangge.places.actions import keep, name_places
from wangge.places.models import Area, BaseMap, Building, Compound, Grid, Name
from wangge.places.queries import plans
from wangge.places.queries.lookup import compounds_named
from wangge.places.queries.naming import unnamed
from wangge.places.queries.seeking import look_up
from wangge.places.words import How, Kind
from wangge.teams.models import Account
from wangge.web.postgres.cluster import Cluster


def test_every_place_of_the_town_has_its_own_name_and_no_home_has_one(db: str) -> None:
    with as_system("test"):
        own = Counter(Name.objects.filter(how=How.NAME).values_list("kind", flat=True))
        named = BaseMap.objects.exclude(name="").count()
        counted = {
            Kind.AREA: Area.objects.exclude(level="grid").count(), Kind.GRID: Grid.objects.count(),
            Kind.COMPOUND: Compound.objects.count(), Kind.BUILDING: Building.objects.count(), Kind.FEATURE: named,
        }  # fmt: skip
    assert own == {kind.value: count for kind, count in counted.items()}


def test_no_person_stands_among_the_names(db: str) -> None:
    with as_system("test"):
        people = set(Account.objects.filter(kind="person").values_list("name", flat=True))
        workers = set(Grid.objects.exclude(worker_name="").values_list("worker_name", "worker_phone"))
        texts = set(Name.objects.values_list("text", flat=True))
    assert people
    assert workers
    assert texts & (people | {part for worker in workers for part in worker}) == set()


FIELDS = ("kind", "place", "how", "area_id", "compound_id", "text", "folded", "pinyin", "initials", "note")


def test_what_the_register_held_before_is_named_once(db: str, cluster: Cluster) -> None:
    with as_system("test") as system:
        before = sorted(Name.objects.values_list(*FIELDS), key=str)
        assert (next(unnamed(), None), name_places(by=system).names) == (None, 0)
    with psycopg.connect(cluster.dsn("wg_super", db), autocommit=True) as server:
        server.execute("delete from places_name")
    with as_system("test") as system:
        assert name_places(by=system).names == len(before)
        assert sorted(Name.objects.values_list(*FIELDS), key=str) == before


def test_lists_mean_a_compound_however_wide_its_brackets_are_written(cast: Cast) -> None:
    with as_system("test") as system:
        compound = Compound.objects.get(name="东坡小区")
        compound.name = "东坡（二期）"
        compound.save(update_fields=["name"])
        name_places(by=system)
        found = compounds_named(["东坡(二期)", "东坡 （二期）", "东坡"])
    assert {text: [one.pk for one in some] for text, some in found.items()} == {"东坡(二期)": [compound.pk]}


def test_a_compound_that_was_renamed_is_found_by_both_names(cast: Cast) -> None:
    with as_system("test") as system:
        compound = Compound.objects.get(name="东坡小区")
        compound.name = "西坡花园"
        compound.save(update_fields=["name"])
        assert name_places(by=system).names > 0
        found = {text: look_up(text).groups[0].hits[0] for text in ("西坡花园", "xphy", "东坡小区")}
    assert {hit.place for hit in found.values()} == {compound.pk}
    assert (found["东坡小区"].how, found["东坡小区"].text, found["东坡小区"].name) == ("former", "东坡小区", "西坡花园")


def test_what_was_added_is_found_at_once(cast: Cast) -> None:
    with as_system("test") as system:
        assert look_up("乌有苑").groups == []
        area = Area.objects.get(level="community", name="钟楼社区")
        keep([Compound(community=area, name="乌有苑", kind="towers", token="nowhere1", lon=104.2, lat=37.6)], by=system)
        assert [hit.name for hit in look_up("wyy").groups[0].hits] == ["乌有苑"]


def test_an_area_that_ended_is_found_no_more(cast: Cast) -> None:
    with as_system("test"):
        area, heir = named("钟楼社区"), named("杏花沟村")
        assert look_up("钟楼社区").groups[0].hits[0].place == area.pk
        lines = plans.merge(plans.forest(), [area.pk, heir.pk], heir.pk)
    effected(cast, plan("merge", today(), *lines))
    with as_system("test"):
        assert area.pk not in {hit.place for group in look_up("钟楼社区").groups for hit in group.hits}


def test_names_are_written_in_the_systems_own_name_only(cast: Cast) -> None:
    with cast.wang.acting() as wang:
        with pytest.raises(Refused):
            name_places(by=wang)
        with pytest.raises(DatabaseError), transaction.atomic():
            Name.objects.create(kind=Kind.AREA, place=cast.grid_id, text="x", folded="x")
        with pytest.raises(DatabaseError), transaction.atomic():
            Name.objects.filter(kind=Kind.AREA).update(text="x")
