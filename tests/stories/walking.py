"""Walks through the table of moves by the cast: who fits a verb, and what it is given."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from inspect import signature
from typing import Any

from tests.cast import Cast, Person
from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.context import acting
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case, Step
from wangge.cases.words import MOVES, VERBS
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.queries import by_token
from wangge.teams.models import Organisation

STAFF = (
    "lin", "wang", "zhao", "zhou", "town", "acceptor", "dispatcher", "checker", "chief", "second_chief", "other_unit",
    "auditor", "system_admin", "security_admin",
)  # fmt: skip
FITTING = {
    "resident": ("sun",), "grid_worker": ("lin",), "secretary": ("wang",), "town_staff": ("town",),
    "acceptor": ("acceptor",), "dispatcher": ("dispatcher",), "checker": ("checker",),
    "duty_chief": ("chief", "second_chief"), "handler": ("zhao", "other_unit"),
}  # fmt: skip
BESIDES = {"self_handle", "not_accept", "urge", "add_note", "supplement", "ask_void", "void", "take_back"}
REASONS = {
    "return_case": "returned.wrong_unit", "not_accept": "not_accepted.secret", "close_case": "closed.explained",
    "reopen": "reopened.unsolved",
}  # fmt: skip
CATEGORIES = ("water.burst_pipe", "environment.broken_bin")
Told = tuple[str, int, int, str]  # verb, account, area, purpose


@dataclass
class Tokens:
    """One session per person for the whole walk."""

    cast: Cast
    held: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def acting(self, name: str, bearer: str = "") -> Iterator[Actor]:
        person: Person = getattr(self.cast, name)
        if name not in self.held:
            self.held[name] = person.token()
        with acting(self.held[name], bearer) as actor:
            yield actor


@dataclass
class Walk:
    """One case on its way: what was done, and how often somebody was refused."""

    people: Tokens
    draw: random.Random
    now: datetime
    number: str = ""
    bearer: str = ""
    state: str = ""
    last: str = "sun"
    made: list[Told] = field(default_factory=list)
    refused: int = 0

    def begin(self) -> None:
        cast = self.people.cast
        if self.draw.random() < 0.7:
            with self.people.acting("sun") as sun:
                place = by_token(cast.building_token)
                assert place is not None
                received = actions.report(actions.Report(place, "散步"), by=sun, now=self.now)
            self.told("case.report", sun, received.case)
        else:
            with self.people.acting("lin") as lin:
                place = by_token(cast.building_token)
                assert place is not None
                received = actions.register(actions.Report(place, "散步", source="patrol"), by=lin, now=self.now)
            self.told("case.register", lin, received.case)
        self.number, self.bearer = received.case.number, received.token

    def told(self, verb: str, actor: Actor, moved: Case) -> None:
        self.made.append((verb, actor.account_id, moved.area_id, actor.purpose))
        self.state = moved.state

    def facts(self, verb: str) -> dict[str, Any]:
        """What the verb's action takes besides who and when."""
        taken = signature(actions.BY_VERB[verb]).parameters
        given: dict[str, Any] = {
            "said": Said("一句话"), "reason": REASONS.get(verb, ""), "outcome": "exists",
            "category": self.draw.choice(CATEGORIES), "until": self.now + timedelta(days=30),
        }  # fmt: skip
        if "organisation" in taken:
            given["organisation"] = Organisation.objects.get(code=self.draw.choice(["water", "power"]))
        return {name: value for name, value in given.items() if name in taken}

    def attempt(self, name: str, verb: str) -> bool:
        """Try the verb in the person's name; False when it was refused or the case is not theirs to see."""
        self.now += timedelta(seconds=1 if verb == "take_back" else self.draw.choice([1, 30, 600]))
        try:
            with self.people.acting(name, self.bearer if name == "sun" else "") as actor:
                seen = Case.objects.filter(number=self.number).first()
                if seen is None:
                    return False
                done = actions.BY_VERB[verb](seen, by=actor, now=self.now, **self.facts(verb))
        except Refused:
            self.refused += 1
            return False
        self.told(f"case.{verb}", actor, done)
        self.last = name
        return True

    def step(self) -> bool:
        """One lawful move by somebody who fits; False when the walk is over."""
        verbs = [verb for verb in MOVES.verbs(self.state) if verb in actions.BY_VERB]
        if "take_back" in verbs and self.draw.random() < 0.1 and self.attempt(self.last, "take_back"):
            return True
        self.draw.shuffle(verbs)
        if self.draw.random() < 0.85:
            verbs.sort(key=lambda verb: verb in BESIDES)
        for verb in verbs:
            fitting = [name for role in VERBS[verb].roles for name in FITTING[role]]
            for name in self.draw.sample(fitting, len(fitting)):
                if self.attempt(name, verb):
                    return True
        return False


def written(number: str) -> tuple[list[Told], list[tuple[str, int]], list[int], list[int]]:
    """The book's entries of a case, its steps, and the numbers of the steps both ways."""
    with as_system("test"):
        entries = list(Entry.objects.filter(subject=f"case:{number}").order_by("id"))
        steps = list(Step.objects.filter(case__number=number).order_by("id"))
    return (
        [(e.verb, e.actor_id, e.area_id or 0, e.purpose) for e in entries],
        [(f"case.{s.verb}", s.actor_id) for s in steps],
        [e.facts["step"] for e in entries],
        [s.pk for s in steps],
    )
