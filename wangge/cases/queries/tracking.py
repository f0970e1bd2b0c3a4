"""Reads for the reporter: the one case a secret opens, its story in sentences, and whom to call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Prefetch, QuerySet

from wangge.access.context import hold
from wangge.cases.models import Case, Photo, Step
from wangge.cases.queries.faces import said
from wangge.cases.words import VERBS
from wangge.catalogue import queries as catalogue
from wangge.catalogue.schema import Reason
from wangge.core.numbers import token_digest
from wangge.places.models import Area, Grid
from wangge.places.queries import line

SPOKEN_TO_THE_REPORTER = frozenset({
    "self_handle", "not_accept", "start", "grant_extension", "suspend", "resume", "handle", "pass_check", "fail_check",
    "close_case", "supplement", "rate_solved", "rate_partly", "rate_unsolved", "reopen",
})  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One thing that happened, as the reporter is told it: no names of staff, no words among colleagues."""

    verb: str
    label: str
    at: datetime
    text: str
    photos: tuple[str, ...]
    until: datetime | None


def by_token(token: str) -> Case | None:
    """The case of a tracking link; presenting the token is what makes the row visible."""
    hold(token)
    return _with_unit().filter(tracking_digest=token_digest(token)).first()


def by_code(number: str, digest: bytes) -> Case | None:
    """The case of a number, for somebody who knows its code; to be read, never to be changed."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('wg.code', %s, true)", [f"{number}|{digest.hex()}"])
    return _with_unit().filter(number=number, code_digest=digest).first()


def _with_unit() -> QuerySet[Case]:
    return Case.objects.select_related("lead", "category", "building", "compound")


def story(case: Case) -> tuple[Told, ...]:
    """What happened so far, oldest first."""
    photos = Prefetch("photos", Photo.objects.select_related("file").order_by("order"))
    steps = list(case.steps.filter(told=True).order_by("at", "id").prefetch_related(photos))
    dispatched = [step for step in steps if step.verb == "dispatch"]
    last = dispatched[-1] if dispatched else None
    return tuple(_told(step, case, is_last=step is last) for step in steps)


def _told(step: Step, case: Case, *, is_last: bool) -> Told:
    words = list(_words(step))
    if is_last and case.lead is not None:
        words.insert(0, case.lead.name)
    names = tuple(photo.file.name for photo in step.photos.all())
    return Told(step.verb, str(VERBS[step.verb].told), step.at, "\n".join(words), names, step.until)


def _words(step: Step) -> Iterator[str]:
    """The reason in the reporter's words, the channel to use instead, and what was written for the reporter."""
    if step.verb not in SPOKEN_TO_THE_REPORTER:
        return
    entry = _reason(step.reason)
    if entry is not None:
        yield said(entry.public_label or entry.label)
        if entry.channel is not None:
            yield said(entry.channel)
    if step.note:
        yield step.note


def _reason(code: str) -> Reason | None:
    """A reason of the closed lists; one that is out of use since is left out rather than shown as a code."""
    try:
        return catalogue.reason(code).entry if code else None
    except catalogue.UnknownCode:
        return None


@dataclass(frozen=True)
class Opened:
    """The reporter's number was opened: when, in which post, what for."""

    at: datetime
    role: str
    purpose: str


def opened() -> tuple[Opened, ...]:
    """Who opened the number left with the report whose link was presented, the last first; at most a hundred."""
    with connection.cursor() as cursor:
        cursor.execute("select at, role, purpose from cases_opened()")
        rows = cursor.fetchall()
    if not rows:
        return ()
    roles, purposes = catalogue.roles(), catalogue.purposes()
    return tuple(
        Opened(
            at, said(roles[role].entry.label) if role in roles else role,
            said(purposes[purpose].entry.label) if purpose in purposes else purpose,
        )
        for at, role, purpose in rows
    )  # fmt: skip


def may_see_photo(case: Case, name: str) -> bool:
    """Photos of what the reporter was told, and no others."""
    return Photo.objects.filter(case=case, step__told=True, file__name=name).exists()


def place_token(case: Case) -> str:
    """The token on the plate of the case's place: of its building, its compound, or its grid."""
    place = case.building or case.compound or Grid.objects.filter(area_id=case.area_id).first()
    return place.token if place is not None else ""


def duty_phone(area_id: int) -> str:
    """The nearest duty telephone up the tree."""
    return next((area.duty_phone for area in reversed(line(area_id)) if area.duty_phone), "")


def community_of(area_id: int) -> Area:
    """The community an area belongs to, or the area itself in a tree without that level."""
    above = line(area_id)
    return next((area for area in reversed(above) if area.level == "community"), above[-1])


def any_duty_phone() -> str:
    """A number that somebody answers when no place is known: the highest duty desk there is."""
    found = (
        Area.objects.filter(valid_to__isnull=True)
        .exclude(duty_phone="")
        .order_by("id")
        .values_list("duty_phone", flat=True)
    )
    return found.first() or ""
