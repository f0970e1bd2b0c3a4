"""A community moves to another town: who sees what before and after, and how open work is handed over."""

import csv
import io
from dataclasses import dataclass
from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from django.utils.timezone import now

from tests.browse import signed_in
from tests.cast import Cast, Person
from tests.places.changing import decided, effected, midnight, plan, today, township
from wangge.access.context import acting
from wangge.access.posts import give
from wangge.cases import actions
from wangge.cases.actions import handover as handing
from wangge.cases.actions.handover import catch_up
from wangge.cases.models import Case, Handover, HandoverItem, Step
from wangge.cases.queries.handover import reported_in
from wangge.jobs.system import as_system
from wangge.places.models import Area
from wangge.places.queries import by_token, plans
from wangge.places.queries.plans import Title
from wangge.teams.actions import keep
from wangge.teams.models import Account, Organisation
from wangge.web.postgres.cluster import Cluster

WORDS = "单元门口的路灯不亮"


@dataclass
class World:
    """Two towns; the near community lies in the old one until its date."""

    cast: Cast
    old: Person
    new: Person
    unit: Person
    community: int
    old_town: int
    new_town: int

    def report(self, text: str = WORDS) -> Case:
        with self.cast.sun.acting() as sun:
            place = by_token(self.cast.building_token)
            assert place is not None
            return actions.report(actions.Report(place, text), by=sun, now=now()).case

    def move(self) -> Handover:
        """The community in the new town, since this midnight."""
        effected(self.cast, plan("move", today(), *plans.move(self.community, self.new_town)))
        with as_system("test"):
            return Handover.objects.get(origin_id=self.old_town, target_id=self.new_town)


@pytest.fixture
def world(cast: Cast) -> World:
    """The near community was laid into a new town a month ago; that town has its staff and a unit of its own."""
    new = township("河湾乡")
    with as_system("test"):
        community = Area.objects.get(pk=cast.grid_id).parent
        assert community is not None
        assert community.parent_id is not None
        beside = Area.objects.get(pk=cast.far_grid_id).parent_id
        assert beside is not None
        lines = plans.begin("town", community.parent_id, Title("东岭镇"), [community.pk, beside])
    effected(cast, plan("open", today() - timedelta(days=30), *lines))
    with as_system("test") as system:
        old = Area.objects.get(name="东岭镇").pk
        unit = Organisation(code="east-works", name="东岭镇工程队", area_id=old, functions=["town"])
        keep([unit], by=system)
        made = [Account(username=name, name=f"{name}（虚构）", password="!") for name in ("east1", "east2", "bend1")]
        keep(made, by=system)
        give(made[0].pk, "town_staff", now=now(), area_id=old, organisation_id=None)
        give(made[1].pk, "handler", now=now(), area_id=None, organisation_id=unit.pk)
        give(made[2].pk, "town_staff", now=now(), area_id=new, organisation_id=None)
    return World(cast, Person(made[0].pk), Person(made[2].pk), Person(made[1].pk), community.pk, old, new)


def dispatched(world: World, unit: Organisation) -> Case:
    """A case in the hands of a unit."""
    case = world.report("河边的护栏松了")
    with world.cast.lin.acting() as lin:
        case = actions.verify(case, outcome="exists", by=lin, now=now())
    with world.cast.chief.acting() as chief:
        case = actions.accept(case, category=category(), by=chief, now=now())
        return actions.dispatch(case, organisation=unit, by=chief, now=now())


def category() -> str:
    from wangge.catalogue import queries as catalogue

    return next(each.code for each in catalogue.categories() if not each.entry.urgent)


def doors(client: Client, number: str) -> dict[str, bool]:
    """At which doors the case can be found."""
    with as_system("test"):
        case = Case.objects.get(number=number)
    pages = {
        "list": f"/desk/all/?q={number}", "search": f"/desk/all/?q={WORDS}",
        "map": f"/map/?at={case.lon},{case.lat},18",
        "page": f"/case/{number}/", "print": f"/case/{number}/print/", "api": f"/api/v1/cases/{number}",
        "api list": "/api/v1/cases?limit=100", "changes": "/changes?since=1",
    }  # fmt: skip
    answers = {door: client.get(path) for door, path in pages.items()}
    assert all(answer.status_code < 500 for answer in answers.values())
    found = {}
    for door, answer in answers.items():
        told = f'"{number}"' if door in ("api", "api list", "changes") else f"/case/{number}/"
        found[door] = answer.status_code == 200 and (door == "print" or told in answer.content.decode())
    return found


def test_from_that_midnight_the_old_town_sees_none_of_its_new_cases(world: World, cluster: Cluster, db: str) -> None:
    before = world.report()
    clients = {"old": signed_in(world.old), "new": signed_in(world.new), "secretary": signed_in(world.cast.wang)}
    assert all(doors(clients["old"], before.number).values()), doors(clients["old"], before.number)
    assert not any(doors(clients["new"], before.number).values())
    token = world.old.token()  # a session that was open before midnight
    with acting(token):
        assert Case.objects.filter(number=before.number).exists()
    bare = psycopg.connect(cluster.dsn("wg_app", db))  # a connection of somebody else's making, used again afterwards
    bare.execute("select set_config('wg.token', %s, false)", [token])
    assert bare.execute("select count(*) from cases_case where number = %s", [before.number]).fetchone() == (1,)
    bare.rollback()

    world.move()
    after = world.report()

    for case in (before, after):
        assert not any(doors(clients["old"], case.number).values()), doors(clients["old"], case.number)
        assert all(doors(clients["new"], case.number).values()), doors(clients["new"], case.number)
        assert all(doors(clients["secretary"], case.number).values())
    with acting(token):
        assert not Case.objects.filter(pk__in=[before.pk, after.pk]).exists()
        assert not Step.objects.filter(case_id=after.pk).exists()
    bare.execute("select set_config('wg.token', %s, true)", [token])
    assert bare.execute("select count(*) from cases_case where id = %s", [after.pk]).fetchone() == (0,)
    bare.close()


def test_figures_by_then_stay_with_the_old_town(world: World) -> None:
    cases = [world.report() for _ in range(3)]
    day = today()
    with as_system("test"):  # reported on the day before, one of them a minute before midnight
        Case.objects.filter(pk=cases[0].pk).update(reported_at=midnight(day) - timedelta(minutes=1))
        Case.objects.filter(pk=cases[1].pk).update(reported_at=midnight(day) - timedelta(hours=20))
        Case.objects.filter(pk=cases[2].pk).update(reported_at=midnight(day))
    world.move()
    span = day - timedelta(days=10), day + timedelta(days=1)
    with world.old.acting():
        held = reported_in(world.old_town, *span)
    with world.new.acting():
        taken = reported_in(world.new_town, *span)
    assert (held.by_then, held.by_now) == (2, 0)
    assert (taken.by_then, taken.by_now) == (1, 3)
    with world.cast.sun.acting():
        assert reported_in(world.new_town, *span).by_now == 0


def test_open_work_goes_over_by_a_list_that_two_sign(world: World) -> None:
    with as_system("test"):
        theirs, water = Organisation.objects.get(code="east-works"), world.cast.water
    waits, with_them, with_water = world.report(), dispatched(world, theirs), dispatched(world, water)
    with as_system("test"):
        kept = ("state", "due_at", "stage_at", "clock", "lead_id", "dispatched_at")
        clocks = {
            case.pk: [getattr(Case.objects.get(pk=case.pk), name) for name in kept]
            for case in (waits, with_them, with_water)
        }
    held = world.move()
    with as_system("test"):
        assert {pk: [getattr(Case.objects.get(pk=pk), name) for name in kept] for pk in clocks} == clocks
        items = {item.case_id: item for item in held.items.all()}
        assert set(items) == set(clocks)
        assert [pk for pk, item in items.items() if item.theirs] == [with_them.pk]
    old, new, chief = signed_in(world.old), signed_in(world.new), signed_in(world.cast.chief)
    address = f"/areas/handover/{held.pk}/"
    for case in (waits, with_them, with_water):
        assert case.number in old.get(address).content.decode()
        assert f"/case/{case.number}/" not in old.get(address).content.decode()
        assert f"/case/{case.number}/" in new.get(address).content.decode()
    assert signed_in(world.cast.zhou).get(address).status_code == 409

    new.post(f"{address}acknowledge/")
    old.post(f"{address}sign_off/")
    new.post(f"{address}acknowledge/")  # a decision is missing
    with as_system("test"):
        held.refresh_from_db()
        assert (held.signed_by_id, held.acknowledged_by_id) == (world.old.account_id, None)
    item = items[with_them.pk]
    assert new.post(f"/areas/handover/item/{item.pk}/", {"unit": water.pk}).status_code == 302
    with as_system("test"):
        assert Case.objects.get(pk=with_them.pk).lead_id == theirs.pk  # town staff do not dispatch
    chief.post(f"/areas/handover/item/{item.pk}/", {"unit": water.pk})
    new.post(f"{address}acknowledge/")
    with as_system("test"):
        held.refresh_from_db()
        moved = Case.objects.get(pk=with_them.pk)
        assert held.acknowledged_by_id == world.new.account_id
        assert (moved.lead_id, moved.due_at, moved.state) == (water.pk, clocks[moved.pk][1], "dispatched")
        assert HandoverItem.objects.get(pk=item.pk).decision == "redispatched"
    with world.unit.acting():
        assert not Case.objects.filter(pk=with_them.pk).exists()


def test_a_unit_of_the_old_town_finishes_what_it_has_when_that_is_decided(world: World) -> None:
    with as_system("test"):
        theirs = Organisation.objects.get(code="east-works")
    case = dispatched(world, theirs)
    held = world.move()
    with as_system("test"):
        item = held.items.get()
    with world.cast.chief.acting() as chief:
        handing.leave(item, by=chief, now=now())
    with world.unit.acting() as handler:
        case = actions.start(Case.objects.get(pk=case.pk), by=handler, now=now())
    assert case.state == "in_progress"


def test_the_list_on_paper_and_as_a_table_names_no_person_and_no_words_of_a_report(world: World) -> None:
    case = world.report("张三家门口 13800000001 有人堆东西")
    held = world.move()
    old = signed_in(world.old)
    paper = old.get(f"/areas/handover/{held.pk}/print/").content.decode()
    text = old.get(f"/areas/handover/{held.pk}/table/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0] == case.number
    assert case.number in paper
    for secret in ("张三", "13800000001", "堆东西"):
        assert secret not in paper + text


def test_the_worker_slept_over_midnight_and_the_house_catches_up_before_it_opens(world: World) -> None:
    case = world.report()
    decided(world.cast, plan("move", today(), *plans.move(world.community, world.new_town)))
    with world.old.acting():
        assert Case.objects.filter(pk=case.pk).exists()
    from wangge.web import house

    house.settle(now())
    with world.old.acting():
        assert not Case.objects.filter(pk=case.pk).exists()
    assert catch_up(now()) == 0


def test_every_open_state_has_a_next_step_on_the_list() -> None:
    from wangge.cases.queries.handover import NEXT
    from wangge.cases.words import MOVES, OPEN

    assert set(NEXT) == set(OPEN.split(" | "))
    assert [state for state, verb in NEXT.items() if verb not in MOVES.verbs(state)] == []
