"""The link to one's own data: handed over in person, opens one person, ends by itself. All persons are invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.people.registering import registered
from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.context import hold
from wangge.people.actions import Member, open_field
from wangge.people.actions.rights import Asking, ask, take_back, tell
from wangge.people.actions.rights_answer import answer, withdraw
from wangge.people.actions.rights_link import Handed, bearer, end_links, enter, hand_link, holding
from wangge.people.actions.rights_state import state
from wangge.people.models import Household, Occupancy, Person, RightsLink, RightsRequest
from wangge.people.models.rights_words import Outcome, Right, Way
from wangge.people.queries.shown_looks import looks
from wangge.people.words import Kept, Tenure

SUN = Member("孙兰（虚构）", Tenure.OWNER, phone="138 0000 0001")
OTHER = Member("钱大海（虚构）", Tenure.TENANT, phone="138 0000 0002")


def handed(cast: Cast, at: int = 0) -> Handed:
    with cast.lin.acting() as lin:
        return hand_link(Person.objects.order_by("pk")[at], seen=True, by=lin, now=timezone.now())


@contextmanager
def entered(cast: Cast, link: Handed) -> Iterator[Actor]:
    """The resident, after address and code."""
    with cast.sun.acting() as sun:
        enter(link.token, link.code, by=sun, now=timezone.now())
        yield sun


def test_a_link_opens_its_own_person_and_nobody_else(cast: Cast) -> None:
    registered(cast, SUN)
    registered(cast, OTHER, at=1)
    link = handed(cast)
    with cast.sun.acting() as sun:
        assert Person.objects.count() == 0
        enter(link.token, link.code, by=sun, now=timezone.now())
        (person,) = Person.objects.all()
        assert person.pk == link.link.person_id
        assert (Household.objects.count(), Occupancy.objects.count()) == (0, 0)
        said = state(person, form="page", by=sun, now=timezone.now())
        assert {fact.code: fact.value for fact in said.held.facts}["phone"] == "138 0000 0001"
        assert "home" in {fact.code for fact in said.held.facts}
        stranger = Person(pk=Person.objects.get().pk + 1, area_id=cast.grid_id)
        assert looks(stranger) == []
        for act in (
            lambda: state(stranger, form="page", by=sun, now=timezone.now()),
            lambda: ask(stranger, asking=Asking(Right.SEE, way=Way.LINK), by=sun, now=timezone.now()),
            lambda: open_field(person, field=Kept.PHONE, purpose="on_site", by=sun, now=timezone.now()),
            lambda: hand_link(person, seen=True, by=sun, now=timezone.now()),
        ):
            with pytest.raises(Refused):
                act()
        assert [look.organisation for look in looks(person)] == [""]
        with pytest.raises(DatabaseError), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(area_id=cast.far_grid_id)


def test_wrong_code_wrong_address_another_code_and_the_end_are_refused_alike(cast: Cast) -> None:
    registered(cast, SUN)
    registered(cast, OTHER, at=1)
    link, other = handed(cast), handed(cast, 1)
    now = timezone.now()
    wrong = f"{(int(link.code) + 1) % 1_000_000:06d}"
    with cast.sun.acting() as sun:
        said = set()
        for token, code in ((link.token, wrong), (link.token[:-1], link.code), ("", ""), (link.token, other.code)):
            with pytest.raises(Refused) as refused:
                enter(token, code, by=sun, now=now)
            said.add(refused.value.reason)
        assert len(said) == 1
        assert Person.objects.count() == 0
        typed = "-".join(link.token[at : at + 4] for at in range(0, 20, 4)).upper()
        assert enter(typed, link.code, by=sun, now=now).link.person_id == link.link.person_id
    with cast.sun.acting() as sun, pytest.raises(Refused):
        enter(link.token, link.code, by=sun, now=now + timedelta(days=14, seconds=1))
    with cast.lin.acting() as lin:
        end_links(Person.objects.get(pk=link.link.person_id), by=lin, now=now)
    with cast.sun.acting() as sun:
        with pytest.raises(Refused):
            enter(link.token, link.code, by=sun, now=now)
        hold(bearer(link.token, link.code))
        assert Person.objects.count() == 0


def test_a_link_ends_with_its_uses_its_days_and_the_next_link(cast: Cast) -> None:
    registered(cast, SUN)
    first = handed(cast)
    second = handed(cast)
    with cast.sun.acting() as sun, pytest.raises(Refused):
        enter(first.token, first.code, by=sun, now=timezone.now())
    with cast.lin.acting():
        assert RightsLink.objects.filter(ended_at=None).count() == 1
    for _time in range(20):
        with entered(cast, second):
            assert Person.objects.count() == 1
    with cast.sun.acting() as sun, pytest.raises(Refused):
        enter(second.token, second.code, by=sun, now=timezone.now())
    with cast.lin.acting() as lin:
        old = hand_link(Person.objects.get(), seen=True, by=lin, now=timezone.now() - timedelta(days=15))
    with cast.sun.acting():
        hold(bearer(old.token, old.code))
        assert Person.objects.count() == 0  # the database counts the days too


def test_the_table_holds_neither_address_nor_code_and_nobody_hands_over_unseen(cast: Cast) -> None:
    registered(cast, SUN)
    link = handed(cast)
    assert bytes(link.link.digest) not in (link.token.encode(), bearer(link.token, link.code).encode())
    assert len({handed(cast).token for _time in range(5)}) == 5
    with cast.lin.acting() as lin, pytest.raises(Refused):
        hand_link(Person.objects.get(), seen=False, by=lin, now=timezone.now())
    with cast.zhou.acting() as zhou, pytest.raises(Refused):
        hand_link(Person(pk=link.link.person_id, area_id=cast.grid_id), seen=True, by=zhou, now=timezone.now())
    with cast.sun.acting():
        presented = bearer(link.token, link.code)
        held = holding(presented, now=timezone.now())
        assert held is None or held.pk != link.link.pk  # it ended with the next one


def test_by_the_link_one_asks_withdraws_reads_and_takes_back(cast: Cast) -> None:
    registered(cast, SUN)
    link = handed(cast)
    now = timezone.now()
    with entered(cast, link) as sun:
        person = Person.objects.get()
        request = ask(person, asking=Asking(Right.CORRECT, way=Way.LINK, field="phone", value="139"), by=sun, now=now)
        assert (request.state, request.identity) == ("checked", "link")
        other = ask(person, asking=Asking(Right.EXPLAIN, way=Way.LINK), by=sun, now=now)
        assert take_back(other, by=sun, now=now).state == "taken_back"
        gone = ask(person, asking=Asking(Right.WITHDRAW, way=Way.LINK, field="phone"), by=sun, now=now)
        assert withdraw(gone, by=sun, now=now).state == "granted"
        assert Person.objects.get().phone is None
        with pytest.raises(Refused):
            answer(request, outcome=Outcome.GRANTED, text="好", value="13900000009", by=sun, now=now)
        with pytest.raises(Refused):
            tell(gone, way=Way.PHONE, by=sun, now=now)
        assert tell(gone, way=Way.LINK, by=sun, now=now).state == "told"
    with cast.wang.acting() as wang:
        answer(request, outcome=Outcome.GRANTED, text="改好了", value="139 0000 0009", by=wang, now=now)
        assert RightsRequest.objects.count() == 3
