"""The desk's list of requests, one request with its texts, what of a person is under way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from wangge.access.actor import Actor
from wangge.people.models import Person, RightsLink, RightsRequest
from wangge.people.models.rights_words import ANSWERED, OPEN, OVER
from wangge.people.queries.masked import masked
from wangge.people.rules import ANSWERERS, KEEPERS
from wangge.people.words import COMPARTMENT, Kept
from wangge.vault import queries as vault

PAGE = 50
WHICH = {
    "open": Q(state__in=OPEN),
    "over": Q(state__in=OPEN),
    "answered": Q(state__in=ANSWERED),
    "done": Q(state__in=OVER),
}


@dataclass(frozen=True)
class Wanted:
    """What the desk looks for; every field stands in the address."""

    which: str = "open"
    kind: str = ""
    area: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Row:
    """A request in a list: whom it is about, masked."""

    request: RightsRequest
    name: str


@dataclass(frozen=True)
class Texts:
    """The sealed texts of a request, in clear for the page that shows them."""

    sought: str = ""
    authority: str = ""
    words: str = ""
    value: str = ""
    reply: str = ""


def listed(wanted: Wanted, now: datetime) -> tuple[list[Row], int | None]:
    """A page of requests as the actor may see them, and the number of the last one when there are more.

    What is open comes by what is due first; the rest with the newest first.
    """
    found = _seen().filter(WHICH.get(wanted.which, Q()))
    if wanted.which == "over":
        found = found.filter(due_at__lt=now)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.area:
        found = found.filter(area_id=wanted.area)
    page = list(_after(found, wanted)[: PAGE + 1])
    shown, more = page[:PAGE], page[PAGE:]
    return rows(shown), shown[-1].pk if more else None


def _after(found: QuerySet[RightsRequest], wanted: Wanted) -> QuerySet[RightsRequest]:
    if wanted.which not in ("open", "over"):
        return (found.filter(pk__lt=wanted.after) if wanted.after else found).order_by("-pk")
    if wanted.after:
        last = RightsRequest.objects.filter(pk=wanted.after).values_list("due_at", flat=True).first()
        if last is not None:
            found = found.filter(Q(due_at__gt=last) | Q(due_at=last, pk__gt=wanted.after))
    return found.order_by("due_at", "pk")


def rows(requests: Sequence[RightsRequest]) -> list[Row]:
    """The requests of a page with the masked names, opened in one batch."""
    persons = [one.person for one in requests if one.person is not None]
    names = masked(persons, (Kept.NAME,))
    return [Row(one, names[one.person_id].get(Kept.NAME, "") if one.person_id else "") for one in requests]


def of_person(person: Person) -> list[RightsRequest]:
    """What a person has asked, the last first."""
    return list(RightsRequest.objects.filter(person=person).order_by("-pk")[:PAGE])


def seen(pk: int) -> RightsRequest | None:
    """A request as the actor may see it."""
    return _seen().filter(pk=pk).first()


def _seen() -> QuerySet[RightsRequest]:
    return RightsRequest.objects.select_related(
        "area", "received_by", "person__home__dwelling__building__compound"
    ).defer("area__outline", "person__home__dwelling__building__footprint")


def texts(request: RightsRequest) -> Texts:
    """The words of a request and of its answer."""
    table, row = RightsRequest._meta.db_table, str(request.pk)
    columns = ("sought", "authority", "words", "reply")
    places = [(getattr(request, column), table, column, row) for column in columns]
    sought, authority, words, reply = (text or "" for text in vault.open_many(COMPARTMENT, places))
    said: dict[str, Any] = json.loads(words) if words else {}
    return Texts(sought, authority, said.get("words", ""), said.get("value", ""), reply)


def links_of(person: Person, now: datetime) -> list[RightsLink]:
    """The links of a person that still open something."""
    found = RightsLink.objects.filter(person=person, ended_at__isnull=True, ends_at__gt=now)
    return [link for link in found.order_by("-pk") if link.used < link.most]


def waits_for(actor: Actor) -> int:
    """How many requests wait for the actor: to be answered by the community, to be told by everybody who keeps."""
    if not actor.has(*KEEPERS):
        return 0
    waiting = Q(state__in=ANSWERED) | Q(state="received")
    return RightsRequest.objects.filter(waiting | Q(state="checked") if actor.has(*ANSWERERS) else waiting).count()
