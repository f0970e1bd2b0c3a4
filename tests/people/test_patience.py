"""X5: somebody with a lawful post gathers telephone numbers patiently, in seven ways: the budget holds, alarms ring."""

import os
import random
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from math import inf

import pytest
from django.db import connections
from django.utils import timezone
from django.utils.timezone import localdate

from tests.browse import signed_in
from tests.cast import Cast
from tests.cast import Person as Somebody
from wangge.access.action import Refused
from wangge.catalogue.purposes import in_order
from wangge.core.looking import Sign
from wangge.exchange.exporter import exporters
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import Member, open_field, record_household
from wangge.people.actions.alarming import EVERY, watch
from wangge.people.actions.canaries import make_canaries
from wangge.people.actions.opening import MINE, OURS
from wangge.people.actions.seeking import BUDGET, seek_person
from wangge.people.models import Person
from wangge.people.words import Kept, Tenure
from wangge.places.models import Area, Dwelling
from wangge.teams.actions.accounts import add_account, give_post

PEOPLE = 1_000 if os.environ.get("WANGGE_SOAK") else 330
AT_ONCE = 8
BETWEEN = 24
OFFICE = "010-00000000"
MINUTE = timedelta(minutes=1)
PACE, LATEST = 8 * 60 / 1_000, 10.0
"""Moved minutes of one try of a thousand in eight hours, and after which an alarm is too late."""
Gathered = set[str]


def phone_of(number: int) -> str:
    return f"1380000{number:04d}"


@pytest.fixture
def persons(cast: Cast) -> list[int]:
    """A grid full of people, each with a telephone number; after every so many a canary. All in the order of ids."""
    with cast.lin.acting():
        doors = list(Dwelling.objects.filter(area_id=cast.grid_id).order_by("id"))
    for start in range(0, PEOPLE, BETWEEN):
        with cast.lin.acting() as lin:
            for first in range(start, min(start + BETWEEN, PEOPLE), 3):
                members = [
                    Member(f"甲{n}（虚构）", Tenure.OWNER, phone=phone_of(n))
                    for n in range(first, min(first + 3, PEOPLE))
                ]
                door = doors[first // 3 % len(doors)]
                record_household(door, members=members, source="worker:1", by=lin, now=timezone.now())
        some_canaries(cast, doors[0].area_id)
    with cast.lin.acting():
        return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def some_canaries(cast: Cast, grid: int) -> None:
    """The house draws the grids: until one lies in this."""
    with cast.lin.acting():
        before = Person.objects.count()
    while True:
        with cast.security_admin.acting() as guard:
            community = Area.objects.get(pk=grid).parent_id
            assert community is not None
            make_canaries(community=community, number=AT_ONCE, phone=OFFICE, by=guard, now=timezone.now())
        with cast.lin.acting():
            if Person.objects.count() > before:
                return


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
    """All in one session; the house sees them when it ends."""
    got = []
    with who.acting() as actor:
        for person in Person.objects.filter(pk__in=persons[: MINE.most + 20]).order_by("pk"):
            try:
                opened = open_field(person, field=Kept.PHONE, purpose="on_site", by=actor, now=timezone.now())
            except Refused:
                break
            got.append(opened.value)
    return iter(got)


def in_ever_new_sessions(who: Somebody, persons: list[int]) -> Iterator[str]:
    return (opened(who, pk) for pk in persons[: MINE.most + 20])


def for_ever_other_purposes(who: Somebody, persons: list[int]) -> Iterator[str]:
    codes = [held.code for held in in_order() if held.entry.opens]
    for at, pk in enumerate(persons[: MINE.most + 20]):
        turned = [*codes[at % len(codes) :], *codes[: at % len(codes)]]
        yield next(filter(None, (opened(who, pk, code) for code in turned)), "")


def by_the_pages(who: Somebody, persons: list[int]) -> Iterator[str]:
    browser = signed_in(who)
    for pk in persons[: MINE.most + 20]:
        answer = browser.post(f"/people/{pk}/phone/open/", {"purpose": "on_site", "task": ""}).content.decode()
        shown = re.search(r"138 \d{4} \d{4}|010.{0,3}\d{4}.?\d{4}", answer)
        number = re.sub(r"\D", "", shown[0]) if shown else ""
        yield OFFICE if number.startswith("010") else number


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


@dataclass
class Day:
    """What one agent got, and by sign: the moved minute of its cause, the moved minute of the alarm."""

    found: Gathered
    causes: dict[Sign, float]
    rung: dict[Sign, float]

    @property
    def late(self) -> float:
        """Minutes between a cause and its alarm, at worst."""
        return max((self.rung.get(sign, inf) - minute for sign, minute in self.causes.items()), default=inf)


def watched(gathering: Iterator[str], account: int) -> Day:
    """Gather at the pace of a thousand in eight hours by a moved clock, of which the house looks every five minutes."""
    day, looks = Day(set(), {}, {}), 0
    minute = 0.0
    for tries, value in enumerate(gathering, 1):
        minute = tries * PACE
        if value == OFFICE:
            day.causes.setdefault(Sign.CANARY, minute)
        elif value:
            day.found.add(value)
        while minute > (looks + 1) * EVERY / MINUTE:
            looks += 1
            _look(day, account, looks)
        if Sign.CANARY not in day.causes and tries >= BUDGET.most:
            day.causes.setdefault(Sign.BUDGET, minute)
    _look(day, account, looks + 1)
    return day


def _look(day: Day, account: int, looks: int) -> None:
    with as_system("watch") as system:
        for one in watch(by=system, now=timezone.now()):
            if one.account == account:
                day.rung[Sign(one.sign)] = looks * EVERY / MINUTE


@pytest.mark.soak
def test_patience_gathers_no_more_than_the_days_budget_and_rings(cast: Cast, persons: list[int]) -> None:
    days: dict[str, Day] = {}
    for number, (name, strategy) in enumerate(STRATEGIES.items()):
        who = colleague(cast, number)
        days[name] = watched(strategy(who, persons), who.account_id)
    opening = [len(day.found) for name, day in days.items() if name != "guessing"]
    with cast.auditor.acting():
        looks = Entry.objects.filter(verb="person.open").count()
    said = ", ".join(f"{name} {len(day.found)}" for name, day in days.items())
    fired = [name for name, day in days.items() if Sign.CANARY in day.rung]
    late = max(day.late for day in days.values())
    print(
        f"X5: {PEOPLE} phones wanted in one day, {len(days) + 1} strategies: {said}; budget {MINE.most} each,"
        f" {OURS.most} in the grid: {sum(opening)} opened together, {looks} in the book; {len(persons) - PEOPLE}"
        f" canaries fired for {len(fired)}, every agent rang, at most {late:.1f} moved minutes after the cause"
    )
    assert all(len(day.found) <= MINE.most for day in days.values()), said
    assert sum(opening) <= OURS.most
    assert looks >= sum(opening)
    assert set(fired) == set(STRATEGIES) - {"guessing"}, said
    assert all(day.rung for day in days.values())
    assert late <= LATEST


def test_a_grid_has_a_budget_whoever_opens_and_no_list_of_people_leaves(cast: Cast, persons: list[int]) -> None:
    gathered: list[str] = []
    for number in range(OURS.most // MINE.most + 1):
        gathered += one_after_the_other(colleague(cast, number), persons)
    assert len(gathered) == OURS.most
    assert not {one.kind for one in exporters()} & {"persons", "people", "households", "residents"}
