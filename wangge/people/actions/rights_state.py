"""Laying open to a person what is held about them and who looked: on the page, on paper, or as a copy for machines."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.budgets import Budget
from wangge.catalogue.purposes import role_of, stated
from wangge.people.models import Person, RightsRequest
from wangge.people.models.rights_words import ANSWERED, STATED, State
from wangge.people.queries.held import Held
from wangge.people.queries.held import held as opened
from wangge.people.queries.shown_looks import MOST, Look, looks
from wangge.people.rules import may_hear
from wangge.people.words import Kept

PURPOSE = "access_request"
MINE, BY_LINK = Budget("rights.state", 20, 86_400), Budget("rights.link", 60, 86_400)
"""How many statements one account gives in a day, and how often one link lays open what is held."""


@dataclass(frozen=True)
class Stated:
    """What is held about a person and who looked, on one day."""

    person: Person
    held: Held
    looks: list[Look]
    at: datetime

    @property
    def ledger_subject(self) -> str:
        return self.person.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.person.area_id


@action("rights.state", needs=may_hear)
def state(person: Person, *, form: str, by: Actor, now: datetime, request: RightsRequest | None = None) -> Stated:
    """Lay open everything that is held, as `page`, `paper` or `copy`; the person is told of this one too.

    Staff need a request of the person, whose identity is known; without one nobody opens a whole person.
    """
    if by.is_public:
        role, budget, key = "resident", BY_LINK, str(person.pk)
    else:
        role = role_of(stated(PURPOSE, field=Kept.NAME.value, actor=by, on=localdate(now)), by)
        budget, key = MINE, str(by.account_id)
        if reason := _why_not(person, request):
            raise Refused(reason)
    if not budget.spend(key):
        raise Refused(_("So much was opened today that it stops here. The security administrator can see why."))
    seen = looks(person, most=MOST)
    note(form=form, purpose=PURPOSE, role=role, task=request.ledger_subject if request is not None else "")
    return Stated(person, opened(person, localdate(now)), seen, now)


def _why_not(person: Person, request: RightsRequest | None) -> str | None:
    """Whether the person asked for it and is known to be the person, as the request stands now."""
    held = RightsRequest.objects.filter(pk=request.pk).first() if request is not None else None
    if held is None or held.person_id != person.pk or held.kind not in STATED:
        return _("What is held is laid open when the person asks for it: write the request down first.")
    if held.state not in (State.CHECKED, *ANSWERED):
        return _("First make sure that it is the person; once the answer is told, it takes a new request.")
    return None
