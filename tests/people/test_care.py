"""The care register: by need and with a basis, sealed, withdrawn at once, ended in time. All persons are invented."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import BinaryField
from django.utils import timezone

from tests.cast import Cast
from tests.cast import Person as Somebody
from tests.conftest import QueriesOf
from tests.people.caring import AGREED, URGENT, cared, someone
from tests.people.registering import NOW, registered
from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import (
    Carers,
    Grounds,
    Outside,
    confirm_need,
    consent,
    describe,
    end_need,
    leave,
    name_carers,
    open_carer,
    record_need,
    withdraw,
)
from wangge.people.actions.care_nights import count_needs, end_overdue
from wangge.people.models import CareCount, CareNeed, Person
from wangge.people.queries.care import Wanted, charges, counts, needs_of, notes, register
from wangge.people.queries.carers import gone
from wangge.people.queries.homes import homes_of, households_of, with_needs
from wangge.people.queries.shown_looks import looks
from wangge.people.words import Basis, CareEnd, Consent, Hand
from wangge.places.models import Dwelling

TODAY = date(2026, 11, 20)
NEIGHBOUR = Outside("邻居老吴（虚构）", "138 0000 0002")


def test_a_need_is_kept_with_its_basis_its_carers_and_its_last_day(cast: Cast) -> None:
    person = someone(cast)
    kept = cared(
        cast, person, help_note="敲门重一点，钥匙在女儿处", carers=Carers(cast.lin.account_id, NEIGHBOUR), days=3
    )
    assert (kept.basis, kept.consent, kept.consent_on) == ("consent", "spoken", date(2026, 11, 19))
    assert kept.ends_on == TODAY + timedelta(days=183)
    with cast.lin.acting():
        (one,) = needs_of([person.pk], today=TODAY)[person.pk]
        assert (one.code, one.days, one.carer) == ("stairs", 3, cast.lin.account.name)
        assert one.deputy == "邻** 138****0002"
        assert notes([one.row]) == ["敲门重一点，钥匙在女儿处"]
    with cast.lin.acting(), pytest.raises(Refused):
        cared(cast, person)


@pytest.mark.parametrize("text", ["得了糖尿病", "上访户，多看看", "drug user", "Dialysis on Mondays", "抑郁"])
def test_no_diagnosis_and_no_suspicion_in_any_words(cast: Cast, text: str) -> None:
    person = someone(cast)
    with pytest.raises(Refused):
        cared(cast, person, help_note=text)
    with pytest.raises(Refused):
        cared(cast, person, given=Grounds(Basis.URGENT, why=text))
    with pytest.raises(Refused):
        cared(cast, person, given=Grounds(Basis.CONSENT, Consent.WRITTEN, heard_by=text))
    need = cared(cast, person)
    with cast.lin.acting() as lin, pytest.raises(Refused):
        describe(need, help_note=text, source="worker:1", by=lin, now=NOW)
    with cast.lin.acting():
        assert CareNeed.objects.count() == 1


def test_without_consent_only_to_protect_a_life_and_not_for_long(cast: Cast) -> None:
    person = someone(cast)
    for given in (
        Grounds(Basis.CONSENT), Grounds(Basis.CONSENT, Consent.SPOKEN), Grounds(Basis.CONSENT, heard_by="女儿"),
        Grounds(Basis.URGENT), Grounds(Basis.CONSENT, Consent.SPOKEN, "女儿", on=TODAY + timedelta(days=1)),
    ):  # fmt: skip
        with pytest.raises(Refused):
            cared(cast, person, given=given)
    urgent = cared(cast, person, given=URGENT)
    assert urgent.ends_on == TODAY + timedelta(days=30)
    with cast.lin.acting() as lin:
        with pytest.raises(Refused):
            confirm_need(urgent, source="worker:1", by=lin, now=NOW)
        kept = consent(urgent, given=AGREED, source="resident:1", by=lin, now=NOW)
    assert (kept.basis, kept.ends_on) == ("consent", TODAY + timedelta(days=183))
    with as_system("test"), pytest.raises(IntegrityError), transaction.atomic():
        CareNeed.objects.filter(pk=kept.pk).update(consent="")


def test_what_nobody_agreed_to_or_confirmed_ends_by_itself(cast: Cast) -> None:
    person = someone(cast)
    cared(cast, person, "meals", given=URGENT)
    cared(cast, person, "stairs")
    kept = cared(cast, person, "hearing")
    later = NOW + timedelta(days=100)
    with cast.lin.acting() as lin:
        assert confirm_need(kept, source="resident:1", by=lin, now=later).ends_on == TODAY + timedelta(days=283)
    assert _after(cast, 30) == {"meals", "stairs", "hearing"}
    assert _after(cast, 31) == {"stairs", "hearing"}
    assert _after(cast, 183) == {"stairs", "hearing"}
    assert _after(cast, 184) == {"hearing"}
    with cast.auditor.acting():
        why = [facts["why"] for facts in Entry.objects.filter(verb="care.end").values_list("facts", flat=True)]
    assert sorted(why) == ["no_consent", "not_confirmed"]


def _after(cast: Cast, days: int) -> set[str]:
    """The kinds that are kept so many days later, in lists before the night and in the table after it."""
    later = NOW + timedelta(days=days)
    with cast.lin.acting() as lin:
        listed = {one.code for one in register(lin, Wanted(), today=later.date())}
    with as_system("test") as system:
        end_overdue(by=system, now=later)
        assert CareNeed.objects.count() == len(listed)
    return listed


def test_consent_is_withdrawn_at_once_and_nothing_of_it_stays(cast: Cast) -> None:
    person = someone(cast)
    need = cared(cast, person)
    with cast.lin.acting() as lin:
        withdraw(need, source="family:1", by=lin, now=NOW)
        assert not CareNeed.objects.exists()
        with pytest.raises(Refused):
            withdraw(need, source="family:1", by=lin, now=NOW)
    cared(cast, person)  # and written down again when they like
    with cast.auditor.acting():
        facts = list(Entry.objects.filter(verb__startswith="care.").values_list("verb", "subject", "facts"))
    assert [verb for verb, _subject, _facts in facts] == ["care.record", "care.withdraw", "care.record"]
    assert all(subject.startswith("care:") for _verb, subject, _facts in facts)
    assert "stairs" not in str(facts)
    assert str(person.pk) not in {str(value) for _verb, _subject, said in facts for value in said.values()}


def test_moving_away_ends_it_moving_house_does_not(cast: Cast) -> None:
    person, other = someone(cast), someone(cast, at=1)
    cared(cast, person)
    cared(cast, other)
    with cast.lin.acting() as lin:
        leave(person, on=TODAY, source="worker:1", by=lin, now=NOW)
        assert [need.person_id for need in CareNeed.objects.all()] == [other.pk]
    with as_system("test"):
        assert other.home is not None
        Dwelling.objects.filter(pk=other.home.dwelling_id).update(area_id=cast.far_grid_id)
    with cast.lin.acting():
        assert not CareNeed.objects.exists()
    with cast.zhou.acting():
        assert CareNeed.objects.get().area_id == cast.far_grid_id
    with as_system("test"), pytest.raises(IntegrityError):
        Person.objects.filter(pk=other.pk).delete()


def test_carers_have_a_post_there_and_are_two(cast: Cast) -> None:
    need = cared(cast, someone(cast))
    with cast.lin.acting() as lin:
        for carers in (
            Carers(cast.zhou.account_id), Carers(cast.lin.account_id, cast.zhao.account_id), Carers(Outside(" ")),
            Carers(cast.lin.account_id, cast.lin.account_id), Carers(Outside("吴", "138")),
            Carers(NEIGHBOUR, NEIGHBOUR),
        ):  # fmt: skip
            with pytest.raises(Refused):
                name_carers(need, carers=carers, by=lin, now=NOW)
        held = name_carers(need, carers=Carers(NEIGHBOUR, cast.wang.account_id), by=lin, now=NOW)
        assert (held.carer_id, held.deputy_id) == (None, cast.wang.account_id)
        with pytest.raises(Refused):
            open_carer(held, hand=Hand.CARER, purpose="curiosity", by=lin, now=NOW)
        seen = open_carer(held, hand=Hand.CARER, purpose="care", by=lin, now=NOW)
        assert (seen.name, seen.phone) == ("邻居老吴(虚构)", "13800000002")
        with pytest.raises(Refused):
            open_carer(held, hand=Hand.DEPUTY, purpose="care", by=lin, now=NOW)
        person = Person.objects.get(pk=held.person_id)
        assert [(one.what, one.role) for one in looks(person)] == [("照应的人", "网格员")]
        end_need(held, why=CareEnd.NOT_NEEDED, by=lin, now=NOW)
        assert len(looks(person)) == 1  # also when the need is over
    registered(cast, at=5)
    with cast.wang.acting():
        other = Person.objects.exclude(pk=person.pk).order_by("-pk")[0]
        assert looks(other) == []
    with cast.zhou.acting():
        assert looks(person) == []


def test_neither_the_table_nor_the_length_of_a_value_tells_what_it_is(cast: Cast) -> None:
    person = someone(cast)
    for code in ("bed", "lift_to_treatment", "aged"):
        cared(cast, person, code, help_note="敲门" * len(code), carers=Carers(NEIGHBOUR))
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(
            "select n::text, length(need), length(note), length(grounds), length(carer_outside) from people_careneed n"
        )
        rows = cursor.fetchall()
    assert len({row[1:] for row in rows}) == 1
    for clear in ('"bed"', "lift_to_treatment", '"aged"', "敲门敲门", "邻居", "13800000002", "女儿"):
        assert clear not in str(rows)
        assert clear.encode().hex() not in str(rows)


@pytest.mark.django
def test_no_column_in_clear_could_say_what_it_is() -> None:
    clear = {field.name for field in CareNeed._meta.concrete_fields if not isinstance(field, BinaryField)}
    assert clear == {
        "id", "person", "area", "basis", "consent", "consent_on", "carer", "deputy", "source", "opened_on",
        "confirmed_on", "ends_on",
    }  # fmt: skip
    assert "person" not in {field.name for field in CareCount._meta.concrete_fields}


def test_who_sees_and_writes_what(cast: Cast) -> None:
    """Rows: who; columns: rows of needs, of persons, charges, counts, may record, confirm, withdraw."""
    person = someone(cast)
    cared(cast, person, "hearing")
    need = cared(cast, person, carers=Carers(cast.town.account_id, cast.wang.account_id))
    for at in range(1, 6):
        cared(cast, someone(cast, at=at))
    with as_system("test") as system:
        count_needs(by=system, now=NOW)
    seen = {name: _seen(getattr(cast, name), person, need) for name in TABLE}
    assert seen == TABLE


TABLE = {  # needs, persons, charges, kinds counted, record, confirm, withdraw
    "lin": (7, 6, 6, 2, True, True, True),
    "wang": (7, 6, 1, 2, True, True, True),
    "town": (1, 0, 1, 2, False, False, True),
    "chief": (0, 0, 0, 2, False, False, False),
    "zhou": (0, 0, 0, 0, False, False, False),
    "zhao": (0, 0, 0, 0, False, False, False),
    "acceptor": (0, 0, 0, 0, False, False, False),
    "dispatcher": (0, 0, 0, 0, False, False, False),
    "checker": (0, 0, 0, 0, False, False, False),
    "other_unit": (0, 0, 0, 0, False, False, False),
    "auditor": (0, 0, 0, 0, False, False, False),
    "system_admin": (0, 0, 0, 0, False, False, False),
    "security_admin": (0, 0, 0, 0, False, False, False),
    "sun": (0, 0, 0, 0, False, False, False),
}


def _seen(who: Somebody, person: Person, need: CareNeed) -> tuple[int | bool, ...]:
    with who.acting() as actor:
        seen = (CareNeed.objects.count(), Person.objects.count(), len(charges(actor, today=TODAY)),
                CareCount.objects.count())  # fmt: skip
    given: dict[str, Any]
    stranger, given = Carers(NEIGHBOUR), {"source": "w:1", "now": NOW}
    acts: list[Callable[[Actor], object]] = [
        lambda actor: record_need(person, code="meals", given=AGREED, carers=stranger, by=actor, **given),
        lambda actor: confirm_need(need, by=actor, **given),
        lambda actor: withdraw(need, by=actor, **given),
    ]
    done = []
    for act in acts:
        try:
            with who.acting() as actor, transaction.atomic():
                act(actor)
                done.append(True)
                transaction.set_rollback(True)
        except (Refused, CareNeed.DoesNotExist, Person.DoesNotExist):
            done.append(False)
    return (*seen, *done)


def test_a_carer_sees_door_need_and_how_to_help_until_the_post_ends(cast: Cast) -> None:
    from wangge.access.models import Post

    person = someone(cast)
    cared(cast, person, help_note="两个人抬", carers=Carers(cast.town.account_id))
    with cast.town.acting() as town:
        ((one, door, note),) = charges(town, today=TODAY)
        assert gone([one.row], timezone.now()) == set()
        assert (one.code, note) == ("stairs", "两个人抬")
        assert Dwelling.objects.get(pk=door or 0).area_id == cast.grid_id
        assert not Person.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            CareNeed.objects.filter(pk=one.row.pk).update(source="x")
    with as_system("test"):
        Post.objects.filter(account_id=cast.town.account_id).update(valid_to=NOW)
    with cast.town.acting() as town:
        assert charges(town, today=TODAY) == []
        assert not CareNeed.objects.exists()
    with cast.lin.acting():
        (row,) = CareNeed.objects.all()
        assert gone([row], timezone.now()) == {(cast.town.account_id, cast.grid_id)}


def test_one_to_four_are_held_back_where_they_are_counted(cast: Cast) -> None:
    for at in range(5):
        person = someone(cast, at=at)
        cared(cast, person)
        if at:
            cared(cast, person, "meals")
    with as_system("test") as system:
        assert count_needs(by=system, now=NOW).number == 9
        assert count_needs(by=system, now=NOW).number == 9  # counted anew, not added
        assert counts([cast.grid_id]) == {cast.grid_id: {"stairs": 5, "meals": None}}
        with pytest.raises(IntegrityError), transaction.atomic():
            CareCount.objects.filter(code="meals").update(number=4)
    with cast.chief.acting() as chief, pytest.raises(Refused):
        count_needs(by=chief, now=NOW)


def test_the_register_is_read_in_pages_and_opened_in_one_batch(cast: Cast, queries_of: QueriesOf) -> None:
    people = [someone(cast, at=at) for at in range(4)]
    for person in people:
        for code in ("stairs", "hearing", "meals"):
            given = URGENT if code == "meals" else AGREED
            deputy = cast.wang.account_id if code == "stairs" else None
            cared(cast, person, code, given=given, carers=Carers(cast.lin.account_id, deputy))
    with cast.lin.acting() as lin:
        register(lin, Wanted(), today=TODAY)
        with queries_of(2):
            first = register(lin, Wanted(), today=TODAY, size=5)
        with queries_of(2):
            assert len(register(lin, Wanted(), today=TODAY, size=11)) == 12
        assert [one.code for one in first[:4]] == ["meals"] * 4
        last = first[4].row
        rest = register(lin, Wanted(), today=TODAY, after=(last.ends_on, last.pk))
        assert {one.row.pk for one in first[:5]} | {one.row.pk for one in rest} == set(
            CareNeed.objects.values_list("pk", flat=True)
        )
        assert len(rest) == 7
        sizes = {
            wanted: len(register(lin, wanted, today=TODAY))
            for wanted in (Wanted(code="stairs"), Wanted(due=True), Wanted(alone=True), Wanted(urgent=True),
                           Wanted(grid=cast.grid_id), Wanted(grid=cast.far_grid_id), Wanted(code="hearing", alone=True))
        }  # fmt: skip
        assert list(sizes.values()) == [4, 4, 8, 4, 12, 0, 4]
        assert len(register(lin, Wanted(code="stairs"), today=TODAY, size=2)) == 3
        assert people[0].home is not None
        homes = homes_of(households_of(people[0].home.dwelling)[0])
        with queries_of(2):
            ((one,),) = (home.living for home in with_needs(homes, today=TODAY))
        assert [need.code for need in one.needs] == ["stairs", "hearing", "meals"]
        with queries_of(3):
            assert len(charges(lin, today=TODAY, size=2)) == 3
        with queries_of(3):
            assert len(charges(lin, today=TODAY, size=20)) == 12
    with cast.wang.acting() as wang:
        assert len(register(wang, Wanted(), today=TODAY)) == 12


def test_an_ended_need_says_why_in_the_book_and_not_what_it_was(cast: Cast) -> None:
    need = cared(cast, someone(cast))
    registered(cast, at=3)
    with cast.lin.acting() as lin:
        end_need(need, why=CareEnd.NOT_NEEDED, by=lin, now=NOW)
    with cast.auditor.acting():
        entry = Entry.objects.get(verb="care.end")
    assert (entry.subject, entry.facts) == (f"care:{need.pk}", {"why": "not_needed"})
