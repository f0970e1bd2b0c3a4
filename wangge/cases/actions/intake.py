"""How a case begins: a resident's report without an account, or a registration by staff."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.cases.actions.beginning import drawn, written
from wangge.cases.actions.moves import Said, chosen, keep_photos, stage_due, step_of
from wangge.cases.models import Case, Contact
from wangge.cases.rules import may_register
from wangge.cases.words import Source
from wangge.catalogue import queries as catalogue
from wangge.core import redaction
from wangge.files.models import File
from wangge.places.queries import Place
from wangge.vault import actions as vault

COMPARTMENT = "reporters"


@dataclass(frozen=True)
class Report:
    """What somebody told us."""

    place: Place
    text: str
    where: str = ""
    category: str = ""
    phone: str = ""
    source: str = Source.WEB
    danger: bool = False
    language: str = "zh-hans"
    photos: tuple[File, ...] = ()


@dataclass(frozen=True)
class Received:
    """A new case with the two secrets its reporter holds: the token of the link and the code to read out."""

    case: Case
    token: str
    code: str

    @property
    def ledger_subject(self) -> str:
        return self.case.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.case.ledger_area


def code_digest(number: str, code: str) -> bytes:
    """Keyed digest of the six digits, so that the table gives nothing to guess with."""
    return hmac.new(settings.CODE_KEY, f"{number}|{code}".encode(), hashlib.sha256).digest()


def _anonymous(_actor: Actor, _report: Report) -> str | None:
    return None


@action("case.report", needs=_anonymous, alone=True)
def report(given: Report, *, by: Actor, now: datetime) -> Received:
    """Take in a resident's report: nobody has to say who they are (GB/T 33358; PIPL Art. 6)."""
    return _begin(given, "report", by, now)


@action("case.register", needs=may_register)
def register(given: Report, *, by: Actor, now: datetime) -> Received:
    """Register what staff saw, or what a resident told them by telephone, on paper or at the desk."""
    return _begin(given, "register", by, now)


def _begin(given: Report, verb: str, by: Actor, now: datetime) -> Received:
    token, code = secrets.token_urlsafe(16), f"{secrets.randbelow(1_000_000):06d}"
    text, found = redaction.redact(given.text.strip())
    category = chosen(catalogue.category, given.category) if given.category else None
    case = Case(
        area_id=given.place.area_id, building_id=given.place.building_id,
        compound_id=given.place.compound_id, place=(given.where or given.place.name)[:200], lon=given.place.lon,
        lat=given.place.lat, text=text, source=given.source,
        urgent=given.danger or bool(category and category.entry.urgent),
        category_id=category.version_id if category else None,
        category_code=given.category, state="verifying" if verb == "report" else "reported", reported_at=now,
        stage_at=now, tracking_digest=hashlib.sha256(token.encode()).digest(),
        anonymous=not given.phone, language=given.language,
    )  # fmt: skip
    case.due_at, case.clock = stage_due(case, case.state, now)
    said = Said(photos=given.photos)
    step, free = step_of(case, verb, "", by=by, now=now, said=said), False
    while not free:
        case.number = drawn(timezone.localdate(now))
        case.code_digest = code_digest(case.number, code)
        free = written(case, step, token if by.is_public else "")
    keep_photos(step, said)
    if given.phone or found:
        _seal_contact(case, given, keep_text=bool(found))
    note(origin="", target=case.state, step=step.pk, source=given.source, category=given.category)
    return Received(case, token, code)


def _seal_contact(case: Case, given: Report, *, keep_text: bool) -> None:
    where = {"table": Contact._meta.db_table, "row": case.number}
    sealed = vault.seal(COMPARTMENT, given.phone, column="phone", **where)
    Contact.objects.create(
        case=case, compartment=COMPARTMENT, phone=sealed,
        phone_index=vault.blind_index(COMPARTMENT, given.phone) if given.phone else b"",
        original=vault.seal(COMPARTMENT, given.text, column="original", **where) if keep_text else None,
    )  # fmt: skip


__all__ = ["COMPARTMENT", "Received", "Refused", "Report", "code_digest", "register", "report"]
