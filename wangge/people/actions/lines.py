"""The community's side of the daily sheet: taking a line over into the registry, a visit first, sending it back."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.catalogue.purposes import role_of, stated
from wangge.people.actions.firms import spend
from wangge.people.actions.leaving import leave
from wangge.people.actions.recording import record_household, say_use
from wangge.people.actions.sealing import Member
from wangge.people.actions.sheets import place_of, sealed_words, turned
from wangge.people.models import Household, Person, SheetLine
from wangge.people.rules import may_keep
from wangge.people.sheet_words import FITTING, LineField, LineOutcome, LineReason
from wangge.people.words import COMPARTMENT, Relation, Tenure, Use
from wangge.places.models import Dwelling
from wangge.vault import queries as vault


@action("sheet_line.take", needs=may_keep)
def take(
    line: SheetLine, *, outcome: LineOutcome, by: Actor, now: datetime, name: str = "", phone: str = "",
    tenure: Tenure | None = None, household: Household | None = None,
) -> SheetLine:  # fmt: skip
    """Write into the registry what a line says; its source there is the sheet.

    A name that the household let the firm pass on goes from the line to the new person unseen; another may be typed
    instead. Once the line is done its name and number are taken away.
    """
    held = turned(line, "take")
    if outcome not in fitting(held):
        raise Refused(_("This line cannot be taken over so."))
    source = f"sheet:{held.sheet_id}"
    match outcome:
        case LineOutcome.HOUSEHOLD:
            member = _member(held, name, phone, tenure)
            record_household(_door(held), members=(member,), source=source, by=by, now=now)
        case LineOutcome.LIVED_IN:
            say_use(_door(held), use=Use.LIVED_IN, source=source, by=by, now=now)
        case LineOutcome.LEFT:
            _all_left(held, household, source, by, now)
        case LineOutcome.VACANT:
            say_use(_door(held), use=Use.VACANT, source=source, by=by, now=now)
    held.outcome, held.name, held.phone = outcome, None, None
    _handled(held, by, now, "outcome", "name", "phone")
    note(outcome=outcome.value, sheet=held.sheet_id)
    return held


@action("sheet_line.visit", needs=may_keep)
def need_visit(line: SheetLine, *, by: Actor, now: datetime) -> SheetLine:
    """Somebody goes there before the line is taken over or sent back."""
    held = turned(line, "need_visit")
    _handled(held, by, now)
    return held


@action("sheet_line.correct", needs=may_keep)
def send_back(line: SheetLine, *, reason: LineReason, text: str = "", by: Actor, now: datetime) -> SheetLine:
    """The community says that it is not so, with the reason: the line comes into the firm's inbox."""
    held = turned(line, "correct")
    held.reason, held.said = reason, sealed_words(held.pk, "said", text)
    _handled(held, by, now, "reason", "said")
    note(reason=reason.value)
    return held


@dataclass(frozen=True)
class OpenedLine:
    """A sealed field of a line in clear, for as long as the page shows it."""

    line: SheetLine
    field: LineField
    value: str
    ledger_subject: str
    ledger_area: int | None


@action("sheet_line.open", needs=may_keep)
def open_line(line: SheetLine, *, field: LineField, purpose: str, by: Actor, now: datetime) -> OpenedLine:
    """Open a name or number of a line for a purpose of the register; the community only, never the firm."""
    meant = stated(purpose, field=field.value, actor=by, on=localdate(now))
    if not (value := opened(line, field)):
        raise Refused(_("Nothing is kept here."))
    spend(by)
    note(field=field.value, purpose=purpose, role=role_of(meant, by))
    return OpenedLine(line, field, value, line.ledger_subject, line.ledger_area)


def fitting(line: SheetLine) -> tuple[LineOutcome, ...]:
    """Return what may become of a line; a door the register does not know is noted, a household written down once."""
    if line.dwelling_id is None:
        return (LineOutcome.NOTED,)
    if line.outcome == LineOutcome.HOUSEHOLD:
        return tuple(dict.fromkeys((*FITTING[line.kind][1:], LineOutcome.LEFT)))
    return FITTING[line.kind]


def opened(line: SheetLine, field: LineField) -> str:
    """Return a sealed field in clear, empty when nothing was said. Callers state what for."""
    value = getattr(line, field.value)
    where = place_of(line.pk, field.value)
    return "" if value is None else vault.open_sealed(COMPARTMENT, bytes(value), **where)


def _door(line: SheetLine) -> Dwelling:
    assert line.dwelling is not None  # else it is only noted
    return line.dwelling


def _member(line: SheetLine, name: str, phone: str, tenure: Tenure | None) -> Member:
    if not (said := tenure or line.tenure):
        raise Refused(_("Say how they live there."))
    return Member(
        name or opened(line, LineField.NAME), Tenure(said), Relation.FIRST,
        phone=phone or opened(line, LineField.PHONE),
    )  # fmt: skip


def _all_left(line: SheetLine, household: Household | None, source: str, by: Actor, now: datetime) -> None:
    """Write down that everybody of the household has moved away; which one, when there are several."""
    there = list(Household.objects.filter(dwelling=line.dwelling_id, until__isnull=True)[:20])
    if household is None and len(there) > 1:
        raise Refused(_("Several households live here. Say which one has moved away."))
    chosen = household or next(iter(there), None)
    if chosen is None or chosen not in there:
        raise Refused(_("No household is written down here. Take it over as known already."))
    on = line.sheet.day
    for person in Person.objects.filter(home=chosen):
        leave(person, on=on, source=source, by=by, now=now)


def _handled(line: SheetLine, by: Actor, now: datetime, *fields: str) -> None:
    line.handled_by_id, line.handled_at = by.account_id, now
    line.save(update_fields=["state", "handled_by", "handled_at", *fields])
