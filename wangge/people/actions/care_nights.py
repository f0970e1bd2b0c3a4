"""Each night: needs whose last day has passed end, and those that are kept are counted by grid and kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.access.bulk import insert
from wangge.people.actions.care_ends import end_need
from wangge.people.models import CareCount, CareNeed
from wangge.people.queries.care import opened
from wangge.people.words import Basis, CareEnd

LEAST = 5
"""A smaller number is held back: one to four persons of a grid are soon named."""
CHUNK = 5_000


@dataclass(frozen=True)
class Counted:
    """How many needs were counted."""

    number: int
    ledger_subject: str = "care"
    ledger_area: int | None = None


def end_overdue(*, by: Actor, now: datetime) -> int:
    """End what nobody confirmed and what no consent followed, an entry for each; say how many."""
    over = list(CareNeed.objects.filter(ends_on__lt=localdate(now)).only("pk", "area_id", "basis").order_by("pk"))
    for need in over:
        why = CareEnd.NO_CONSENT if need.basis == Basis.URGENT else CareEnd.NOT_CONFIRMED
        end_need(need, why=why, by=by, now=now)
    return len(over)


@action("care.count", needs=by_the_system)
def count_needs(*, by: Actor, now: datetime) -> Counted:
    """Count needs by grid and kind; what is held back is not stored either."""
    today = localdate(now)
    counted = Counter(_kinds(today))
    CareCount.objects.all().delete()
    rows = sorted(counted.items())
    if rows:
        columns: dict[str, list[Any]] = {
            "area_id": [area for (area, _code), _number in rows], "code": [code for (_area, code), _number in rows],
            "number": [number if number >= LEAST else None for _key, number in rows],
            "counted_on": [today] * len(rows),
        }  # fmt: skip
        insert(CareCount, columns)
    note(needs=counted.total(), rows=len(rows))
    return Counted(counted.total())


def _kinds(today: date) -> Iterator[tuple[int, str]]:
    """Grid and kind of each need, opened chunk by chunk."""
    after = 0
    while chunk := list(CareNeed.objects.filter(ends_on__gte=today, pk__gt=after).order_by("pk")[:CHUNK]):
        yield from ((need.area_id, said["code"]) for need, said in zip(chunk, opened(chunk, "need"), strict=True))
        after = chunk[-1].pk
