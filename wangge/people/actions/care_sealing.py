"""What is said of a need, checked and sealed: help, never an illness, each value as long as the others of its kind."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.catalogue import queries as catalogue
from wangge.catalogue.queries import UnknownCode
from wangge.core.personal_names import normal
from wangge.people.actions.sealing import normal_form
from wangge.people.models import CareNeed
from wangge.people.words import COMPARTMENT, Basis, Consent, Hand, Kept
from wangge.vault import actions as vault

LONGEST = 300
STEP = {"need": 128, "note": 128, "grounds": 256, "carer_outside": 128, "deputy_outside": 128}
"""Values are filled up with spaces to a multiple of so many bytes, lest their length tell what they say."""


@dataclass(frozen=True)
class Grounds:
    """Why a need may be written down: consent, how and before whom and on which day; or why it is urgent."""

    basis: Basis
    consent: Consent | str = ""
    heard_by: str = ""
    on: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Outside:
    """A carer without an account: a neighbour or relative, with a telephone if they have one."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Carers:
    """Who looks after somebody and who stands in: an account, or somebody outside; a deputy may be found later."""

    carer: int | Outside
    deputy: int | Outside | None = None


def helping(text: str) -> str:
    """Return a text about a person as it is kept. Raises Refused when it names an illness or a suspicion."""
    kept = " ".join(text.split())
    if len(kept) > LONGEST:
        raise Refused(_("Say it in at most %(most)s characters.") % {"most": LONGEST})
    if told := catalogue.told_too_much(kept):
        raise Refused(
            _("Write what help is needed, not what somebody has: “%(word)s” is not written down.") % {"word": told.word}
        )
    return kept


def need(pk: int, code: str, days: int | None) -> bytes:
    """Seal which need of the catalogue it is, as it is worded now. Raises Refused when there is no such need."""
    try:
        held = catalogue.need(code)
    except UnknownCode as unknown:
        raise Refused(_("Choose a need of the list.")) from unknown
    if days is not None and not 1 <= days <= 183:
        raise Refused(_("Between two visits lie 1 to 183 days."))
    said = {"code": held.code, "version": held.version_id, "days": days or held.entry.visit_days}
    return seal(pk, "need", _json(said))


def note(pk: int, text: str) -> bytes | None:
    """Seal how to help; nothing said, nothing kept."""
    return seal(pk, "note", kept) if (kept := helping(text)) else None


def grounds(pk: int, given: Grounds, *, today: date) -> dict[str, Any]:
    """The columns of what a need rests on. Raises Refused when it does not suffice."""
    if given.basis is Basis.URGENT:
        if not (why := helping(given.why)):
            raise Refused(_("Say why it cannot wait for consent."))
        said = {"why": why}
        return {"basis": given.basis, "consent": "", "consent_on": None, "grounds": seal(pk, "grounds", _json(said))}
    heard, on = helping(given.heard_by), given.on or today
    if given.consent not in Consent.values or not heard:
        raise Refused(_("Say how consent was given, and who heard it or keeps the paper."))
    if on > today:
        raise Refused(_("Consent was given today or before."))
    sealed = seal(pk, "grounds", _json({"heard": heard}))
    return {"basis": given.basis, "consent": given.consent, "consent_on": on, "grounds": sealed}


def hands(pk: int, carers: Carers, *, today: date) -> dict[str, Any]:
    """The columns of carer and deputy. Raises Refused when they are the same."""
    if carers.carer == carers.deputy:
        raise Refused(_("Who stands in is somebody else than the carer."))
    columns: dict[str, Any] = {}
    for hand, who in ((Hand.CARER, carers.carer), (Hand.DEPUTY, carers.deputy)):
        inside, outside = (who, None) if isinstance(who, int) else (None, who)
        columns[f"{hand.value}_id"] = inside
        columns[f"{hand.value}_outside"] = None if outside is None else _outside(pk, hand, outside, today)
    return columns


def _outside(pk: int, hand: Hand, who: Outside, today: date) -> bytes:
    said = {"name": normal(who.name) and normal_form(Kept.NAME, who.name, today=today)}
    if not said["name"]:
        raise Refused(_("Say who it is."))
    if who.phone:
        said["phone"] = normal_form(Kept.PHONE, who.phone, today=today)
    return seal(pk, f"{hand.value}_outside", _json(said))


def seal(pk: int, column: str, value: str) -> bytes:
    """Seal one value of a need for its place, filled up."""
    filled = value + " " * (-len(value.encode()) % STEP[column])
    return vault.seal(COMPARTMENT, filled, table=CareNeed._meta.db_table, column=column, row=str(pk))


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, ensure_ascii=False)
