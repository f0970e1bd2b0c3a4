"""Opening one field of a person in clear: a purpose, a task, a budget, an entry that the person can be shown."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.budgets import Budget
from wangge.catalogue.purposes import role_of, stated
from wangge.people.actions.matters import matter
from wangge.people.models import CareNeed, Person
from wangge.people.queries.care import opened
from wangge.people.rules import may_keep
from wangge.people.words import COMPARTMENT, Hand, Kept
from wangge.vault import queries as vault

MINE = Budget("people.open", settings.WANGGE.open_person, 86_400)
"""How many fields one account opens in a day."""
OURS = Budget("people.open_area", settings.WANGGE.open_grid, 86_400)
"""How many all accounts together open in one grid."""


@dataclass(frozen=True)
class Opened:
    """A field in clear, for as long as the page shows it."""

    person: Person
    field: Kept
    value: str
    purpose: str
    opened_at: datetime

    @property
    def ledger_subject(self) -> str:
        return self.person.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.person.area_id


@action("person.open", needs=may_keep)
def open_field(person: Person, *, field: Kept, purpose: str, task: str = "", by: Actor, now: datetime) -> Opened:
    """Open one field of one person for a purpose of the register (PIPL Art. 6); there is no way to open many.

    `task` names the work it is for, such as `case:2026-000001`; without one it is counted as opened without a task.
    The purpose names the field and the actor's role, and a law it stands on is in force that day.
    """
    meant, about = stated(purpose, field=field.value, actor=by, on=localdate(now)), matter(task)
    sealed = getattr(person, field.value)
    if sealed is None:
        raise Refused(_("Nothing is kept here."))
    _spend(by, person.area_id)
    note(field=field.value, purpose=purpose, task=about, role=role_of(meant, by))
    where = {"table": Person._meta.db_table, "column": field.value, "row": str(person.pk)}
    return Opened(person, field, vault.open_sealed(COMPARTMENT, bytes(sealed), **where), purpose, now)


class Spent(Refused):
    """The day's budget is used up: who asked may not go on, and it is written down with `stopped`."""


@action("person.open_stopped", needs=may_keep)
def stopped(person: Person, *, field: Kept, purpose: str, by: Actor, now: datetime) -> Person:
    """Write down that somebody wanted to open one more field than the budget allows."""
    note(stopped=field.value, wanted=purpose)
    return person


def _spend(by: Actor, area: int) -> None:
    if not (MINE.spend(str(by.account_id)) and OURS.spend(str(area))):
        raise Spent(_("So many fields were opened today that it stops here. The security administrator can see why."))


@dataclass(frozen=True)
class OpenedCarer:
    """A carer without an account in clear, for as long as the page shows it."""

    need: CareNeed
    name: str
    phone: str
    purpose: str

    @property
    def ledger_subject(self) -> str:
        return self.need.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.need.area_id


@action("care.open", needs=may_keep)
def open_carer(need: CareNeed, *, hand: Hand, purpose: str, task: str = "", by: Actor, now: datetime) -> OpenedCarer:
    """Open who looks after somebody, when it is a neighbour or relative, for a purpose of the register."""
    meant, about = stated(purpose, field="carer", actor=by, on=localdate(now)), matter(task)
    (said,) = opened([need], f"{hand.value}_outside")
    if not said:
        raise Refused(_("Nothing is kept here."))
    _spend(by, need.area_id)
    note(field=hand.value, purpose=purpose, task=about, role=role_of(meant, by), person=need.person_id)
    return OpenedCarer(need, said["name"], said.get("phone", ""), purpose)
