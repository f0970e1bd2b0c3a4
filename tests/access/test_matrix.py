"""The authorisation matrix: people, objects, verbs and doors drawn at random; no leak, no wrong refusal."""

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.access import matrix
from tests.access.matrix import DOERS, STAFF, Holder
from tests.browse import signed_in
from tests.cast import Cast
from tests.stories.walking import Tokens, Walk
from wangge.access.actor import Actor
from wangge.cases import actions, rules
from wangge.cases.models import Case, Contact, Step
from wangge.cases.words import OPEN, VERBS
from wangge.exchange.exporter import exporter
from wangge.jobs.system import as_system
from wangge.places.queries import by_token

DRAWS = 1_000_000 if os.environ.get("WANGGE_SOAK") else 100_000
LOOK_EVERY = 500
FORMS = sorted(DOERS.keys() - {"take_back"})
"""What has a page of its own: the undoing of a step is a button beside what was done."""
AT_DOORS = 2_000 if os.environ.get("WANGGE_SOAK") else 150
CASES = 30
SEED = 20260301
OPEN_STATES = OPEN.split(" | ")


@dataclass
class World:
    """Cases in many states in two areas, with telephone numbers, and who everybody is."""

    cast: Cast
    cases: list[Case]
    people: dict[str, Holder]


@pytest.fixture
def world(cast: Cast) -> World:
    exported.cache_clear()
    draw, tokens = random.Random(SEED), Tokens(cast)
    for number in range(CASES):
        one = Walk(tokens, draw, timezone.now() - timedelta(hours=2))
        with tokens.acting("sun") as sun:
            place = by_token(cast.building_token if number % 3 else cast.far_building_token)
            assert place is not None
            report = actions.Report(place, f"第 {number} 件", phone="13800000001")
            received = actions.report(report, by=sun, now=one.now)
        one.number, one.bearer, one.state = received.case.number, received.token, received.case.state
        for _ in range(draw.randint(0, 9)):
            if not one.step():
                break
    with as_system("test"):
        return World(cast, list(Case.objects.order_by("pk")), matrix.holders(cast))


def test_the_verbs_of_the_judge_are_the_verbs_of_the_house() -> None:
    assert set(DOERS) == set(VERBS) - {"report", "register"}


def test_every_object_that_is_denied_exists(world: World) -> None:
    with as_system("test"):
        assert (len(world.cases), Contact.objects.count()) == (CASES, CASES)
    denied = [case for case in world.cases if not matrix.sees(world.people["zhou"], case)]
    assert denied
    assert len({case.state for case in world.cases}) >= 6


DOORS: dict[str, Callable[[Holder, Case, str], bool]] = {
    "rule": matrix.may,
    "row": lambda who, case, _verb: matrix.sees(who, case),
    "steps": lambda who, case, _verb: matrix.sees(who, case),
    "export": lambda who, case, _verb: matrix.sees(who, case),
    "contact row": lambda who, case, _verb: bool(
        {role for role, _ in who.posts} & {"acceptor", "checker", "duty_chief"} and case.area_id in who.areas
    ),
    "contact rule": lambda who, case, _verb: matrix.reaches_reporter(who, case),
}


@cache
def exported(_account: int, area: int) -> frozenset[str]:
    """The numbers in a list of cases of an area, as the account gets it: nothing changes while it is drawn."""
    now = timezone.now() + timedelta(hours=1)
    return frozenset(str(row[0]) for row in exporter("cases").rows({"area": str(area)}, now, now))


@dataclass(frozen=True)
class Seen:
    """All rows that the database shows to whoever acts."""

    cases: dict[int, Case]
    with_steps: frozenset[int]
    with_contact: frozenset[int]

    @classmethod
    def now(cls) -> "Seen":
        return cls(
            {case.pk: case for case in Case.objects.all()},
            frozenset(Step.objects.values_list("case_id", flat=True)),
            frozenset(Contact.objects.values_list("case_id", flat=True)),
        )


def opened(door: str, actor: Actor, case: Case, verb: str, shown: Seen) -> bool:
    """What the house itself says, asked at one of its doors; rows as it showed them a moment ago."""
    if door == "export":
        return case.number in exported(actor.account_id, case.area_id)
    if door == "steps":
        return case.pk in shown.with_steps
    if door == "contact row":
        return case.pk in shown.with_contact
    seen = shown.cases.get(case.pk)
    if door == "row" or seen is None:
        return seen is not None
    rule = rules.may(verb) if door == "rule" else rules.may_open_contact
    return rule(actor, seen) is None


@pytest.mark.soak
def test_a_hundred_thousand_draws_without_a_leak_or_a_wrong_refusal(world: World) -> None:
    draw = random.Random(SEED)
    tokens, wrong, counts = Tokens(world.cast), [], Counter[str]()
    doors, verbs = sorted(DOORS), sorted(DOERS)
    for name in STAFF:
        who = world.people[name]
        with tokens.acting(name) as actor:
            shown = Seen.now()
            for number in range(DRAWS // len(STAFF) + 1):
                shown = Seen.now() if number % LOOK_EVERY == 0 else shown
                door, case, verb = draw.choice(doors), draw.choice(world.cases), draw.choice(verbs)
                should, does = DOORS[door](who, case, verb), opened(door, actor, case, verb, shown)
                counts["allowed" if should else "denied"] += 1
                counts[verb] += 1
                if should != does:
                    wrong.append(("leak" if does else "wrong refusal", name, door, verb, case.number, case.state))
    total = counts["allowed"] + counts["denied"]
    print(
        f"X3: {total} draws from seed {SEED}: {counts['allowed']} allowed, {counts['denied']} denied,"
        f" {len(wrong)} wrong; each verb at least {min(counts[verb] for verb in DOERS)} times"
    )
    assert wrong == []
    assert min(counts[verb] for verb in DOERS) >= 100


def addresses(case: Case, verb: str) -> dict[str, str]:
    """The doors over HTTP that exist, as addresses."""
    wanted = {
        "page": ("case", [case.number]),
        "print": ("case-print", [case.number]),
        "form": ("case-do", [case.number, verb]),
    }
    found = {
        "api": f"/api/v1/cases/{case.number}",
        "map": f"/map/?at={case.lon},{case.lat},18",
        "list": "/api/v1/cases?limit=100",
    }
    for door, (name, arguments) in wanted.items():
        try:
            found[door] = reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return found


def shows(door: str, client: Client, address: str, case: Case) -> bool:
    """Does the answer tell of the case?"""
    answer = client.get(address)
    assert answer.status_code < 500, (door, address, answer.status_code)
    told = case.number in answer.content.decode() and answer.status_code == 200
    return told if door in {"map", "list", "page", "print", "api"} else answer.status_code == 200 and told


@pytest.mark.soak
def test_the_doors_over_http_say_the_same(world: World) -> None:
    draw, counts, wrong = random.Random(SEED + 1), Counter[str](), []
    clients = {name: signed_in(getattr(world.cast, name)) for name in STAFF}
    desk = {name for name in STAFF if name not in {"auditor", "system_admin", "security_admin"}}
    for _ in range(AT_DOORS):
        name, case, verb = draw.choice(STAFF), draw.choice(world.cases), draw.choice(FORMS)
        door, address = draw.choice(sorted(addresses(case, verb).items()))
        who = world.people[name]
        should = name in desk and matrix.sees(who, case)
        if door == "map" and should:
            should = case.state in OPEN_STATES and case.lon is not None
        does = shows(door, clients[name], address, case)
        counts[door] += 1
        counts["allowed" if should else "denied"] += 1
        if door == "form" and not does:  # a form of a case one sees may say why it is not open
            should = name in desk and matrix.may(who, case, verb)
        if should != does:
            wrong.append(("leak" if does else "wrong refusal", name, door, verb, case.number, case.state))
    print(f"X3 at the doors: {dict(sorted(counts.items()))}, {len(wrong)} wrong")
    assert [one for one in wrong if one[0] == "leak"] == []
    assert wrong == []


def test_a_planted_hole_in_the_policies_is_found(world: World) -> None:
    hidden = next(case for case in world.cases if not matrix.sees(world.people["zhou"], case))
    with world.cast.zhou.acting() as zhou:
        assert not opened("row", zhou, hidden, "verify", Seen.now())
    connection.close()
    import psycopg

    from tests.home import HOME
    from wangge.web.postgres.layout import Home

    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(Home(HOME).dsn("wg_super", name), autocommit=True) as power:
        power.execute("alter policy cases_case_read on cases_case using (true)")
    with world.cast.zhou.acting() as zhou:
        assert opened("row", zhou, hidden, "verify", Seen.now())
