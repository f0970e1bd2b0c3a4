"""A merge taken back: the same rows again, what others changed stays, in its days. All persons are invented."""

import os
import random
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.people.caring import cared
from tests.people.keeping import gone as went
from tests.people.keeping import ran
from tests.people.merging import LATER, LISTED, OTHER, TYPED, entry, everything, merged, twice, unmerged
from wangge.access.action import Refused
from wangge.people import actions
from wangge.people.actions import Member
from wangge.people.models import CareNeed, Household, Merge, MergedPerson, Person
from wangge.people.queries.comparing import FIELDS, opened
from wangge.people.queries.merging import back, leads_to, trail_of
from wangge.people.words import CareEnd, Kept, Tenure, TwoNumbers

ROUNDS = 200 if os.environ.get("WANGGE_SOAK") else 12
SEED = 20261123


def at_random(cast: Cast, draw: random.Random) -> tuple[Person, Person]:
    """Two entries with whatever may stand about them."""
    both = []
    for _ in range(2):
        said = Member(
            draw.choice(("孙兰（虚构）", "孫蘭（虚构）")), draw.choice(list(Tenure)),
            phone=draw.choice(("", "13800000001", "13800000002")),
            wishes=draw.choice(({}, {"channel": "paper"}, {"large_type": True})),
        )  # fmt: skip
        company = draw.choice(((), (OTHER,)))
        both.append(
            entry(cast.lin, cast.grid_id, said, *company, at=draw.randrange(3), source=draw.choice("wi") + ":1")
        )
    with cast.lin.acting() as lin:
        for one in both:
            if draw.random() < 0.3:
                with suppress(Refused):
                    cared(cast, one, draw.choice(("stairs", "meals")))
            if draw.random() < 0.4:
                other = draw.choice(both)
                to = Household.objects.get(pk=other.home_id or 0)
                given: dict[str, Any] = {"tenure": Tenure.GUEST, "on": LATER.date(), "source": "worker:1"}
                with suppress(Refused):
                    actions.move(one, to=to, **given, by=lin, now=LATER)
            if draw.random() < 0.2:
                actions.leave(one, on=LATER.date(), source="family:1", by=lin, now=LATER)
            if draw.random() < 0.3:
                actions.correct(one, field=Kept.PHONE, value="", source="resident:1", by=lin, now=LATER)
        found = Person.objects.in_bulk([one.pk for one in both])
    return found[both[0].pk], found[both[1].pk]


@pytest.mark.soak
def test_at_random_the_same_rows_stand_there_again(cast: Cast) -> None:
    draw = random.Random(SEED)
    for at in range(ROUNDS):
        kept, gone = at_random(cast, draw)
        before = everything()
        took = frozenset(field for field in FIELDS if draw.random() < 0.5)
        merge = merged(cast.lin, kept, gone, took=took, home=draw.random() < 0.5, numbers=TwoNumbers.KINDS)
        assert everything() != before
        unmerged(cast.lin, merge, now=LATER + timedelta(days=draw.randrange(80)))
        assert everything() == before, at
    print(f"merge and unmerge: {ROUNDS} pairs from seed {SEED}, the same rows each time")


def test_what_others_changed_since_stays_and_is_told_before(cast: Cast) -> None:
    kept, gone = twice(cast)
    need = cared(cast, gone)
    merge = merged(cast.lin, kept, gone, took=frozenset({"phone"}))
    with cast.lin.acting() as lin:
        person = Person.objects.get(pk=kept.pk)
        actions.correct(person, field=Kept.PHONE, value="13800000007", source="resident:1", by=lin, now=LATER)
        actions.end_need(CareNeed.objects.get(pk=need.pk), why=CareEnd.NOT_NEEDED, by=lin, now=LATER)
        plan = back(merge)
        assert plan is not None
        assert (plan.fields, plan.staying, plan.away) == (["document"], ["phone"], 1)
    unmerged(cast.lin, merge)
    with cast.lin.acting():
        values = opened(list(Person.objects.filter(pk__in=(kept.pk, gone.pk))))
        assert (values[kept.pk]["phone"], values[kept.pk]["document"]) == ("13800000007", None)
        assert (values[gone.pk]["phone"], values[gone.pk]["document"]) == ("13800000002", "passport:E00000001")


def test_who_moved_on_since_stays_there_and_the_other_comes_back_as_moved_away(cast: Cast) -> None:
    kept = entry(cast.lin, cast.grid_id, TYPED)
    gone = entry(cast.lin, cast.grid_id, LISTED, at=1)
    there = entry(cast.lin, cast.grid_id, OTHER, at=2).home
    merge = merged(cast.lin, kept, gone, home=True)
    assert there is not None
    with cast.lin.acting() as lin:
        held = Person.objects.get(pk=kept.pk)
        actions.move(held, to=there, tenure=Tenure.GUEST, on=LATER.date(), source="worker:1", by=lin, now=LATER)
        plan = back(merge)
        assert plan is not None
        assert plan.has_no_home
    unmerged(cast.lin, merge)
    with cast.lin.acting():
        first, second = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
        assert (first.home_id, second.home_id, second.left_on) == (there.pk, None, LATER.date())


def test_a_chain_is_taken_back_link_by_link(cast: Cast) -> None:
    first = entry(cast.lin, cast.grid_id, TYPED)
    second = entry(cast.lin, cast.grid_id, LISTED, at=1)
    third = entry(cast.lin, cast.grid_id, TYPED, at=2)
    before = everything()
    one = merged(cast.lin, second, third)
    two = merged(cast.lin, first, second)
    with cast.lin.acting():
        assert leads_to(third.pk) == leads_to(second.pk) == first.pk
        assert [each.until is None for each in trail_of(first.pk)] == [False, True]
    with pytest.raises(Refused):
        unmerged(cast.lin, Merge(pk=one.pk, area_id=one.area_id))
    unmerged(cast.lin, two)
    unmerged(cast.lin, one)
    assert everything() == before


def test_what_was_is_kept_for_its_days_and_no_longer(cast: Cast) -> None:
    kept, gone = twice(cast)
    merge = merged(cast.lin, kept, gone)
    with cast.lin.acting():
        assert trail_of(kept.pk)[0].until == LATER.date() + timedelta(days=89)
    assert "merged_values" not in went(ran(LATER + timedelta(days=89)))
    assert went(ran(LATER + timedelta(days=90)))["merged_values"] == 2
    with pytest.raises(Refused):
        unmerged(cast.lin, merge)
    with cast.lin.acting():
        assert trail_of(kept.pk)[0].until is None
        assert leads_to(gone.pk) == kept.pk
        assert not MergedPerson.objects.exists()
        assert Merge.objects.get().changed == {}


def test_nobody_of_another_grid_takes_it_back(cast: Cast) -> None:
    merge = merged(cast.lin, *twice(cast))
    for who in (cast.zhou, cast.town, cast.auditor, cast.security_admin, cast.system_admin):
        with pytest.raises(Refused):
            unmerged(who, merge)
