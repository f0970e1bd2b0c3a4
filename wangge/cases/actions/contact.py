"""Opening the reporter's telephone number: one field, one purpose, one entry in the book."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.cases.models import Case, Contact
from wangge.cases.rules import may_open_contact
from wangge.catalogue.purposes import role_of, stated
from wangge.vault import queries as vault


@dataclass(frozen=True)
class Opened:
    """A number in clear, for as long as the page shows it."""

    case: Case
    phone: str
    original: str
    purpose: str
    opened_at: datetime

    @property
    def ledger_subject(self) -> str:
        return self.case.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.case.ledger_area


@action("case.open_contact", needs=may_open_contact)
def open_contact(case: Case, *, purpose: str, by: Actor, now: datetime) -> Opened:
    """Open the contact for a stated purpose (PIPL Art. 6); who, when and why stay in the book."""
    meant = stated(purpose, field="contact", actor=by, on=localdate(now))
    note(field="contact", purpose=purpose, task=case.ledger_subject, role=role_of(meant, by))
    held = Contact.objects.get(case=case)
    where = {"table": Contact._meta.db_table, "row": case.number}
    original = (
        vault.open_sealed(held.compartment, bytes(held.original), column="original", **where) if held.original else ""
    )
    phone = vault.open_sealed(held.compartment, bytes(held.phone), column="phone", **where)
    return Opened(case, phone, original, purpose, now)
