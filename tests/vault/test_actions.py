"""Compartments from opening to shredding, in both suites. All people are invented."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from tests.cast import Cast, case
from wangge.cases import actions as cases
from wangge.cases.actions import intake
from wangge.cases.models import Case, Contact
from wangge.places.queries import by_token
from wangge.vault import actions, queries
from wangge.vault.cipher import SUITES, Unreadable
from wangge.vault.keys import KeyDestroyed, KeyMissing, KeyStore
from wangge.vault.models import Compartment

PHONE, NAME = "13800000001", "孙奶奶"
WHERE = {"table": "cases_contact", "column": "phone", "row": "260301-000001"}


def opened(code: str, suite: str = "intl") -> Compartment:
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"suite": suite})):
        return actions.open_compartment(code, now=timezone.now())


@pytest.mark.parametrize("suite", SUITES)
def test_a_value_is_sealed_found_opened_and_shredded_in_either_suite(own_keys: KeyStore, suite: str) -> None:
    compartment = opened(f"flood-{suite}", suite)
    sealed = actions.seal(compartment.code, NAME, **WHERE)
    index = actions.blind_index(compartment.code, PHONE)
    assert (compartment.generations.get().suite, sealed[1]) == (suite, SUITES[suite].number)
    assert queries.open_sealed(compartment.code, sealed, **WHERE) == NAME
    assert (actions.blind_index(compartment.code, PHONE), len(index)) == (index, 32)
    with pytest.raises(Unreadable):
        queries.open_sealed(compartment.code, sealed, **WHERE | {"row": "260301-000002"})
    actions.destroy(compartment, now=timezone.now())
    for again in (
        lambda: queries.open_sealed(compartment.code, sealed, **WHERE),
        lambda: actions.seal(compartment.code, NAME, **WHERE),
        lambda: actions.blind_index(compartment.code, PHONE),
    ):
        with pytest.raises(KeyDestroyed):
            again()


def test_a_blind_index_says_nothing_across_compartments_or_areas(own_keys: KeyStore) -> None:
    for code in ("flood", "heat"):
        opened(code)
    found = {actions.blind_index(code, PHONE, area=area) for code in ("flood", "heat") for area in (None, 1, 2)}
    assert len(found) == 6


def test_opening_twice_makes_one_key(own_keys: KeyStore) -> None:
    first, second = opened("flood"), opened("flood")
    assert (first.pk, own_keys.ids()) == (second.pk, frozenset({first.generations.get().key_id}))


def test_the_rest_stays_readable_when_one_compartment_dies(own_keys: KeyStore) -> None:
    sealed = {code: actions.seal(opened(code).code, NAME, **WHERE) for code in ("flood", "heat", "typhoon")}
    actions.destroy(Compartment.objects.get(code="heat"), now=timezone.now())
    readable = []
    for code, value in sealed.items():
        try:
            readable.append((code, queries.open_sealed(code, value, **WHERE)))
        except KeyDestroyed:
            readable.append((code, ""))
    assert readable == [("flood", NAME), ("heat", ""), ("typhoon", NAME)]


def test_another_process_forgets_the_key_as_soon_as_it_is_destroyed(own_keys: KeyStore) -> None:
    compartment = opened("flood")
    sealed = actions.seal("flood", NAME, **WHERE)
    assert queries.open_sealed("flood", sealed, **WHERE) == NAME
    own_keys.destroy(
        compartment.generations.get().key_id, now=timezone.now()
    )  # as somebody else's process does: nothing is told to us
    with pytest.raises(KeyDestroyed):
        queries.open_sealed("flood", sealed, **WHERE)
    assert queries._kept.cache_info().currsize == 0


def test_destroying_twice_is_refused(own_keys: KeyStore) -> None:
    compartment = opened("flood")
    assert actions.destroy(compartment, now=timezone.now()) == compartment.generations.get().key_id
    with pytest.raises(ValueError, match=r"destroyed|销毁"):
        actions.destroy(compartment, now=timezone.now())


def test_a_lost_key_is_missing_and_not_destroyed(own_keys: KeyStore) -> None:
    opened("flood")
    for place in own_keys.places:
        shutil.rmtree(place.folder)
    with pytest.raises(KeyMissing):
        actions.seal("flood", NAME, **WHERE)


def test_a_restored_database_learns_which_compartments_are_dead(own_keys: KeyStore, tmp_path: Path) -> None:
    dead, alive = opened("flood"), opened("heat")
    for place in own_keys.places:
        shutil.copytree(place.folder, tmp_path / "backup" / place.folder.name)
    actions.destroy(dead, now=timezone.now())
    Compartment.objects.filter(pk=dead.pk).update(destroyed_at=None)
    shutil.rmtree(own_keys.folder)
    shutil.rmtree(own_keys.copies[0])
    shutil.copytree(tmp_path / "backup" / own_keys.folder.name, own_keys.folder)
    assert own_keys.ids() == {dead.generations.get().key_id, alive.generations.get().key_id}
    assert actions.obey_the_dead(now=timezone.now()) == ("flood",)
    assert [place.ids() for place in own_keys.places] == [{alive.generations.get().key_id}] * 2
    assert Compartment.objects.get(code="flood").destroyed_at is not None
    assert actions.obey_the_dead(now=timezone.now()) == ()


def test_the_list_of_the_dead_travels_with_the_exported_seals(own_keys: KeyStore, tmp_path: Path) -> None:
    away = tmp_path / "second host"
    away.mkdir()
    actions.copy_tombstones(away)
    assert list(away.iterdir()) == []
    actions.destroy(opened("flood"), now=timezone.now())
    actions.copy_tombstones(away)
    assert [(p.name, p.read_bytes()) for p in away.iterdir()] == [(actions.DESTROYED, own_keys.tombstones.read_bytes())]


def test_a_contact_cannot_be_opened_after_the_shredding(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P2 in small: the row is there, the case is there, the number is gone; in a copy of the row as well."""
    from wangge.jobs.system import as_system

    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path})):
        with as_system("test"):
            flood = opened("flood")
        monkeypatch.setattr(intake, "COMPARTMENT", "flood")
        with cast.sun.acting() as sun:
            place = by_token(cast.building_token)
            assert place is not None
            received = cases.report(cases.Report(place, "楼道漏水", phone=PHONE), by=sun, now=timezone.now())
        number = received.case.number
        with cast.chief.acting() as chief:
            seen = cases.open_contact(case(number), purpose="call_back", by=chief, now=timezone.now())
        assert seen.phone == PHONE
        with as_system("test"):
            actions.destroy(flood, now=timezone.now())
        with cast.chief.acting() as chief, pytest.raises(KeyDestroyed):
            cases.open_contact(case(number), purpose="call_back", by=chief, now=timezone.now())
        with as_system("test"):
            assert (Case.objects.filter(number=number).count(), Contact.objects.count()) == (1, 1)
