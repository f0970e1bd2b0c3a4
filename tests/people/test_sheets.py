"""A property firm's daily sheet: handed in, taken over, sent back, answered, objected to. All persons are invented."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from tests.cast import Cast, Person
from tests.people.firming import compound_of, door, line, managing, new_line, said, staff
from tests.people.registering import NOW, dwelling_of
from wangge.access.action import Refused
from wangge.cases.models import Case
from wangge.core.daily_sheet import What, read
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import (
    Member,
    add_contact,
    add_line,
    answer,
    hand_in,
    need_visit,
    object_to,
    open_line,
    record_household,
    send_back,
    take,
    withdraw_line,
)
from wangge.people.actions.lines import fitting
from wangge.people.firm_words import ContactDuty
from wangge.people.models import (
    DwellingUse,
    FirmContact,
    FirmRecord,
    Household,
    Managing,
    Occupancy,
    Premises,
    Sheet,
    SheetLine,
)
from wangge.people.models import Person as Resident
from wangge.people.queries.sheets import (
    between,
    count_for_firm,
    counted_lines,
    doors_of,
    households_at,
    known_doors,
    page_of_lines,
    todays,
)
from wangge.people.sheet_words import FOR_THE_COMMUNITY, LineField, LineKind, LineOutcome, LineReason
from wangge.people.words import Tenure
from wangge.places.models import Building, Dwelling
from wangge.teams.models import Device

AGREED: dict[str, Any] = {
    "people": "2",
    "tenure": "租住",
    "agreed": "是",
    "name": "周梅（虚构）",
    "phone": "139 0000 0002",
}
LATER = NOW + timedelta(hours=3)
TODAY = NOW.date()


@pytest.fixture
def held(cast: Cast) -> Managing:
    return managing(cast)


@pytest.fixture
def firm(cast: Cast, held: Managing) -> Person:
    return staff(cast, held.firm)


def handed_in(cast: Cast, firm: Person, held: Managing, what: What = What.MOVED_IN, **more: Any) -> SheetLine:
    with firm.acting() as actor:
        hand_in(held, lines=(new_line(cast, held, what, **more),), by=actor, now=NOW)
        return line()


def test_a_firm_sees_doors_of_its_compounds_and_nobody_behind_them(cast: Cast, held: Managing, firm: Person) -> None:
    with cast.lin.acting() as lin:
        record_household(
            dwelling_of(cast.grid_id), members=(Member("孙兰", Tenure.OWNER),), source="w:1", by=lin, now=NOW
        )
    with as_system("test"):
        homes = Dwelling.objects.filter(building__compound=held.compound_id).count()
        other = Building.objects.exclude(compound=held.compound_id).exclude(compound=None)[0].compound_id or 0
        assert Resident.objects.count() == 1
    with firm.acting():
        assert len(doors_of(held.compound_id)) == homes > 0
        assert doors_of(other) == []
        nothing = (
            Dwelling,
            Resident,
            Household,
            Occupancy,
            DwellingUse,
            Case,
            Device,
            FirmContact,
            FirmRecord,
            Premises,
        )
        assert {model: model.objects.count() for model in nothing} == dict.fromkeys(nothing, 0)
    for name in ("lin", "wang", "zhou", "auditor"):
        with getattr(cast, name).acting():
            assert doors_of(held.compound_id) == []


def test_the_house_seals_lines_and_contacts_anew(cast: Cast, held: Managing, firm: Person) -> None:
    handed_in(cast, firm, held, **AGREED)
    with cast.wang.acting() as wang:
        add_contact(held.firm, duty=ContactDuty.MANAGER, name="何顺", phone="13800000009", by=wang, now=NOW)
    with as_system("test"):
        assert SheetLine.objects.update(name=b"anew", phone=b"anew", said=b"anew", answer=b"anew") == 1
        assert FirmContact.objects.update(name=b"anew", phone=b"anew") == 1


def test_a_sheet_is_sealed_where_it_names_somebody(cast: Cast, held: Managing, firm: Person) -> None:
    handed_in(cast, firm, held, **AGREED)
    with connection.cursor() as cursor, as_system("test"):
        cursor.execute("select string_agg(l::text, '') || (select string_agg(e.facts::text, '') from ledger_entry e)"
                       " from people_sheetline l")  # fmt: skip
        stored = cursor.fetchone()[0]
    assert "moved_in" in stored
    for secret in ("周梅", "周梅".encode().hex(), "13900000002", b"13900000002".hex()):
        assert secret not in stored


def test_handed_in_again_it_replaces_what_nobody_worked_on(cast: Cast, held: Managing, firm: Person) -> None:
    with firm.acting() as actor:
        first, second = new_line(cast, held, people="1"), new_line(cast, held, What.VACANT, 1)
        sheet = hand_in(held, lines=(first, second), by=actor, now=NOW)
    with cast.lin.acting() as lin:
        need_visit(SheetLine.objects.get(kind="vacant"), by=lin, now=NOW)
    with firm.acting() as actor:
        again = hand_in(held, lines=(new_line(cast, held, What.LEFT, 1), new_line(cast, held, What.LEFT, 2)),
                        by=actor, now=LATER)  # fmt: skip
        assert again.pk == sheet.pk
        assert sorted(SheetLine.objects.values_list("kind", "state")) == [("left", "waiting"), ("vacant", "to_visit")]
        assert Sheet.objects.get().handed_in_at == LATER
        with pytest.raises(Refused):
            add_line(held, line=new_line(cast, held, What.LEFT, 2), by=actor, now=LATER)
        add_line(held, line=new_line(cast, held, What.LEFT, 3), by=actor, now=LATER)
        (today,) = todays(TODAY)
        assert (today.total, today.lines) == (3, {"waiting": 2, "to_visit": 1})
        hand_in(held, lines=(), by=actor, now=NOW + timedelta(days=1))
        assert Sheet.objects.count() == 2
    with cast.auditor.acting():
        facts = [entry.facts for entry in Entry.objects.filter(verb="sheet.hand_in").order_by("id")]
        assert facts[1] == {"lines": 1, "replaced": 1, "left_out": 1}


def test_moved_in_becomes_a_household_whose_name_nobody_saw(cast: Cast, held: Managing, firm: Person) -> None:
    sent = handed_in(cast, firm, held, **AGREED)
    with cast.lin.acting() as lin:
        assert fitting(sent) == (LineOutcome.HOUSEHOLD, LineOutcome.LIVED_IN, LineOutcome.KNOWN)
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.LEFT, by=lin, now=NOW)
        taken = take(sent, outcome=LineOutcome.HOUSEHOLD, by=lin, now=NOW)
        assert (taken.state, taken.outcome, taken.name, taken.phone) == ("taken", "household", None, None)
        person = Resident.objects.get()
        assert person.source == f"sheet:{sent.sheet_id}"
        assert Occupancy.objects.get().tenure == "tenant"
        assert DwellingUse.objects.get().use == "lived_in"
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.HOUSEHOLD, by=lin, now=NOW)


def test_without_a_name_the_worker_asks_at_the_door(cast: Cast, held: Managing, firm: Person) -> None:
    sent = handed_in(cast, firm, held, people="1")
    with cast.lin.acting() as lin:
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.HOUSEHOLD, by=lin, now=NOW)
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.HOUSEHOLD, tenure=Tenure.GUEST, by=lin, now=NOW)
        assert SheetLine.objects.get().state == "waiting"
        take(sent, outcome=LineOutcome.HOUSEHOLD, tenure=Tenure.GUEST, name="李想（虚构）", by=lin, now=NOW)
        assert Resident.objects.count() == 1


def test_moved_out_ends_the_household_and_vacant_says_so(cast: Cast, held: Managing, firm: Person) -> None:
    with firm.acting():
        at = new_line(cast, held, What.LEFT).dwelling or 0
    with cast.lin.acting() as lin:
        home = Dwelling.objects.get(pk=at)
        record_household(home, members=(Member("孙兰", Tenure.OWNER),), source="w:1", by=lin, now=NOW)
        record_household(home, members=(Member("周梅", Tenure.GUEST),), source="w:1", by=lin, now=NOW)
    sent = handed_in(cast, firm, held, What.VACANT)
    with cast.lin.acting() as lin:
        first, second = households_at(sent)
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.VACANT, by=lin, now=NOW)
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.LEFT, by=lin, now=NOW)
        take(sent, outcome=LineOutcome.LEFT, household=first, by=lin, now=NOW)
        assert [one.pk for one in households_at(sent)] == [second.pk]
        assert Resident.objects.filter(left_on=TODAY).count() == 1


def test_a_door_the_register_does_not_know_is_noted(cast: Cast, held: Managing, firm: Person) -> None:
    with firm.acting() as actor:
        unknown = said(held, what="unregistered", **(door(cast, held) | {"unit": "", "room": "9901"}), people="3")
        assert unknown.dwelling is None
        hand_in(held, lines=(unknown,), by=actor, now=NOW)
        sent = line()
        faults = read([(1, door(cast, held) | {"what": "left", "room": "9901"})], known_doors(held.compound_id))[1]
        assert [(one.field, one.rule) for one in faults] == [("room", "no_door")]
    with as_system("test"):
        Building.objects.filter(pk=sent.building_id).update(grid_id=cast.far_grid_id)
    with cast.zhou.acting() as zhou:
        assert take(line(), outcome=LineOutcome.NOTED, by=zhou, now=NOW).outcome == "noted"
    with cast.lin.acting():
        assert SheetLine.objects.count() == 0


def test_both_sides_put_each_other_right(cast: Cast, held: Managing, firm: Person) -> None:
    sent = handed_in(cast, firm, held, **AGREED)
    with cast.lin.acting() as lin:
        assert counted_lines() == {"waiting": 1}
        back = send_back(sent, reason=LineReason.OTHER_COUNT, text="敲门问过，是三口人", by=lin, now=NOW)
        assert (back.state, counted_lines()) == ("sent_back", {})
        with pytest.raises(Refused):
            take(sent, outcome=LineOutcome.KNOWN, by=lin, now=NOW)
    with firm.acting() as actor:
        assert count_for_firm() == 1
        assert between(line()).said == "敲门问过，是三口人"
        with pytest.raises(Refused):
            open_line(line(), field=LineField.PHONE, purpose="register", by=actor, now=NOW)
        with pytest.raises(Refused):
            answer(sent, kind=LineKind.MOVED_IN, people=3, text="长" * 201, by=actor, now=NOW)
        with pytest.raises(Refused):
            answer(sent, kind=LineKind.MOVED_IN, people=3, text="打 13900000002 问", by=actor, now=NOW)
        answer(sent, kind=LineKind.MOVED_IN, people=3, text="漏了一个孩子", by=actor, now=NOW)
        assert (line().people, line().state, count_for_firm()) == (3, "answered", 0)
    with cast.lin.acting() as lin:
        assert [one.pk for one in page_of_lines(states=FOR_THE_COMMUNITY)] == [sent.pk]
        assert between(line()).answer == "漏了一个孩子"
        with pytest.raises(Refused):
            open_line(line(), field=LineField.PHONE, purpose="partners", by=lin, now=NOW)
        assert open_line(line(), field=LineField.PHONE, purpose="register", by=lin, now=NOW).value == "13900000002"
        take(sent, outcome=LineOutcome.HOUSEHOLD, by=lin, now=NOW)
    with firm.acting() as actor:
        object_to(sent, reason=LineReason.NOT_LIVED_IN, by=actor, now=NOW)
        with pytest.raises(Refused):
            withdraw_line(sent, by=actor, now=NOW)
    with cast.lin.acting() as lin:
        assert fitting(line()) == (LineOutcome.LIVED_IN, LineOutcome.KNOWN, LineOutcome.LEFT)
        take(sent, outcome=LineOutcome.LEFT, by=lin, now=NOW)
        assert Resident.objects.filter(left_on=TODAY).count() == 1


def test_withdrawn_it_keeps_nothing_of_a_person(cast: Cast, held: Managing, firm: Person) -> None:
    sent = handed_in(cast, firm, held, **AGREED)
    with firm.acting() as actor:
        withdraw_line(sent, by=actor, now=NOW)
        now = line()
        assert (now.state, now.name, now.phone) == ("withdrawn", None, None)
        with pytest.raises(Refused):
            answer(sent, kind=LineKind.LEFT, people=None, by=actor, now=NOW)


CAST = ("lin", "wang", "zhou", "town", "zhao", "auditor", "system_admin", "security_admin")


def test_who_sees_a_line(cast: Cast, held: Managing, firm: Person) -> None:
    handed_in(cast, firm, held)

    def seen(who: Person) -> tuple[int, int]:
        with who.acting():
            return SheetLine.objects.count(), Sheet.objects.count()

    expected = dict.fromkeys(CAST, (0, 0)) | {"lin": (1, 1), "wang": (1, 1)}
    assert {name: seen(getattr(cast, name)) for name in CAST} == expected
    assert seen(firm) == (1, 1)


def test_whose_turn_it_is_the_database_asks_too(cast: Cast, held: Managing, firm: Person) -> None:
    sent = handed_in(cast, firm, held)
    with firm.acting():
        for change in ({"state": "taken", "outcome": "known"}, {"state": "answered"}, {"room": "1"}, {"people": 9}):
            with pytest.raises(Error, match="whose turn"), transaction.atomic():
                SheetLine.objects.filter(pk=sent.pk).update(**change)
    with cast.lin.acting():
        for change in ({"state": "withdrawn"}, {"state": "answered"}, {"kind": "left"}):
            with pytest.raises(Error, match="whose turn"), transaction.atomic():
                SheetLine.objects.filter(pk=sent.pk).update(**change)
        assert SheetLine.objects.filter(pk=sent.pk).delete()[0] == 0
    with cast.zhou.acting():
        assert SheetLine.objects.filter(pk=sent.pk).update(state="taken", outcome="known") == 0


def test_rules_by_cast(cast: Cast, held: Managing, firm: Person) -> None:
    sent = handed_in(cast, firm, held)

    def refused(who: Person, deed: str) -> bool:
        with who.acting() as by:
            try:
                with transaction.atomic():
                    match deed:
                        case "hand_in":
                            hand_in(held, lines=(), by=by, now=LATER)
                        case "visit":
                            need_visit(sent, by=by, now=NOW)
                        case "correct":
                            send_back(sent, reason=LineReason.OTHER, by=by, now=NOW)
                        case "withdraw":
                            withdraw_line(sent, by=by, now=NOW)
                    transaction.set_rollback(True)
            except Refused:
                return True
            except (SheetLine.DoesNotExist, Error):
                return True
        return False

    people = {**{name: getattr(cast, name) for name in CAST}, "firm": firm}
    may = {
        "hand_in": {"firm"}, "visit": {"lin", "wang"}, "correct": {"lin", "wang"}, "withdraw": {"firm"},
    }  # fmt: skip
    for deed, who in may.items():
        assert {name for name, person in people.items() if not refused(person, deed)} == who, deed


def test_another_firm_sees_and_reports_nothing_here(cast: Cast, held: Managing, firm: Person) -> None:
    from tests.people.firming import property_firm

    sent = handed_in(cast, firm, held)
    other = staff(cast, property_firm(cast, 2, "清河物业（虚构）"), "wuye02")
    with other.acting() as actor:
        assert SheetLine.objects.count() + Sheet.objects.count() + Managing.objects.count() == 0
        assert doors_of(compound_of(cast).pk) == []
        with pytest.raises(Refused):
            hand_in(held, lines=(), by=actor, now=NOW)
        with pytest.raises(Refused):
            withdraw_line(sent, by=actor, now=NOW)
