"""A person is removed with all that hangs on them; nothing is orphaned; the book keeps numbers. All are invented."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import ForeignKey, ProtectedError

from tests.cast import Cast
from tests.people.keeping import EVENT, after, city, people_of_a_city, ran
from wangge.access.action import Refused
from wangge.exchange.models import Change
from wangge.jobs import keeping
from wangge.jobs.keeping import Hanging, hanging_on
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions.erasing import HOUSEHOLDS, OCCUPANCIES, PERSONS, erase_person
from wangge.people.actions.holding import Reason, hold, release
from wangge.people.models import Household, Occupancy, Person, RetentionHold
from wangge.people.words import EraseGround, HoldGround
from wangge.vault.sealed import everything

COURT = Reason(HoldGround.DISPUTE, "pipl", "47", "（2026）民初 15 号")
OWN = {("people_person", "home"), ("people_occupancy", "person"), ("people_occupancy", "household")}
"""Foreign keys that erasing itself looks after."""


def pointing() -> Iterator[tuple[type[models.Model], "ForeignKey[models.Model]"]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                yield model, field


def target_of(field: "ForeignKey[models.Model]") -> type[models.Model]:
    assert isinstance(field.related_model, type)
    return field.related_model


def test_whatever_points_to_a_person_or_a_household_is_known_to_erasing() -> None:
    known = {(each.on, each.table) for table in (PERSONS, HOUSEHOLDS) for each in hanging_on(table)}
    forgotten = [
        (model._meta.db_table, field.name)
        for model, field in pointing()
        if (on := target_of(field)._meta.db_table) in (PERSONS, HOUSEHOLDS)
        and (model._meta.db_table, field.name) not in OWN
        and (on, model._meta.db_table) not in known
    ]
    assert forgotten == []


def orphans() -> list[tuple[str, str, int]]:
    """Rows of the whole house that point to nothing, by foreign key, by record of an import, by sealed name."""
    found = []
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        for model, field in pointing():
            target = target_of(field)
            if model._meta.managed and not model._meta.proxy and _readable(cursor, model, target):
                missing = model._default_manager.filter(**{f"{field.name}__isnull": False})
                missing = missing.exclude(**{f"{field.attname}__in": target._default_manager.values("pk")})
                if rows := missing.count():
                    found.append((model._meta.db_table, field.name, rows))
        for model in (Person, Household, Occupancy):
            loose = Change.objects.filter(table__iexact=model._meta.label_lower)
            if rows := loose.exclude(record__in=model._default_manager.values("pk")).count():
                found.append(("exchange_change", model._meta.label_lower, rows))
        for each in everything():
            cursor.execute(f"select count(*) from {each.table} where ({each.named_by or each.key_column}) is null")
            if rows := cursor.fetchone()[0]:
                found.append((each.table, each.named_by, rows))
    return found


def _readable(cursor: object, *models_: type[models.Model]) -> bool:
    from wangge.access.grants import GRANTS

    return all("select" in GRANTS.get(model._meta.db_table, ()) for model in models_)


def test_a_person_goes_with_everything_and_leaves_numbers_in_the_book(cast: Cast) -> None:
    made = people_of_a_city(cast)
    with as_system("test") as system:
        erased = erase_person(made["guo"], ground=EraseGround.CONSENT_WITHDRAWN, by=system, now=EVENT)
        assert erased.along == {OCCUPANCIES: 2}
        erased = erase_person(made["he"], ground=EraseGround.CONSENT_WITHDRAWN, by=system, now=EVENT)
        assert erased.along == {OCCUPANCIES: 1, HOUSEHOLDS: 1}
        entry = Entry.objects.filter(verb="person.erase").latest("id")
        assert (entry.subject, entry.facts) == (
            f"person:{made['he']}", {"ground": "withdrawn", "along": [f"{HOUSEHOLDS}:1", f"{OCCUPANCIES}:1"]}
        )  # fmt: skip
        assert set(Person.objects.values_list("pk", flat=True)) == {made["sun"]}
        assert set(Household.objects.values_list("pk", flat=True)) == {made["first"]}
        with pytest.raises(Refused):
            erase_person(made["he"], ground=EraseGround.MISTAKE, by=system, now=EVENT)
    assert orphans() == []


def test_who_is_left_alone_by_an_erasing_keeps_a_household_that_ended(cast: Cast) -> None:
    made = people_of_a_city(cast)
    with as_system("test") as system:
        for who in ("guo", "he"):
            Occupancy.objects.filter(person=made[who], household=made["second"]).update(since=date(2026, 1, 1))
        Occupancy.objects.create(
            area_id=cast.grid_id, person_id=made["sun"], household_id=made["second"], tenure="guest", source="w:1",
            until=date(2026, 2, 1), confirmed_on=date(2026, 2, 1),
        )  # fmt: skip
        for who in ("guo", "he"):
            erase_person(made[who], ground=EraseGround.CONSENT_WITHDRAWN, by=system, now=EVENT)
        assert Household.objects.get(pk=made["second"]).until == date(2026, 3, 10)


def test_nobody_but_the_house_itself_removes(cast: Cast) -> None:
    made = people_of_a_city(cast)
    for who in (cast.lin, cast.wang, cast.security_admin, cast.auditor, cast.system_admin):
        with who.acting() as actor:
            with pytest.raises(Refused):
                erase_person(made["sun"], ground=EraseGround.MISTAKE, by=actor, now=EVENT)
            assert Occupancy.objects.filter(person=made["sun"]).delete()[0] == 0
    with as_system("test"):
        assert Person.objects.filter(pk=made["sun"]).exists()


def test_a_hold_keeps_a_person_from_requests_and_from_the_night(cast: Cast) -> None:
    made = people_of_a_city(cast)
    with cast.security_admin.acting() as admin:
        held = hold(COURT, until=after(370).date(), person_id=made["sun"], by=admin, now=after(10))
        with pytest.raises(Refused, match="."):
            hold(COURT, until=after(370).date(), person_id=10**9, by=admin, now=after(10))
    with as_system("test") as system, pytest.raises(Refused):
        erase_person(made["sun"], ground=EraseGround.PURPOSE_MET, by=system, now=after(11))
    ran(after(366))
    with as_system("test"):
        assert Person.objects.filter(pk=made["sun"]).exists()
        assert Occupancy.objects.filter(person=made["sun"]).count() == 1
    with cast.security_admin.acting() as admin:
        release(held, by=admin, now=after(366))
    ran(after(367))
    with as_system("test"):
        assert not Person.objects.filter(pk=made["sun"]).exists()
        assert not RetentionHold.objects.exists()
    assert orphans() == []


def test_what_is_open_elsewhere_keeps_the_person(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = people_of_a_city(cast)
    monkeypatch.setattr(keeping, "_hanging", dict(keeping._hanging))
    open_ones = Hanging(PERSONS, "requests", lambda ids: 0, lambda: Person.objects.filter(pk=made["sun"]).values("pk"))
    keeping.hangs(open_ones)
    ran(after(400))
    with as_system("test") as system:
        assert set(Person.objects.values_list("pk", flat=True)) >= {made["sun"]}
        with pytest.raises(Refused):
            erase_person(made["sun"], ground=EraseGround.TIME_OVER, by=system, now=after(400))


def test_a_forgotten_foreign_key_refuses_instead_of_orphaning(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = people_of_a_city(cast)
    monkeypatch.setattr(keeping, "_hanging", {})
    with cast.security_admin.acting() as admin:
        held = hold(COURT, until=EVENT.date() + timedelta(days=2), person_id=made["sun"], by=admin, now=EVENT)
        release(held, by=admin, now=EVENT)
    with as_system("test") as system, pytest.raises(ProtectedError):
        erase_person(made["sun"], ground=EraseGround.MISTAKE, by=system, now=EVENT)


def test_nothing_is_orphaned_when_a_whole_city_has_passed(cast: Cast) -> None:
    city(cast)
    assert orphans() == []
    for days in (30, 90, 365, 1095):
        ran(after(days))
        assert orphans() == [], days
