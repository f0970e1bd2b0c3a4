"""Organisations, their premises and contacts: written down, corrected, ended."""

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids
from wangge.catalogue.purposes import role_of, stated
from wangge.core.identifiers import BadIdentifier, credit_code, explain
from wangge.core.spelling import sort_key
from wangge.people.actions.opening import MINE
from wangge.people.actions.sealing import normal_form
from wangge.people.firm_words import ContactDuty, FirmKind
from wangge.people.models import Firm, FirmContact, Premises
from wangge.people.rules import may_keep, may_keep_firm, may_keep_of_firm
from wangge.people.words import COMPARTMENT, Kept
from wangge.places.models import Area, Building
from wangge.vault import actions as vault
from wangge.vault import queries as sealed

LONGEST = 80
OFFICE = "office"
"""The datum of the register of purposes that a contact is."""


class _Here:
    """Where something is written down, for the rule."""

    def __init__(self, area_id: int) -> None:
        self.area_id = area_id


@action("firm.record", needs=lambda actor, area, **_given: may_keep(actor, _Here(area.pk)))
def record_firm(area: Area, *, name: str, uscc: str, kind: FirmKind, by: Actor, now: datetime) -> Firm:
    """Write an organisation down, once: its unified social credit code tells it apart (GB 32100)."""
    code = code_of(uscc)
    if (known := Firm.objects.filter(uscc=code).first()) is not None:
        raise Refused(_("This organisation is written down already: %(name)s.") % {"name": known.name})
    plain = _name(name)
    note(kind=kind.value)
    return Firm.objects.create(name=plain, sort_key=sort_key(plain)[:200], uscc=code, kind=kind, area=area)


@action("firm.correct", needs=may_keep_firm)
def correct_firm(firm: Firm, *, name: str, uscc: str, kind: FirmKind, by: Actor, now: datetime) -> Firm:
    """Put name, code or kind of an organisation right."""
    code, plain = code_of(uscc), _name(name)
    if Firm.objects.filter(uscc=code).exclude(pk=firm.pk).exists():
        raise Refused(_("Another organisation has this code already."))
    firm.name, firm.sort_key, firm.uscc, firm.kind = plain, sort_key(plain)[:200], code, kind
    firm.save(update_fields=["name", "sort_key", "uscc", "kind"])
    note(kind=kind.value)
    return firm


@action("premises.record", needs=lambda actor, firm, building, **_given: may_keep(actor, _Here(building.grid_id)))
def add_premises(firm: Firm, building: Building, *, room: str, since: date, by: Actor, now: datetime) -> Premises:
    """Write down where an organisation is."""
    plain = " ".join(room.split())[:40]
    if Premises.objects.filter(firm=firm, building=building, room=plain, until__isnull=True).exists():
        raise Refused(_("These premises are written down already."))
    note(firm=firm.pk, building=building.pk)
    return Premises.objects.create(firm=firm, building=building, area_id=building.grid_id, room=plain, since=since)


@action("premises.end", needs=may_keep)
def end_premises(held: Premises, *, by: Actor, now: datetime) -> Premises:
    """Write down that an organisation is there no longer."""
    if held.until is not None:
        raise Refused(_("This has ended already."))
    held.until = max(localdate(now), held.since)
    held.save(update_fields=["until"])
    return held


@action("firm_contact.record", needs=may_keep_firm)
def add_contact(firm: Firm, *, duty: ContactDuty, name: str, phone: str, by: Actor, now: datetime) -> FirmContact:
    """Write down whom to call at an organisation, sealed."""
    today = localdate(now)
    given = {
        "name": normal_form(Kept.NAME, name, today=today), "phone": normal_form(Kept.PHONE, phone, today=today),
    }  # fmt: skip
    (pk,) = ids(FirmContact, 1)
    kept = {column: vault.seal(COMPARTMENT, value, **_at(pk, column)) for column, value in given.items()}
    note(firm=firm.pk, duty=duty.value)
    return FirmContact.objects.create(pk=pk, firm=firm, duty=duty, **kept)


@action("firm_contact.end", needs=may_keep_of_firm)
def end_contact(held: FirmContact, *, by: Actor, now: datetime) -> FirmContact:
    """Somebody is no longer to be called there."""
    held.ended_on = localdate(now)
    held.save(update_fields=["ended_on"])
    return held


class Shown:
    """A contact in clear, for as long as the page shows it."""

    def __init__(self, held: FirmContact, purpose: str) -> None:
        self.held, self.purpose = held, purpose
        self.name, self.phone = (
            sealed.open_sealed(COMPARTMENT, bytes(getattr(held, column)), **_at(held.pk, column))
            for column in ("name", "phone")
        )
        self.ledger_subject, self.ledger_area = held.ledger_subject, held.ledger_area


@action("firm_contact.open", needs=may_keep_of_firm)
def open_contact(held: FirmContact, *, purpose: str, by: Actor, now: datetime) -> Shown:
    """Open name and number of one contact for a purpose of the register (PIPL Art. 6), within the budget of a day."""
    meant = stated(purpose, field=OFFICE, actor=by, on=localdate(now))
    spend(by)
    note(firm=held.firm_id, purpose=purpose, role=role_of(meant, by))
    return Shown(held, purpose)


def spend(by: Actor) -> None:
    """Take one opening from the account's budget of the day."""
    if not MINE.spend(str(by.account_id)):
        raise Refused(_("So many fields were opened today that it stops here. The security administrator can see why."))


def code_of(typed: str) -> str:
    """Return a unified social credit code in its normal form. Raises Refused with what is wrong with it."""
    try:
        return credit_code(typed)
    except BadIdentifier as wrong:
        raise Refused(explain(wrong, "en" if (get_language() or "").startswith("en") else "zh-Hans")) from wrong


def _name(typed: str) -> str:
    if not (plain := " ".join(typed.split())) or len(plain) > LONGEST:
        raise Refused(_("A name has between 1 and %(most)s characters.") % {"most": LONGEST})
    return plain


def _at(pk: int, column: str) -> dict[str, str]:
    return {"table": FirmContact._meta.db_table, "column": column, "row": str(pk)}
