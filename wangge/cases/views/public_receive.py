"""Taking in what a resident sends, once: photos are kept, the action runs, the same form again gets the same answer."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language

from wangge.access.budgets import Asked
from wangge.access.nets import net_of
from wangge.access.pages import Request
from wangge.access.receipts import once
from wangge.cases import actions
from wangge.cases.actions.intake import COMPARTMENT, code_digest
from wangge.cases.actions.room import room
from wangge.cases.forms.report import ReportForm, photo_said
from wangge.cases.words import Source
from wangge.files.actions import Unfit, keep_photo, path_of
from wangge.files.models import File
from wangge.places.queries import Place
from wangge.vault import actions as vault
from wangge.vault.queries import open_sealed

OWNER = "reporter"
SEALED = {"table": "access_receipt", "column": "answer"}


class PhotosUnfit(ValueError):
    """Some photos could not be kept; one sentence for each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Secrets:
    """What the reporter holds: the token of the link and the code to read out."""

    token: str
    code: str


def keep_all(photos: list[UploadedFile], request: Request) -> tuple[File, ...]:
    """Keep every photo or none. Raises PhotosUnfit naming each that cannot be kept."""
    kept: list[File] = []
    wrong: list[str] = []
    for at, photo in enumerate(photos, 1):
        try:
            kept.append(keep_photo(photo.read(), owner=OWNER, now=request.now))
        except Unfit as problem:
            wrong.append(photo_said(at, str(problem)))
    if wrong:
        for file in kept:
            path_of(file.name).unlink(missing_ok=True)
            path_of(file.name, small=True).unlink(missing_ok=True)
        raise PhotosUnfit(wrong)
    return tuple(kept)


def digests(photos: list[UploadedFile]) -> list[str]:
    """What tells the photos of one sending from those of another; leaves them ready to be read again."""
    found = []
    for photo in photos:
        found.append(hashlib.sha256(photo.read()).hexdigest())
        photo.seek(0)
    return found


def receive(request: Request, place: Place, form: ReportForm) -> Secrets:
    """Take in a report. Raises PhotosUnfit, Spent, and OtherBody when the form was sent before with other words."""
    given = form.cleaned_data
    fresh: list[Secrets] = []

    def answer() -> dict[str, Any]:
        photos = keep_all(given["photos"], request)
        received = actions.report(report_of(request, place, given, photos), by=request.actor, now=request.now)
        fresh.append(Secrets(received.token, received.code))
        secret = vault.seal(COMPARTMENT, f"{received.token}|{received.code}", row=given["key"], **SEALED)
        return {"number": received.case.number, "secret": secret.hex()}

    phone = code_digest(given["key"], given["phone"]).hex() if given["phone"] else ""
    body = {**given, "phone": phone, "place": place.token, "photos": digests(given["photos"])}
    within = room(place.token, net_of(request))
    held = sent_once(request, body, answer, alone=not given["photos"], within=within)
    return fresh[0] if fresh else _again(held, given["key"])


def _again(held: Mapping[str, Any], key: str) -> Secrets:
    """What the reporter was given the first time."""
    opened = open_sealed(COMPARTMENT, bytes.fromhex(held["secret"]), row=key, **SEALED)
    return Secrets(*opened.split("|"))


def sent_once(
    request: Request, body: Mapping[str, Any], answer: Callable[[], dict[str, Any]], *, alone: bool = False,
    within: Sequence[Asked] = (),
) -> dict[str, Any]:  # fmt: skip
    """Run the answer once per key of the form."""
    rest = {name: value for name, value in body.items() if name not in {"key", "via"}}
    who, now = request.actor.account_id, request.now
    return once(body["key"], rest, answer, account_id=who, now=now, alone=alone, within=within)


def report_of(request: Request, place: Place, given: Mapping[str, Any], photos: tuple[File, ...]) -> actions.Report:
    source = Source.WEB if given["via"] == "search" else Source.QR
    return actions.Report(
        place=place,
        text=given["text"],
        where=f"{place.name} {given['where']}".strip(),
        category=given["category"],
        phone=given["phone"] if given["contact"] != "none" else "",
        source=Source.PROXY if given["contact"] == "proxy" else source,
        danger=given["danger"],
        language=get_language() or "zh-hans",
        photos=photos,
    )
