"""X5: somebody with a lawful post gathers telephone numbers patiently, in seven ways; the day's budget holds."""

import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone
from django.utils.timezone import localdate

from tests.browse import signed_in
from tests.cast import Cast
from tests.cast import Person as Somebody
from wangge.access.action import Refused
from wangge.catalogue.purposes import in_order
from wangge.exchange.exporter import exporters
from wangge.ledger.models import Entry
from wangge.people.actions import Member, open_field, record_household
from wangge.people.actions.opening import MINE, OURS
from wangge.people.actions.seeking import BUDGET, seek_person
from wangge.people.models import Person
from wangge.people.words import Kept, Tenure
from wangge.places.models import Dwelling
from wangge.teams.actions.accounts import add_account, give_post

PEOPLE = 1_000 if os.environ.get("WANGGE_SOAK") else 330
AT_ONCE = 8
Gathered = set[str]


def phone_of(number: int) -> str:
    return f"1380000{number:04d}"


@pytest.fixture
def persons(cast: Cast) -> list[int]:
    """A grid full of people, each with a telephone number."""
    with cast.lin.acting() as lin:
        doors = list(Dwelling.objects.filter(area_id=cast.grid_id).order_by("id"))
        for first in range(0, PEOPLE, 3):
            members = [
                Member(f"甲{n}（虚构）", Tenure.OWNER, phone=phone_of(n)) for n in range(first, min(first + 3, PEOPLE))
            ]
            door = doors[first // 3 % len(doors)]
            record_household(door, members=members, source="worker:1", by=lin, now=timezone.now())
        return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def colleague(cast: Cast, number: int) -> Somebody:
    """One more worker of the same grid."""
    now = timezone.now()
    with cast.system_admin.acting() as admin:
        account = add_account(f"patient{number}", "钱（虚构）", "", by=admin, now=now)
    with cast.security_admin.acting() as admin:
        give_post(account, "grid_worker", area_id=cast.grid_id, by=admin, now=now)
    return Somebody(account.pk)


def opened(who: Somebody, pk: int, purpose: str = "on_site", field: Kept = Kept.PHONE) -> str:
    """The field, or nothing when the house said no."""
    with who.acting() as actor:
        person = Person.objects.get(pk=pk)
        try:
            return open_field(person, field=field, purpose=purpose, task="", by=actor, now=timezone.now()).value
        except Refused:
            return ""


def one_after_the_other(who: Somebody, persons: list[int]) -> Iterator[str]:
    with who.acting() as actor:
        for person in Person.objects.filter(pk__in=persons[: MINE.most + 20]):
            try:
                yield open_field(person, field=Kept.PHONE, purpose="on_site", by=actor, now=timezone.now()).value
            except Refused:
                yield ""


def in_ever_new_sessions(who: Somebody, persons: list[int]) -> Iterator[str]:
    return (opened(who, pk) for pk in persons[: MINE.most + 20])


def for_ever_other_purposes(who: Somebody, persons: list[int]) -> Iterator[str]:
    codes = [held.code for held in in_order() if held.entry.opens]
    for at, pk in enumerate(persons[: MINE.most * 4]):
        yield opened(who, pk, codes[at % len(codes)])
        yield opened(who, pk, "danger")


def by_the_pages(who: Somebody, persons: list[int]) -> Iterator[str]:
    browser = signed_in(who)
    for at, pk in enumerate(persons[: MINE.most + 20]):
        answer = browser.post(f"/people/{pk}/phone/open/", {"purpose": "on_site", "task": ""}).content.decode()
        number = phone_of(at)
        yield number if f"{number[:3]} {number[3:7]} {number[7:]}" in answer else ""


def from_many_windows_at_once(who: Somebody, persons: list[int]) -> Iterator[str]:
    def one(pk: int) -> str:
        try:
            return opened(who, pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as windows:
        yield from windows.map(one, persons[: MINE.most + 40])


def by_guessing(who: Somebody, persons: list[int]) -> Iterator[str]:
    """A page shows the first three and last four: the search would say which of ten thousand middles it is."""
    draw = random.Random(5)
    for _ in range(BUDGET.most + 50):
        guess = f"138{draw.randrange(10**4):04d}{draw.randrange(min(PEOPLE, 10**4)):04d}"
        with who.acting() as actor:
            try:
                found = seek_person(
                    term=guess, purpose="on_site", communities=[], today=localdate(), by=actor, now=timezone.now()
                )
            except Refused:
                return
            if guess != phone_of(int(guess[7:])):
                assert not found.persons
            yield guess if found.persons else ""


STRATEGIES: dict[str, Callable[[Somebody, list[int]], Iterator[str]]] = {
    "one after the other": one_after_the_other,
    "new sessions": in_ever_new_sessions,
    "other purposes": for_ever_other_purposes,
    "pages": by_the_pages,
    "many windows": from_many_windows_at_once,
    "guessing": by_guessing,
}


def test_patience_gathers_no_more_than_the_days_budget(cast: Cast, persons: list[int]) -> None:
    found: dict[str, Gathered] = {}
    for number, (name, strategy) in enumerate(STRATEGIES.items()):
        found[name] = set(strategy(colleague(cast, number), persons)) - {""}
    together = sum(len(gathered) for gathered in found.values())
    with cast.auditor.acting():
        looks = Entry.objects.filter(verb="person.open").count()
    said = ", ".join(f"{name} {len(gathered)}" for name, gathered in found.items())
    print(
        f"X5: {PEOPLE} phones wanted in one day, {len(STRATEGIES) + 1} strategies: {said}; budget {MINE.most} each,"
        f" {OURS.most} in the grid: {together} openings together, {looks} in the book"
    )
    assert all(len(gathered) <= MINE.most for gathered in found.values()), said
    assert {len(found[name]) for name in ("one after the other", "new sessions", "pages")} == {MINE.most}
    assert together - len(found["guessing"]) <= OURS.most
    assert looks >= together - len(found["guessing"])


def test_a_grid_has_a_budget_whoever_opens_and_no_list_of_people_leaves(cast: Cast, persons: list[int]) -> None:
    gathered: list[str] = []
    for number in range(OURS.most // MINE.most + 1):
        gathered += one_after_the_other(colleague(cast, number), persons)
    assert len([value for value in gathered if value]) == OURS.most
    assert not {one.kind for one in exporters()} & {"persons", "people", "households", "residents"}
