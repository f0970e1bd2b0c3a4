"""Looking for somebody: for a purpose, within a budget, with an entry that says why and how many, never whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.budgets import Budget
from wangge.catalogue.purposes import role_of, stated
from wangge.people.actions.matters import matter
from wangge.people.models import Person
from wangge.people.queries.seeking import seek
from wangge.people.rules import may_see_residents
from wangge.people.words import Kept

BUDGET = Budget("people.seek", 200, 86_400)
MOST = 20


@dataclass(frozen=True)
class Sought:
    """Who was found: all of one's own area."""

    persons: list[Person]
    ledger_subject: str = "people"
    ledger_area: int | None = None


@action("person.seek", needs=may_see_residents)
def seek_person(
    *, term: str, purpose: str, communities: Iterable[int], today: date, task: str = "", by: Actor, now: datetime
) -> Sought:
    """Find persons by telephone, document or whole name; the term itself is kept nowhere."""
    meant, about = stated(purpose, field=Kept.NAME.value, actor=by, on=today), matter(task)
    if not BUDGET.spend(str(by.account_id)):
        raise Refused(_("So many were looked for today that it stops here. The security administrator can see why."))
    found = seek(term, communities, today=today).select_related("home__dwelling__building__compound")
    persons = list(found.order_by("area_id", "home__dwelling_id", "pk")[:MOST])
    note(purpose=purpose, task=about, role=role_of(meant, by), found=len(persons))
    return Sought(persons)
