"""Who lives where is written down once, sealed, and seen by the grid's own team alone. All persons are invented."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.browse import signed_in
from tests.cast import Cast
from tests.cast import Person as Somebody
from tests.people.registering import ID, NOW, SUN, dwelling_of, registered
from wangge.access.action import Refused
from wangge.access.budgets import Budget
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import (
    Member,
    confirm,
    correct,
    join,
    leave,
    move,
    open_field,
    opening,
    record_household,
    say_use,
)
from wangge.people.models import DwellingUse, Household, Occupancy, Person
from wangge.people.queries.seeking import seek
from wangge.people.words import Kept, Tenure, Use
from wangge.places.models import Area, Building, Dwelling

TODAY = date(2026, 11, 20)


def test_a_household_is_written_down_sealed_and_found_by_number_and_name(cast: Cast) -> None:
    household = registered(cast, SUN, Member("孙小明", Tenure.TENANT, "child", document_kind="citizen_id", document=ID))
    with cast.lin.acting() as lin:
        community = Area.objects.get(pk=cast.grid_id).parent_id or 0
        persons = list(Person.objects.filter(home=household).order_by("pk"))
        assert [p.community_id for p in persons] == [community] * 2
        for typed in ("13800000001", "孙兰（虚构）", "+86 138-0000-0001"):
            assert [p.pk for p in seek(typed, [community], today=TODAY)] == [persons[0].pk], typed
        assert [p.pk for p in seek(ID.lower(), [], today=TODAY)] == [persons[1].pk]
        assert not seek("孙兰（虚构）", [community + 1], today=TODAY)
        assert not seek("孙", [community], today=TODAY)
        assert (
            open_field(persons[1], field=Kept.DOCUMENT, purpose="register", by=lin, now=NOW).value == f"citizen_id:{ID}"
        )
        assert DwellingUse.objects.get(pk=household.dwelling_id).use == "lived_in"
    with connection.cursor() as cursor, as_system("test"):
        cursor.execute("select string_agg(p::text, '') from people_person p")
        stored = cursor.fetchone()[0]
    for secret in ("孙兰", "13800000001", ID, "孙兰".encode().hex(), b"13800000001".hex()):
        assert secret not in stored


def test_only_the_grids_own_team_sees_residents(cast: Cast) -> None:
    household = registered(cast)
    others = ("zhou", "town", "chief", "dispatcher", "zhao", "auditor", "system_admin", "security_admin")
    seen = {name: _persons_seen(getattr(cast, name)) for name in ("lin", "wang", *others)}
    assert seen == dict.fromkeys(seen, 0) | {"lin": 1, "wang": 1}
    with cast.zhou.acting() as zhou, pytest.raises(Refused):
        record_household(Dwelling(pk=household.dwelling_id, area_id=cast.grid_id), members=(SUN,), source="w:1",
                         by=zhou, now=NOW)  # fmt: skip


def _persons_seen(who: Somebody) -> int:
    with who.acting():
        return Person.objects.count() + Household.objects.count() - Occupancy.objects.count()


def test_a_row_can_neither_point_into_another_area_nor_stay_behind(cast: Cast) -> None:
    household = registered(cast)
    with as_system("test"), pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.filter(pk=household.pk).update(area_id=cast.far_grid_id)
    with as_system("test"):
        Dwelling.objects.filter(pk=household.dwelling_id).update(area_id=cast.far_grid_id)
    assert _persons_seen(cast.lin) == 0
    assert _persons_seen(cast.zhou) == 1
    with as_system("test"):
        for model in (DwellingUse, Household, Person, Occupancy):
            assert list(model.objects.values_list("area_id", flat=True)) == [cast.far_grid_id], model
        assert Building.objects.exists()


def test_known_once_a_document_is_refused_with_where_it_stands(cast: Cast) -> None:
    known = Member("孙兰", Tenure.OWNER, document_kind="citizen_id", document=ID)
    registered(cast, known)
    with cast.lin.acting() as lin, pytest.raises(Refused, match=dwelling_of(cast.grid_id).building.name):
        record_household(dwelling_of(cast.grid_id, 1), members=(known,), source="w:1", by=lin, now=NOW)
    with cast.lin.acting() as lin, pytest.raises(Refused):
        record_household(dwelling_of(cast.grid_id, 1), members=(Member("甲", Tenure.GUEST, document_kind="citizen_id",
                         document="110101194910010037"),), source="w:1", by=lin, now=NOW)  # fmt: skip
    assert _persons_seen(cast.lin) == 1


def test_corrections_say_who_and_when_and_a_confirmation_covers_all(cast: Cast) -> None:
    household = registered(cast)
    with cast.lin.acting() as lin:
        person = Person.objects.get()
        correct(person, field=Kept.PHONE, value="139 0000 0002", source="family:1", by=lin, now=NOW)
        held = Person.objects.get()
        assert held.told == {"phone": ["family:1", "2026-11-20"]}
        assert [p.pk for p in seek("13900000002", [], today=TODAY)] == [held.pk]
        assert not seek("13800000001", [], today=TODAY)
        confirm(household, source="worker:2", by=lin, now=NOW)
        held = Person.objects.get()
        assert (held.told, held.source) == ({}, "worker:2")
        with pytest.raises(Refused):
            correct(person, field=Kept.NAME, value="", source="w:1", by=lin, now=NOW)
        assert correct(person, field=Kept.PHONE, value="", source="w:1", by=lin, now=NOW).phone is None
    with cast.auditor.acting():
        said = str(list(Entry.objects.filter(subject=f"person:{person.pk}").values_list("facts", flat=True)))
        assert "family:1" in said
        assert "139" not in said


def test_moving_keeps_the_past_and_a_household_ends_with_its_last(cast: Cast) -> None:
    household = registered(cast)
    second = registered(cast, Member("周梅（虚构）", Tenure.TENANT), at=1)
    with cast.lin.acting() as lin:
        person = Person.objects.get(home=household)
        move(person, to=second, tenure=Tenure.GUEST, on=TODAY, source="w:1", by=lin, now=NOW)
        assert Household.objects.get(pk=household.pk).until == TODAY
        assert say_use(household.dwelling, use=Use.VACANT, source="w:1", by=lin, now=NOW).use == "vacant"
        with pytest.raises(Refused):
            say_use(second.dwelling, use=Use.VACANT, source="w:1", by=lin, now=NOW)
        with pytest.raises(Refused):
            join(Household.objects.get(pk=household.pk), member=SUN, source="w:1", by=lin, now=NOW)
        leave(person, on=TODAY, source="w:1", by=lin, now=NOW)
        with pytest.raises(Refused):
            leave(person, on=TODAY, source="w:1", by=lin, now=NOW)
        held = Person.objects.get(pk=person.pk)
        assert (held.home_id, held.left_on) == (None, TODAY)
        assert Occupancy.objects.filter(person=person).count() == 2
        move(held, to=second, tenure=Tenure.OWNER, on=TODAY, source="w:1", by=lin, now=NOW)
        assert Person.objects.get(pk=person.pk).left_on is None


def test_opening_needs_a_purpose_leaves_an_entry_and_ends_with_the_days_budget(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(cast)
    with cast.lin.acting() as lin:
        person = Person.objects.get()
        with pytest.raises(Refused):
            open_field(person, field=Kept.PHONE, purpose="curiosity", by=lin, now=NOW)
        with pytest.raises(Refused):
            open_field(person, field=Kept.DOCUMENT, purpose="register", by=lin, now=NOW)
        for _time in range(60):
            assert open_field(person, field=Kept.PHONE, purpose="on_site", by=lin, now=NOW).value == "13800000001"
        with pytest.raises(Refused):
            open_field(person, field=Kept.PHONE, purpose="on_site", by=lin, now=NOW)
    with cast.auditor.acting():
        looks = Entry.objects.filter(verb="person.open", subject=f"person:{person.pk}")
        assert looks.count() == 60
        assert looks[0].facts == {"field": "phone", "purpose": "on_site", "task": "", "role": "grid_worker"}


def test_whoever_is_stopped_by_the_budget_is_written_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(cast)
    monkeypatch.setattr(opening, "MINE", Budget("people.open", 0, 86_400))
    client = signed_in(cast.lin)
    with cast.lin.acting():
        person = Person.objects.get()
    page = client.post(f"/people/{person.pk}/phone/open/", {"purpose": "visit"})
    assert "138 0000 0001" not in page.content.decode()
    with cast.auditor.acting():
        assert Entry.objects.get(verb="person.open_stopped").facts["stopped"] == "phone"
        assert not Entry.objects.filter(verb="person.open").exists()
