"""Organisations are written down once, by who is there; property firms manage compounds, one each. All is invented."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.people.firming import SINCE, code, community_of, compound_of, line, managing, new_line, property_firm, staff
from tests.people.registering import NOW
from wangge.access.action import Refused
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import (
    add_contact,
    add_premises,
    begin_managing,
    correct_firm,
    end_contact,
    end_managing,
    end_premises,
    end_staff,
    give_staff,
    hand_in,
    keep_record,
    open_contact,
    record_firm,
    remind,
)
from wangge.people.firm_words import ContactDuty, FirmKind, RecordKind, RecordResult
from wangge.people.models import Firm, FirmContact, FirmRecord, FirmStaff, Managing, Premises, Sheet
from wangge.people.queries.firms import card_of, count_silent, firms_near, page_of_firms, page_of_silent
from wangge.places.models import Building, Compound

TODAY = date(2026, 11, 20)


def test_an_organisation_is_written_down_once_by_its_code(cast: Cast) -> None:
    firm = property_firm(cast)
    area = community_of(cast)
    with cast.wang.acting() as wang:
        for wrong in (code(1), code(2)[:-1] + "?", "", code(1)[:17]):
            with pytest.raises(Refused):
                record_firm(area, name="别家", uscc=wrong, kind=FirmKind.SHOP, by=wang, now=NOW)
        with pytest.raises(Refused):
            record_firm(area, name=" ", uscc=code(2), kind=FirmKind.SHOP, by=wang, now=NOW)
        correct_firm(firm, name="和顺 物业（虚构）", uscc=code(1).lower(), kind=FirmKind.PROPERTY, by=wang, now=NOW)
        held = Firm.objects.get()
        assert (held.name, held.uscc) == ("和顺 物业（虚构）", code(1))
    with cast.lin.acting() as lin:
        with pytest.raises(Refused):
            record_firm(area, name="别家", uscc=code(3), kind=FirmKind.SHOP, by=lin, now=NOW)
        shop = record_firm(
            Building.objects.filter(grid_id=cast.grid_id)[0].grid, name="桂花面馆（虚构）", uscc=code(3),
            kind=FirmKind.SHOP, by=lin, now=NOW,
        )  # fmt: skip
        assert {shop.pk, firm.pk} == {one.pk for one in page_of_firms(near=False)}
    with cast.zhou.acting() as zhou:
        assert firms_near() == []
        assert len(page_of_firms(near=False)) == 2
        with pytest.raises(Refused):
            correct_firm(firm, name="他名", uscc=code(1), kind=FirmKind.PROPERTY, by=zhou, now=NOW)


def test_organisations_are_found_by_name_pinyin_code_kind_and_page_by_page(cast: Cast) -> None:
    area = community_of(cast)
    with cast.wang.acting() as wang:
        for n in range(3):
            record_firm(
                area, name=f"清河{'甲乙丙'[n]}店（虚构）", uscc=code(10 + n), kind=FirmKind.SHOP, by=wang, now=NOW
            )
        record_firm(area, name="育才小学（虚构）", uscc=code(20), kind=FirmKind.SCHOOL, by=wang, now=NOW)
        assert [one.name for one in page_of_firms(text="育才")] == ["育才小学（虚构）"]
        assert [one.name for one in page_of_firms(text=code(11).lower())] == ["清河乙店（虚构）"]
        assert len(page_of_firms(text="qinghe")) == 3
        assert len(page_of_firms(kind="school")) == 1
        every = page_of_firms()
        rest = page_of_firms(after=(every[0].sort_key, every[0].pk))
        assert [one.pk for one in rest] == [one.pk for one in every[1:]]


def test_premises_and_compounds_follow_their_place_and_end(cast: Cast) -> None:
    firm = property_firm(cast)
    held = managing(cast, firm)
    with cast.lin.acting() as lin:
        house = Building.objects.filter(grid_id=cast.grid_id)[0]
        there = add_premises(firm, house, room="1 层门面", since=SINCE, by=lin, now=NOW)
        with pytest.raises(Refused):
            add_premises(firm, house, room="1  层门面", since=SINCE, by=lin, now=NOW)
        with pytest.raises(Refused):
            begin_managing(firm, compound_of(cast), since=SINCE, by=lin, now=NOW)
    with as_system("test"):
        Building.objects.filter(pk=house.pk).update(grid_id=cast.far_grid_id)
        assert Premises.objects.get().area_id == cast.far_grid_id
        Building.objects.filter(pk=house.pk).update(grid_id=cast.grid_id)
    with cast.wang.acting() as wang:
        with pytest.raises(Refused):
            begin_managing(firm, compound_of(cast), since=SINCE, by=wang, now=NOW)
        assert end_premises(there, by=wang, now=NOW).until == TODAY
        assert end_managing(held, by=wang, now=NOW).until == TODAY
        with pytest.raises(Refused):
            end_managing(held, by=wang, now=NOW)
        shop = record_firm(community_of(cast), name="店（虚构）", uscc=code(5), kind=FirmKind.SHOP, by=wang, now=NOW)
        with pytest.raises(Refused):
            begin_managing(shop, compound_of(cast), since=SINCE, by=wang, now=NOW)
        assert begin_managing(firm, compound_of(cast), since=TODAY, by=wang, now=NOW).until is None
    with as_system("test"), pytest.raises(ProgrammingError), transaction.atomic():
        Managing.objects.filter(until__isnull=True).update(area_id=cast.grid_id)


def test_whom_to_call_is_sealed_and_opened_for_a_purpose(cast: Cast) -> None:
    firm = property_firm(cast)
    with cast.wang.acting() as wang:
        held = add_contact(firm, duty=ContactDuty.MANAGER, name="何顺", phone="138 0000 0009", by=wang, now=NOW)
        with pytest.raises(Refused):
            add_contact(firm, duty=ContactDuty.MANAGER, name="何顺", phone="12", by=wang, now=NOW)
        with pytest.raises(Refused):
            open_contact(held, purpose="curiosity", by=wang, now=NOW)
        shown = open_contact(held, purpose="partners", by=wang, now=NOW)
        assert (shown.name, shown.phone) == ("何顺", "13800000009")
        assert [one.pk for one in card_of(firm).contacts] == [held.pk]
        end_contact(held, by=wang, now=NOW)
        assert card_of(firm).contacts == []
    with cast.zhou.acting():
        assert FirmContact.objects.count() == 0
    with connection.cursor() as cursor, as_system("test"):
        cursor.execute("select string_agg(c::text, '') from people_firmcontact c")
        stored = cursor.fetchone()[0]
    assert "何顺".encode().hex() not in stored
    assert b"13800000009".hex() not in stored
    with cast.auditor.acting():
        entry = Entry.objects.get(verb="firm_contact.open")
        assert entry.facts == {"firm": firm.pk, "purpose": "partners", "role": "secretary"}


def test_records_are_of_the_firm_and_hold_no_number_of_a_person(cast: Cast) -> None:
    firm = property_firm(cast)
    with cast.wang.acting() as wang:

        def keep(text: str, on: date = TODAY) -> FirmRecord:
            return keep_record(
                firm, kind=RecordKind.INSPECTION, on=on, result=RecordResult.TO_MEND, text=text, by=wang, now=NOW
            )

        keep("灭火器两只过期，一周内换好")
        for text, on in (
            ("值班电话 13800000009 没人接", TODAY),
            ("好", TODAY + timedelta(days=1)),
            ("长" * 201, TODAY),
        ):
            with pytest.raises(Refused):
                keep(text, on)
        assert [one.note for one in card_of(firm).records] == ["灭火器两只过期，一周内换好"]
    with cast.zhou.acting():
        assert FirmRecord.objects.count() == 0


def test_staff_is_given_by_who_looks_after_the_firm_and_sees_no_resident(cast: Cast) -> None:
    held = managing(cast)
    he = staff(cast, held.firm)
    with cast.wang.acting() as wang:
        for name in ("wuye01", "nobody-here"):
            with pytest.raises(Refused):
                give_staff(held.firm, username=name, by=wang, now=NOW)
    for name in ("lin", "zhou", "town"):
        with getattr(cast, name).acting() as other, pytest.raises(Refused):
            give_staff(held.firm, username="water01", by=other, now=NOW)
    with he.acting() as actor:
        assert actor.role_codes == {"property_staff"}
        with pytest.raises(Refused):
            give_staff(held.firm, username="water01", by=actor, now=NOW)
        assert [one.pk for one in Managing.objects.all()] == [held.pk]
    with cast.wang.acting() as wang:
        end_staff(FirmStaff.objects.get(), by=wang, now=timezone.now())
    with he.acting():
        assert Managing.objects.count() + Firm.objects.count() + Sheet.objects.count() == 0


def test_the_list_of_who_has_not_reported_counts_days_and_reminders(cast: Cast) -> None:
    held = managing(cast)
    he = staff(cast, held.firm)
    with cast.wang.acting() as wang:
        (silent,) = page_of_silent(TODAY)
        assert (silent.held.pk, silent.days, silent.last) == (held.pk, 20, None)
        assert count_silent(TODAY) == (1, 1)
        assert remind(held, by=wang, now=NOW).reminded == 1
        with pytest.raises(Refused):
            remind(held, by=wang, now=NOW)
    with he.acting() as actor:
        hand_in(held, lines=(), by=actor, now=NOW)
    with cast.wang.acting() as wang:
        assert page_of_silent(TODAY) == []
        assert count_silent(TODAY) == (0, 1)
        with pytest.raises(Refused):
            remind(held, by=wang, now=NOW)
        (silent,) = page_of_silent(TODAY + timedelta(days=3))
        assert (silent.days, silent.last) == (3, TODAY)
        assert remind(held, by=wang, now=NOW + timedelta(days=1)).reminded == 2
    with cast.zhou.acting():
        assert page_of_silent(TODAY + timedelta(days=3)) == []


def test_who_manages_follows_the_compound_into_another_community(cast: Cast) -> None:
    held = managing(cast)
    he = staff(cast, held.firm)
    with he.acting() as actor:
        hand_in(held, lines=(new_line(cast, held, people="2"),), by=actor, now=NOW)
        assert line().area_id == cast.grid_id
    with as_system("test"):
        other = Compound.objects.exclude(community=held.area_id)[0].community_id
        Compound.objects.filter(pk=held.compound_id).update(community=other)
        assert Managing.objects.get().area_id == other
        assert Sheet.objects.get().area_id == other
