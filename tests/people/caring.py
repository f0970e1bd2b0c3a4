"""Invented needs for tests: written down by the grid's own worker, with consent unless said otherwise."""

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.people.registering import NOW, registered
from wangge.people.actions import Carers, Grounds, record_need
from wangge.people.models import CareNeed, Person
from wangge.people.words import Basis, Consent

AGREED = Grounds(Basis.CONSENT, Consent.SPOKEN, heard_by="女儿（虚构）", on=date(2026, 11, 19))
URGENT = Grounds(Basis.URGENT, why="停电三天，一个人在家")


def someone(cast: Cast, at: int = 0) -> Person:
    """A person in the grid of 林, written down with a household of their own."""
    household = registered(cast, at=at)
    with cast.lin.acting():
        return Person.objects.select_related("home__dwelling").get(home=household)


def cared(cast: Cast, person: Person, code: str = "stairs", **given: Any) -> CareNeed:
    """A need of a person; 林 looks after it unless somebody else is named."""
    said: dict[str, Any] = {
        "given": AGREED,
        "carers": Carers(cast.lin.account_id),
        "source": "resident:1",
        "now": NOW,
    } | given
    with cast.lin.acting() as lin:
        return record_need(person, code=code, by=lin, **said)
