"""Homes and people on the desk: from the grid to the door, looked for, opened, put right. All persons are invented."""

import re
from datetime import date
from typing import Any

from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.people.registering import NOW, dwelling_of, registered
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import Member
from wangge.people.models import Household, Occupancy, Person
from wangge.people.words import Tenure

ROWS = {
    "m-TOTAL_FORMS": "4",
    "m-INITIAL_FORMS": "0",
    "told_by": "resident",
    **{f"m-{n}-tenure": "tenant" for n in range(4)},
}


def page(who: Client, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def refused(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_from_the_grid_to_the_door_nothing_stands_in_clear(cast: Cast) -> None:
    household = registered(cast)
    lin = signed_in(cast.lin)
    with cast.lin.acting():
        door = dwelling_of(cast.grid_id)
        person = Person.objects.get()
    grid = page(lin, f"/homes/grids/{cast.grid_id}/")
    assert f'href="/homes/buildings/{door.building_id}/"' in grid
    assert f'href="/homes/{door.pk}/"' in page(lin, f"/homes/buildings/{door.building_id}/")
    card = page(lin, f"/homes/{door.pk}/")
    assert "孙**" in card
    assert "138****0001" in card
    assert "孙兰" not in card
    assert "13800000001" not in card
    assert lin.get(f"/homes/{door.pk}/").headers["Cache-Control"] == "no-store"
    assert lin.post(f"/homes/households/{household.pk}/confirm/", {"told_by": "family"}).status_code == 302
    asked = page(lin, f"/people/{person.pk}/phone/open/")
    assert "13800000001" not in asked
    assert "Person object" not in asked  # the frame still says who is signed in
    with cast.lin.acting():
        assert cast.lin.account.name in asked
    opened = lin.post(f"/people/{person.pk}/phone/open/", {"purpose": "on_site", "task": "case:1"}).content.decode()
    assert "138 0000 0001" in opened
    refused(lin.post(f"/people/{person.pk}/phone/open/", {"task": "case:1"}))
    refused(lin.post(f"/people/{person.pk}/phone/open/", {"purpose": "on_site", "task": "张三家"}))
    with cast.auditor.acting():
        assert Entry.objects.filter(verb="person.open", subject=f"person:{person.pk}").count() == 1


def test_the_card_speaks_the_language_of_whoever_reads_it_and_tells_of_the_last_who_moved_away(cast: Cast) -> None:
    here = registered(cast)
    with cast.lin.acting():
        gone = [Household(area=here.area, dwelling=here.dwelling, until=date(2026, 1, day)) for day in range(1, 8)]
        for household in gone:
            household.save()
        Occupancy.objects.bulk_create(
            Occupancy(area=here.area, household=household, person=Person.objects.get(), tenure=Tenure.TENANT,
                      source="worker:1", confirmed_on=date(2026, 1, 1), until=household.until)
            for household in gone[:6]
        )  # fmt: skip
    english, chinese = (
        page(signed_in(cast.lin, language), f"/homes/{here.dwelling_id}/") for language in ("en", "zh-hans")
    )
    assert ("Lived in" in english, "Lived in" in chinese) == (True, False)
    assert ('name="use"' in english, english.count('name="use"')) == (True, chinese.count('name="use"'))
    assert re.findall(r"until (2026-01-\d\d)", english) == [f"2026-01-{day:02}" for day in (6, 5, 4, 3, 2)]
    assert re.findall(r"/homes/households/(\d+)/confirm/", english) == [str(here.pk)]


def test_the_card_asks_the_database_a_fixed_number_of_questions(cast: Cast, queries_of: QueriesOf) -> None:
    lin, household = signed_in(cast.lin), registered(cast)
    address = f"/homes/{household.dwelling_id}/"
    page(lin, address)
    with queries_of(11):
        page(lin, address)
    registered(cast, Member("吴一（虚构）", Tenure.TENANT), Member("吴二（虚构）", Tenure.TENANT))
    with queries_of(11):
        page(lin, address)


def test_a_household_is_written_down_and_put_right_on_the_desk(cast: Cast) -> None:
    lin = signed_in(cast.lin)
    with cast.lin.acting():
        door = dwelling_of(cast.grid_id, 2)
    sent = ROWS | {"m-0-name": "钱大海（虚构）", "m-0-phone": "0512-0000 0000", "m-1-name": "钱小海（虚构）"}
    assert "Written" not in refused(lin.post(f"/homes/{door.pk}/household/", ROWS))
    assert lin.post(f"/homes/{door.pk}/household/", sent).status_code == 302
    with cast.lin.acting():
        (household,) = Household.objects.filter(dwelling=door)
        first, second = Person.objects.filter(home=household).order_by("pk")
    joined = ROWS | {"m-0-name": "钱芳（虚构）"}
    refused(lin.post(f"/homes/households/{household.pk}/join/", joined | {"m-1-name": "钱五", "m-1-phone": "1380000"}))
    with cast.lin.acting():
        assert Person.objects.filter(home=household).count() == 2  # nobody comes half
    assert lin.post(f"/homes/households/{household.pk}/join/", joined).status_code == 302
    assert "4 digits" in refused(
        lin.post(f"/people/{second.pk}/phone/correct/", {"value": "1380000", "told_by": "resident"})
    )
    assert (
        lin.post(f"/people/{second.pk}/phone/correct/", {"value": "13800000007", "told_by": "family"}).status_code
        == 302
    )
    document = {"kind": "passport", "value": "E00000000", "told_by": "resident"}
    assert lin.post(f"/people/{second.pk}/document/correct/", document).status_code == 302
    wishes = {"channel": "neighbour", "large_type": "on", "told_by": "resident"}
    assert lin.post(f"/people/{first.pk}/wishes/", wishes).status_code == 302
    assert re.search(r'value="neighbour"\s+selected', page(lin, f"/people/{first.pk}/wishes/"))
    assert lin.post(f"/people/{first.pk}/leave/", {"on": "2026-11-01", "told_by": "resident"}).status_code == 302
    card = page(lin, f"/homes/{door.pk}/")
    assert card.count("钱**") == 2
    assert "******00" in card
    assert lin.post(f"/homes/{door.pk}/use/", {"use": "vacant", "told_by": "worker"}).status_code == 409
    assert lin.post(f"/homes/{door.pk}/use/", {"use": "business", "told_by": "worker"}).status_code == 302


def test_a_person_is_looked_for_after_saying_why_and_the_term_is_kept_nowhere(cast: Cast) -> None:
    registered(cast)
    lin, zhou = signed_in(cast.lin), signed_in(cast.zhou)
    page(lin, "/people/")
    refused(lin.post("/people/", {"term": "13800000001"}))
    sent = {"term": "138 0000 0001", "purpose": "on_site", "task": ""}
    assert "孙**" in lin.post("/people/", sent).content.decode()
    assert "孙**" in lin.post("/people/", sent | {"term": "孙兰（虚构）"}).content.decode()
    assert "孙**" not in zhou.post("/people/", sent).content.decode()
    with cast.auditor.acting():
        kept = str(list(Entry.objects.filter(verb="person.seek").values_list("facts", flat=True)))
    assert "13800000001" not in kept.replace(" ", "")
    assert "孙兰" not in kept


def test_others_find_neither_the_pages_nor_the_persons(cast: Cast) -> None:
    household = registered(cast)
    with cast.lin.acting():
        person = Person.objects.get()
    zhou, chief = signed_in(cast.zhou), signed_in(cast.chief)
    paths = (f"homes/{household.dwelling_id}", f"people/{person.pk}/phone/open", f"homes/grids/{cast.grid_id}",
             f"people/{person.pk}/wishes", f"homes/households/{household.pk}/join")  # fmt: skip
    for path in (f"/{path}/" for path in paths):
        assert zhou.get(path).status_code == 404, path
        assert chief.get(path).status_code == 409, path
    assert chief.get("/homes/").status_code == 409


def test_the_desk_asks_as_often_for_three_as_for_one(cast: Cast, queries_of: QueriesOf) -> None:
    from wangge.people.queries.homes import homes_of, households_of

    registered(cast)
    with cast.lin.acting() as lin:
        door = dwelling_of(cast.grid_id)
        homes_of(households_of(door)[0])
        with queries_of(2):
            assert len(homes_of(households_of(door)[0])) == 1
        from wangge.people.actions import record_household

        for n in range(2):
            members = [Member(f"吴{n}（虚构）", Tenure.TENANT)] * 2
            record_household(door, members=members, source="w:1", by=lin, now=NOW)
        with queries_of(2):
            assert len(homes_of(households_of(door)[0])) == 3
    with as_system("test"):
        assert Person.objects.count() == 5
