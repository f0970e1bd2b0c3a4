"""Subjects of a compartment: found and resolved with the key, of one length, in no order, nobody without it."""

import pytest
from django.utils import timezone

from wangge.vault import actions, queries, subjects
from wangge.vault.keys import KeyDestroyed, KeyStore
from wangge.vault.models import Compartment
from wangge.vault.queries import Unreadable
from wangge.vault.subjects import LENGTH, Subject, refer, resolve

CODE, TABLE = "flood", "vt_affected"
PEOPLE = [Subject("person", pk) for pk in (1, 8213, 999_999, 10**18)]


@pytest.fixture
def flood(own_keys: KeyStore) -> Compartment:
    return actions.open_compartment(CODE, now=timezone.now())


def test_who_a_row_is_about_opens_with_the_key_and_in_that_row_only(flood: Compartment) -> None:
    held = refer(CODE, PEOPLE, table=TABLE)
    assert resolve(CODE, [(one.reference, one.token) for one in held], table=TABLE) == [one.subject for one in held]
    assert sorted(one.subject for one in held) == PEOPLE
    first, second = held[:2]
    for reference, token, table in ((first.reference, second.token, TABLE), (first.reference, first.token, "other")):
        with pytest.raises(Unreadable):
            resolve(CODE, [(reference, token)], table=table)


def test_the_same_subject_has_the_same_pseudonym_and_another_compartment_another(flood: Compartment) -> None:
    actions.open_compartment("heat", now=timezone.now())
    first, again = refer(CODE, PEOPLE[:1], table=TABLE) + refer(CODE, PEOPLE[:1], table="vt_order")
    assert [first.pseudonym, again.pseudonym] == subjects.pseudonyms(CODE, PEOPLE[0]) * 2
    assert (first.token != again.token, first.reference != again.reference) == (True, True)
    assert subjects.pseudonyms("heat", PEOPLE[0]) != [first.pseudonym]
    assert subjects.pseudonyms(CODE, Subject("dwelling", 1)) != [first.pseudonym]
    assert first.ledger_subject == again.ledger_subject == f"subject:{first.pseudonym.hex()[:32]}"


def test_a_pseudonym_is_never_the_index_of_a_value(flood: Compartment) -> None:
    (held,) = refer(CODE, PEOPLE[1:2], table=TABLE)
    for value in ("8213", "person:8213", f"{'person':<20}:{8213:019d}"):
        assert actions.blind_index(CODE, value) != held.pseudonym


def test_neither_length_nor_order_tells(flood: Compartment) -> None:
    many = [Subject("person", pk) for pk in range(500)] + [Subject("dwelling", 10**12)]
    held = refer(CODE, many, table=TABLE)
    assert {(len(one.reference), len(one.pseudonym), len(one.token)) for one in held} == {(LENGTH + 46, 32, 32)}
    orders = [[one.subject for one in refer(CODE, many, table=TABLE)] for _ in range(2)]
    assert (orders[0] != many, orders[0] != orders[1], sorted(orders[0]) == sorted(many)) == (True, True, True)


@pytest.mark.parametrize("wrong", [("per son", 1), ("person", -1), ("person", 10**19), ("x" * 21, 1), ("", 1)])
def test_what_is_no_row_of_the_registry_is_refused(flood: Compartment, wrong: tuple[str, int]) -> None:
    with pytest.raises(ValueError, match="no row"):
        refer(CODE, [Subject(*wrong)], table=TABLE)


def test_the_pseudonym_dies_with_the_key(flood: Compartment) -> None:
    held = refer(CODE, PEOPLE, table=TABLE)
    actions.destroy(flood, now=timezone.now())
    for again in (
        lambda: subjects.pseudonyms(CODE, PEOPLE[0]),
        lambda: resolve(CODE, [(held[0].reference, held[0].token)], table=TABLE),
        lambda: refer(CODE, PEOPLE, table=TABLE),
    ):
        with pytest.raises(KeyDestroyed):
            again()


def test_an_exchange_of_keys_finds_references_and_pseudonyms(flood: Compartment) -> None:
    spec = subjects.sealed_table(TABLE, "note")
    assert (spec.key_column, spec.columns, spec.compartment_column) == ("token", ("reference", "note"), "compartment")
    assert [(index.column, index.of) for index in spec.indexes] == [("pseudonym", "reference")]
    (held,) = refer(CODE, PEOPLE[:1], table=TABLE)
    written = queries.open_sealed(CODE, held.reference, table=TABLE, column="reference", row=held.token)
    assert actions.blind_index(CODE, spec.indexes[0].normal(written)) == held.pseudonym
