"""Who may be written down twice: proposed by blind indexes alone, never again once somebody said two people."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.people.merging import LATER, entry, merged, unmerged
from wangge.access.action import Refused
from wangge.ledger.models import Entry
from wangge.people import actions
from wangge.people.actions import Member
from wangge.people.models import Person
from wangge.people.queries import same
from wangge.people.words import Likeness, Tenure


def said(name: str, phone: str = "", document: str = "") -> Member:
    return Member(name, Tenure.TENANT, phone=phone, document_kind="passport" if document else "", document=document)


def proposed(cast: Cast) -> list[tuple[Likeness, int, int]]:
    with cast.lin.acting():
        return [(one.likeness, one.first.person.pk, one.second.person.pk) for one in same.pairs(None)[0]]


def test_pairs_are_proposed_by_index_the_strongest_first(cast: Cast) -> None:
    def at(door: int, *members: Member) -> Person:
        return entry(cast.lin, cast.grid_id, *members, at=door)

    one = at(
        0, said("孙兰（虚构）", "13800000001"), said("孙小兰（虚构）", "13800000001")
    )  # a family has one telephone
    two = at(1, said("孙兰（虚构）"))
    three = at(2, said("孙兰（虚构）", "13800000001"))
    four = at(2, said("孙兰（虚构）"))
    with cast.lin.acting():
        child = Person.objects.filter(home=one.home).exclude(pk=one.pk).get()
    assert proposed(cast) == [
        (Likeness.NAME_PHONE, one.pk, three.pk),
        (Likeness.NAME_DOOR, three.pk, four.pk),
        (Likeness.PHONE, child.pk, three.pk),
        (Likeness.NAME, one.pk, two.pk),
        (Likeness.NAME, one.pk, four.pk),
        (Likeness.NAME, two.pk, three.pk),
        (Likeness.NAME, two.pk, four.pk),
    ]


def test_two_documents_are_two_people_and_one_document_is_one(cast: Cast) -> None:
    far = entry(cast.zhou, cast.far_grid_id, said("孙兰（虚构）", "13800000001", "E00000001"))
    one = entry(cast.lin, cast.grid_id, said("孙兰（虚构）", "13800000001", "E00000001"))
    entry(cast.lin, cast.grid_id, said("孙兰（虚构）", "13800000001", "E00000002"), at=1)
    assert proposed(cast) == []  # 林 does not see the far grid
    with cast.wang.acting():
        sees_far = Person.objects.filter(pk=far.pk).exists()
        found = [(row.likeness, row.second.person.pk) for row in same.pairs(None)[0]]
    assert found == ([(Likeness.DOCUMENT, one.pk)] if sees_far else [])


def test_who_are_two_people_is_remembered_through_merges_and_can_be_taken_back(cast: Cast) -> None:
    one, two, three = (entry(cast.lin, cast.grid_id, said("孙兰（虚构）"), at=door) for door in range(3))
    with cast.lin.acting() as lin:
        actions.keep_apart(three, two, by=lin, now=LATER)
        actions.keep_apart(two, three, by=lin, now=LATER)
        assert same.are_apart(two.pk, three.pk)
    assert [row[1:] for row in proposed(cast)] == [(one.pk, two.pk), (one.pk, three.pk)]
    merge = merged(cast.lin, one, two)
    assert proposed(cast) == []  # the third is not the second, so not the first
    unmerged(cast.lin, merge)
    with cast.lin.acting() as lin:
        actions.think_again(two, three, by=lin, now=LATER)
        with pytest.raises(Refused):
            actions.think_again(two, three, by=lin, now=LATER)
    assert len(proposed(cast)) == 3
    with pytest.raises(Refused), cast.zhou.acting() as zhou:
        actions.keep_apart(one, two, by=zhou, now=LATER)
    with cast.auditor.acting():
        facts = list(
            Entry.objects.filter(verb__startswith="person.apart").order_by("id").values_list("facts", flat=True)
        )
    assert facts == [{"other": three.pk}] * 3


def test_a_name_written_otherwise_is_found_from_the_person_at_their_door(cast: Cast) -> None:
    one = entry(cast.lin, cast.grid_id, said("孙兰"))
    two = entry(cast.lin, cast.grid_id, said("孫蘭"))
    entry(cast.lin, cast.grid_id, said("孫蘭"), at=1)
    entry(cast.lin, cast.grid_id, said("郭强"))
    with cast.lin.acting() as lin:
        found = [(row.likeness, row.second.person.pk) for row in same.of_person(one)]
        assert found == [(Likeness.VARIANT, two.pk)]
        actions.keep_apart(one, two, by=lin, now=LATER)
        assert same.of_person(one) == []


def test_pages_hold_each_pair_once_at_one_cost(cast: Cast, queries_of: QueriesOf) -> None:
    people = [entry(cast.lin, cast.grid_id, said("孙兰（虚构）"), at=0) for _ in range(2)]
    with cast.lin.acting(), queries_of(2):
        assert len(same.pairs(None)[0]) == 1
    people.append(entry(cast.lin, cast.grid_id, said("孙兰（虚构）"), at=1))
    with cast.lin.acting():
        with queries_of(2):
            whole, last = same.pairs(None)
        assert (len(whole), last) == (3, None)
        seen: list[Any] = []
        after = None
        for _ in range(3):
            page, after = same.pairs(after, 1)
            seen += page
        assert after is None
        assert [(one.first.person.pk, one.second.person.pk) for one in seen] == [
            (one.first.person.pk, one.second.person.pk) for one in whole
        ]
        assert all("兰" not in one.first.name + one.second.name for one in whole)
