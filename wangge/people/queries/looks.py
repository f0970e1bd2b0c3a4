"""Looks: entries of the book that name a field and a purpose. Codes and ids only; nobody's data stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from wangge.ledger.models import Entry

NAMED = ["field", "purpose"]
CHUNK = 2_000
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Wanted:
    """Which looks: those in a period, both ends given; empty means any."""

    since: datetime
    until: datetime
    purpose: str = ""
    field: str = ""
    role: str = ""
    areas: tuple[int, ...] | None = None
    account: int | None = None
    without_task: bool = False


@dataclass(frozen=True)
class Look:
    """One look: when, in which post, for what, at which field, for which task."""

    entry: int
    at: datetime
    role: str
    purpose: str
    field: str
    task: str
    account: int | None = None
    area_id: int | None = None


def looks(wanted: Wanted, *, before: Place | None = None, size: int) -> list[Look]:
    """Return one page of looks, the latest first, and one more when there are more; as whoever acts may read them."""
    found = _found(wanted).order_by("-at", "-id")
    if before is not None:
        at, entry = before
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=entry), at__lte=at)
    return [_look(each) for each in found[: size + 1]]


def count(wanted: Wanted) -> int:
    """Return how many looks there are."""
    return _found(wanted).count()


def each_look(wanted: Wanted) -> Iterator[Look]:
    """Return all looks, the latest first, read in chunks."""
    before: Place | None = None
    while page := looks(wanted, before=before, size=CHUNK - 1):
        yield from page
        before = (page[-1].at, page[-1].entry)


def _found(wanted: Wanted) -> QuerySet[Entry]:
    facts = {"purpose": wanted.purpose, "field": wanted.field, "role": wanted.role}
    found = Entry.objects.filter(facts__has_keys=NAMED, at__gte=wanted.since, at__lt=wanted.until)
    given: dict[str, Any] = {f"facts__{name}": value for name, value in facts.items() if value}
    if wanted.areas is not None:
        given["area_id__in"] = wanted.areas
    if wanted.account is not None:
        given["actor_id"] = wanted.account
    if wanted.without_task:
        found = found.filter(Q(facts__task="") | Q(facts__task__isnull=True))
    return found.filter(**given)


def _look(entry: Entry) -> Look:
    facts = entry.facts
    return Look(
        entry.pk, entry.at, facts.get("role", ""), facts["purpose"], facts["field"], facts.get("task") or "",
        entry.actor_id, entry.area_id,
    )  # fmt: skip
