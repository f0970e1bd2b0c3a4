"""A resident's report by program: no account, once per key, and the secrets of the answer kept sealed."""

import json
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Header, Router, Schema, Status
from ninja.errors import HttpError

from wangge.access.budgets import Spent
from wangge.access.nets import net_of
from wangge.access.pages import Request
from wangge.access.programs import Code, Key, Line, SomeWords, Strict, Token, answers, open_to_programs
from wangge.access.receipts import once
from wangge.cases import actions
from wangge.cases.actions.intake import COMPARTMENT
from wangge.cases.actions.room import room
from wangge.catalogue import queries as catalogue
from wangge.core import identifiers
from wangge.places.queries import by_token
from wangge.vault import actions as vault
from wangge.vault.queries import open_sealed

router = Router(tags=["reports"])
KEPT = {"table": "access_receipt", "column": "answer"}


class ReportIn(Strict):
    """What somebody tells: where, what; a telephone number only if they want an answer by telephone."""

    place: Token
    text: SomeWords
    where: Line = ""
    category: Code = ""
    phone: Line = ""
    danger: bool = False
    language: Literal["zh-hans", "en"] = "zh-hans"


class Receipt(Schema):
    """The number of the report, and the two secrets with which its reporter follows it."""

    number: str
    code: str
    tracking: str


class CategoryOut(Schema):
    """A category in use, in both languages."""

    code: str
    zh: str
    en: str
    urgent: bool


@router.post("/reports", auth=None, response=answers(201, Receipt, 409, 413, 415, 429), summary="Report something")
@open_to_programs
def report(
    request: Request,
    body: ReportIn,
    idempotency_key: Header[Key],
) -> Status[dict[str, Any]]:
    """Take in a report. The key is yours to make (16 random characters or more): sending it again is safe."""
    try:
        kept = once(
            f"api-{idempotency_key}"[:64], body.model_dump(), lambda: _report(body, request),
            account_id=request.actor.account_id, now=request.now, within=room(body.place, net_of(request)),
        )  # fmt: skip
    except Spent:
        raise HttpError(429, _("Too many reports from here within the hour. Call the duty desk.")) from None
    opened = json.loads(open_sealed(COMPARTMENT, bytes.fromhex(kept["sealed"]), row=kept["number"], **KEPT))
    address = reverse("tracking", args=[opened["token"]])
    link = (
        f"{settings.WANGGE.public_url}{address}" if settings.WANGGE.public_url else request.build_absolute_uri(address)
    )
    return Status(201, {"number": kept["number"], "code": opened["code"], "tracking": link})


def _report(body: ReportIn, request: Request) -> dict[str, Any]:
    place = by_token(body.place)
    if place is None:
        raise HttpError(422, _("There is no such place."))
    given = actions.Report(
        place, body.text, where=body.where.strip(), category=body.category, phone=_phone(body.phone),
        danger=body.danger, language=body.language,
    )  # fmt: skip
    received = actions.report(given, by=request.actor, now=request.now)
    number = received.case.number
    secrets = json.dumps({"token": received.token, "code": received.code})
    return {"number": number, "sealed": vault.seal(COMPARTMENT, secrets, row=number, **KEPT).hex()}


def _phone(typed: str) -> str:
    try:
        return identifiers.phone(typed) if typed.strip() else ""
    except identifiers.BadIdentifier as fault:
        raise HttpError(422, _("This is no telephone number we can call.")) from fault


@router.get("/categories", auth=None, response=answers(200, list[CategoryOut]), summary="Categories in use")
@open_to_programs
def categories(request: Request) -> list[dict[str, Any]]:
    """Categories a report or a case may have, in the order of the catalogue."""
    return [
        {"code": held.code, "zh": held.entry.spoken.zh_hans, "en": held.entry.spoken.en, "urgent": held.entry.urgent}
        for held in catalogue.categories()
    ]
