"""The care register is written: a need with its basis and its carers, consent that follows, confirmations."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids
from wangge.people.actions import care_sealing as sealing
from wangge.people.actions.care_sealing import Carers, Grounds
from wangge.people.models import CareNeed, Person
from wangge.people.queries.care import needs_of
from wangge.people.queries.carers import may_care
from wangge.people.rules import may_keep
from wangge.people.words import Basis

KEPT_FOR = timedelta(days=183)
"""So long a need is kept after it was confirmed last."""
URGENT_FOR = timedelta(days=30)
"""So long a need is kept that rests on the urgent protection of life, unless consent follows."""


@action("care.record", needs=may_keep)
def record_need(
    person: Person, *, code: str, given: Grounds, carers: Carers, source: str, by: Actor, now: datetime,
    help_note: str = "", days: int | None = None,
) -> CareNeed:  # fmt: skip
    """Write down that somebody needs a kind of help; each kind once."""
    today = localdate(now)
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if held.home_id is None:
        raise Refused(_("This person has moved away already."))
    if any(one.code == code for one in needs_of([held.pk], today=today).get(held.pk, ())):
        raise Refused(_("This need is written down for them already."))
    _refuse_strangers(carers, held.area_id, now)
    (pk,) = ids(CareNeed, 1)
    columns: dict[str, Any] = {
        **sealing.grounds(pk, given, today=today), **sealing.hands(pk, carers, today=today),
        "need": sealing.need(pk, code, days), "note": sealing.note(pk, help_note),
    }  # fmt: skip
    need = CareNeed.objects.create(
        pk=pk, area_id=held.area_id, person=held, source=source, opened_on=today, confirmed_on=today,
        ends_on=last_day(given.basis, today), **columns,
    )  # fmt: skip
    note(basis=given.basis.value, consent=str(given.consent), source=source)
    return need


@action("care.consent", needs=may_keep)
def consent(need: CareNeed, *, given: Grounds, source: str, by: Actor, now: datetime) -> CareNeed:
    """Write down the consent that follows an urgent need; from then on it is kept like every other."""
    held, today = _held(need), localdate(now)
    if given.basis is not Basis.CONSENT:
        raise Refused(_("Say how consent was given, and who heard it or keeps the paper."))
    columns = sealing.grounds(held.pk, given, today=today)
    _change(held, columns | _confirmed(today, source))
    note(consent=str(given.consent), source=source)
    return held


@action("care.carers", needs=may_keep)
def name_carers(need: CareNeed, *, carers: Carers, by: Actor, now: datetime) -> CareNeed:
    """Name who looks after somebody and who stands in."""
    held = _held(need)
    _refuse_strangers(carers, held.area_id, now)
    _change(held, sealing.hands(held.pk, carers, today=localdate(now)))
    note(carer=held.carer_id, deputy=held.deputy_id)
    return held


@action("care.confirm", needs=may_keep)
def confirm_need(need: CareNeed, *, source: str, by: Actor, now: datetime) -> CareNeed:
    """Say that the need is as it was, and still agreed to: six months begin anew."""
    held = _held(need)
    if held.basis == Basis.URGENT:
        raise Refused(_("This rests on urgency: what it needs is consent."))
    _change(held, _confirmed(localdate(now), source))
    note(source=source)
    return held


@action("care.describe", needs=may_keep)
def describe(need: CareNeed, *, help_note: str, source: str, by: Actor, now: datetime) -> CareNeed:
    """Say anew how to help; left empty, it is taken out."""
    held = _held(need)
    _change(held, {"note": sealing.note(held.pk, help_note), "source": source})
    note(source=source)
    return held


def last_day(basis: Basis, confirmed: date) -> date:
    """The last day a need is kept that was confirmed on a day."""
    return confirmed + (URGENT_FOR if basis is Basis.URGENT else KEPT_FOR)


def _confirmed(today: date, source: str) -> dict[str, Any]:
    return {"source": source, "confirmed_on": today, "ends_on": last_day(Basis.CONSENT, today)}


def _held(need: CareNeed) -> CareNeed:
    return CareNeed.objects.select_for_update(no_key=True).get(pk=need.pk)


def _change(need: CareNeed, columns: dict[str, Any]) -> None:
    for column, value in columns.items():
        setattr(need, column, value)
    need.save(update_fields=[column.removesuffix("_id") for column in columns])


def _refuse_strangers(carers: Carers, area: int, now: datetime) -> None:
    """Carers with an account have a post that reaches the grid."""
    for who in (carers.carer, carers.deputy):
        if isinstance(who, int) and not may_care(who, area, now):
            raise Refused(_("A carer has a post in this grid, community or town; or is named as somebody outside."))
