"""Two entries that are one person: what goes over, what is refused, what the book holds. All persons are invented."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from tests.cast import Cast
from tests.people.caring import cared
from tests.people.merging import LATER, LISTED, TYPED, entry, everything, merged, twice, unmerged
from tests.people.test_erasing import COURT, orphans
from wangge.access.action import Refused
from wangge.jobs.keeping import hanging_on
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people import actions
from wangge.people.actions import Member
from wangge.people.actions.erasing import PERSONS, erase_person
from wangge.people.actions.holding import hold, release
from wangge.people.actions.rights import Asking, ask
from wangge.people.actions.rights_link import hand_link
from wangge.people.models import (
    Apart,
    CareNeed,
    Household,
    Merge,
    MergedPerson,
    Occupancy,
    Person,
    RightsLink,
    RightsRequest,
)
from wangge.people.models.rights_words import Right
from wangge.people.queries.comparing import opened
from wangge.people.queries.homes import homes_of, households_of
from wangge.people.queries.merging import ALONG, leads_to
from wangge.people.queries.shown_looks import looks
from wangge.people.words import EraseGround, Kept, Tenure, TwoNumbers

MOVED = {model._meta.db_table for model in ALONG} | {
    "people_occupancy", "people_retentionhold",
}  # fmt: skip
OTHERWISE = {
    "people_merge",  # of before, told by their own tests
    "people_arrival", "exchange_change",  # a list that names one of the two is finished first
    "people_canary",  # joined to nobody
}  # fmt: skip


def test_whatever_hangs_on_a_person_is_known_to_merging() -> None:
    hanging = {each.table for each in hanging_on(PERSONS)} | {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    }
    assert hanging == MOVED | OTHERWISE


def test_what_one_knows_goes_to_the_other_and_comes_back(cast: Cast) -> None:
    kept, gone = twice(cast)
    before = everything()
    merge = merged(cast.lin, kept, gone, took=frozenset({"phone"}))
    with cast.lin.acting():
        assert not Person.objects.filter(pk=gone.pk).exists()
        assert leads_to(gone.pk) == kept.pk
        person = Person.objects.get(pk=kept.pk)
        values = opened([person])[kept.pk]
        assert (values["name"], values["phone"], values["document"]) == (
            "孙兰(虚构)", "13800000002", "passport:E00000001"
        )  # fmt: skip
        assert person.told["phone"][0] == person.told["document"][0] == "import:1"
        assert Occupancy.objects.filter(person=kept, until__isnull=True).count() == 1
    unmerged(cast.lin, merge)
    assert everything() == before
    with as_system("test"):
        assert not MergedPerson.objects.exists()
    with pytest.raises(Refused):
        unmerged(cast.lin, merge)


def test_at_one_door_the_second_home_is_folded_and_was_never_lived_in(cast: Cast) -> None:
    kept = entry(cast.lin, cast.grid_id, TYPED)
    gone = entry(cast.lin, cast.grid_id, LISTED)
    before = everything()
    merge = merged(cast.lin, kept, gone)
    assert kept.home is not None
    with cast.lin.acting():
        now, past = households_of(kept.home.dwelling)
        (home,) = homes_of(now)
        assert [one.occupancy.person_id for one in home.living] == [kept.pk]
        assert home.living[0].is_merged
        assert past == []
        assert Household.objects.get(pk=gone.home_id or 0).until == LATER.date()
    unmerged(cast.lin, merge)
    assert everything() == before


def test_of_two_doors_one_is_chosen_and_the_other_ends(cast: Cast) -> None:
    kept, gone = twice(cast, other=1)
    merged(cast.lin, kept, gone, home=True)
    with cast.lin.acting():
        assert Person.objects.get(pk=kept.pk).home_id == gone.home_id
        said = dict(Occupancy.objects.filter(person=kept).values_list("household_id", "until"))
        assert said == {kept.home_id: LATER.date(), gone.home_id: None}
        assert Household.objects.get(pk=kept.home_id or 0).until == LATER.date()


def planted(cast: Cast, person: Person) -> None:
    """A need, a request, a link, a hold that has ended."""
    cared(cast, person)
    with cast.lin.acting() as lin:
        ask(person, asking=Asking(Right.SEE, seen=True), by=lin, now=LATER)
        hand_link(person, seen=True, by=lin, now=LATER)
    with cast.security_admin.acting() as admin:
        held = hold(COURT, until=LATER.date(), person_id=person.pk, by=admin, now=LATER)
        release(held, by=admin, now=LATER)


def test_everything_that_hangs_on_the_second_goes_over_and_back(cast: Cast) -> None:
    kept, gone = twice(cast, other=1)
    planted(cast, gone)
    before = everything()
    merge = merged(cast.lin, kept, gone)
    with as_system("test"):
        for model in (CareNeed, RightsRequest, RightsLink):
            assert list(model.objects.values_list("person_id", flat=True)) == [kept.pk], model
        assert RightsLink.objects.get().ended_at == LATER  # who has it saw one of the two
        assert all(merge.moved[table] for table in MOVED)
    assert orphans() == []
    unmerged(cast.lin, merge)
    assert everything() == before


def test_two_numbers_are_two_people_unless_somebody_says_why(cast: Cast) -> None:
    kept = entry(
        cast.lin, cast.grid_id, Member("孙兰（虚构）", Tenure.OWNER, document_kind="passport", document="E00000009")
    )
    gone = entry(cast.lin, cast.grid_id, LISTED, at=1)
    with pytest.raises(Refused):
        merged(cast.lin, kept, gone)
    merge = merged(cast.lin, kept, gone, took=frozenset({"document"}), numbers=TwoNumbers.MISTYPED)
    with cast.lin.acting():
        assert opened([Person.objects.get(pk=kept.pk)])[kept.pk]["document"] == "passport:E00000001"
    assert merge.numbers == "mistyped"


def test_what_was_taken_back_is_not_filled_in_from_an_older_entry(cast: Cast) -> None:
    kept, gone = twice(cast)
    with cast.lin.acting() as lin:
        actions.correct(kept, field=Kept.PHONE, value="", source="resident:1", by=lin, now=LATER)
    merged(cast.lin, kept, gone)
    with cast.lin.acting():
        assert Person.objects.get(pk=kept.pk).phone is None


def test_merging_waits_for_holds_requests_to_be_deleted_and_other_areas(cast: Cast) -> None:
    kept, gone = twice(cast)
    with cast.lin.acting() as lin:
        asked = ask(gone, asking=Asking(Right.DELETE, seen=True), by=lin, now=LATER)
    with pytest.raises(Refused):
        merged(cast.lin, kept, gone)
    with as_system("test"):
        RightsRequest.objects.filter(pk=asked.pk).delete()
    with cast.security_admin.acting() as admin:
        held = hold(COURT, until=LATER.date(), person_id=kept.pk, by=admin, now=LATER)
    with pytest.raises(Refused):
        merged(cast.lin, kept, gone)
    with cast.security_admin.acting() as admin:
        release(held, by=admin, now=LATER)
    far = entry(cast.zhou, cast.far_grid_id, TYPED)
    for who in (cast.lin, cast.zhou, cast.wang, cast.town, cast.auditor, cast.system_admin, cast.security_admin):
        with pytest.raises(Refused):
            merged(who, far, gone)
    for who in (cast.zhou, cast.town, cast.auditor, cast.system_admin, cast.security_admin):
        with pytest.raises(Refused):
            merged(who, kept, gone)
    with pytest.raises(Refused), cast.lin.acting() as lin:
        actions.merge_persons(kept, gone, choice=actions.Choice(), purpose="", by=lin, now=LATER)
    merged(cast.wang, kept, gone)


def test_the_book_holds_codes_and_numbers_only(cast: Cast) -> None:
    kept, gone = twice(cast)
    merge = merged(cast.lin, kept, gone, took=frozenset({"phone"}))
    unmerged(cast.lin, merge)
    with cast.auditor.acting():
        first, second = Entry.objects.filter(verb__in=["person.merge", "person.unmerge"]).order_by("id")
    assert first.subject == second.subject == f"person:{kept.pk}"
    assert first.facts == {
        "gone": gone.pk, "merge": merge.pk, "purpose": "register", "role": "grid_worker", "took": ["document", "phone"],
        "numbers": "", "moved": [],
    }  # fmt: skip
    assert second.facts == {
        "gone": gone.pk, "merge": merge.pk, "fields": ["document", "phone"], "staying": [], "away": 0,
        "moved": [],
    }  # fmt: skip


def test_other_communities_see_neither_merge_nor_what_it_keeps(cast: Cast) -> None:
    kept, gone = twice(cast)
    third = entry(cast.lin, cast.grid_id, TYPED, at=2)
    merged(cast.lin, kept, gone)
    with cast.lin.acting() as lin:
        actions.keep_apart(kept, third, by=lin, now=LATER)
        assert (Merge.objects.count(), MergedPerson.objects.count(), Apart.objects.count()) == (1, 2, 1)
    for who in (cast.zhou, cast.town, cast.chief, cast.auditor, cast.security_admin, cast.system_admin, cast.sun):
        with who.acting():
            assert (Merge.objects.count(), MergedPerson.objects.count(), Apart.objects.count()) == (0, 0, 0)
            assert leads_to(gone.pk) is None


def test_looks_at_both_are_told_to_the_person(cast: Cast) -> None:
    kept, gone = twice(cast)
    with cast.lin.acting() as lin:
        actions.open_field(gone, field=Kept.PHONE, purpose="visit", by=lin, now=LATER)
        actions.open_field(kept, field=Kept.NAME, purpose="register", by=lin, now=LATER)
    merge = merged(cast.lin, kept, gone)
    with cast.lin.acting():
        name, phone = (one.what for one in looks(kept))
        assert name != phone
    unmerged(cast.lin, merge)
    with cast.lin.acting():
        assert [one.what for one in looks(kept)] == [name]
        assert [one.what for one in looks(gone)] == [phone]


def test_a_person_who_is_removed_takes_merges_and_pairs_along(cast: Cast) -> None:
    kept, gone = twice(cast)
    third = entry(cast.lin, cast.grid_id, TYPED, at=2)
    with cast.lin.acting() as lin:
        actions.keep_apart(gone, third, by=lin, now=LATER)
    merged(cast.lin, kept, gone)
    with as_system("test") as system:
        erased = erase_person(kept.pk, ground=EraseGround.MISTAKE, by=system, now=LATER)
        assert erased.along["people_merge"] == 1
        assert not Merge.objects.exists()
        assert not MergedPerson.objects.exists()
        assert not Apart.objects.exists()
    assert orphans() == []


def test_two_at_once_have_one_effect(cast: Cast) -> None:
    kept, gone = twice(cast)
    gate = Barrier(4)

    def one(at: int) -> bool:
        try:
            gate.wait()
            merged((cast.lin, cast.wang)[at % 2], *((kept, gone) if at < 2 else (gone, kept)))
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 1
    with as_system("test"):
        assert Merge.objects.count() == 1
        assert Person.objects.filter(pk__in=(kept.pk, gone.pk)).count() == 1
        assert Entry.objects.filter(verb="person.merge").count() == 1


def test_holes_that_would_lose_rows_are_closed(cast: Cast) -> None:
    """Whoever lived where the actor sees nothing is not merged by them: a home would be lost."""
    kept, gone = twice(cast)
    with as_system("test"):
        home = Household.objects.create(
            area_id=cast.far_grid_id, dwelling_id=_far(cast), until=LATER.date() - timedelta(days=9)
        )
        given: dict[str, Any] = {"source": "worker:1", "confirmed_on": LATER.date(), "tenure": Tenure.GUEST}
        Occupancy.objects.create(area_id=cast.far_grid_id, person=gone, household=home, until=home.until, **given)
    with pytest.raises(Refused):
        merged(cast.lin, kept, gone)


def _far(cast: Cast) -> int:
    from tests.people.registering import dwelling_of

    return dwelling_of(cast.far_grid_id).pk
