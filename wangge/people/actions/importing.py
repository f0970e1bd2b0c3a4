"""Lists of persons: staged sealed, taken door by door, given back; one entry a piece, with numbers alone."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids, insert
from wangge.exchange.queries import constraints
from wangge.people.actions.leaving import settle_in
from wangge.people.models import Arrival, Household, Person
from wangge.people.queries import arrivals
from wangge.people.rules import may_bring_persons
from wangge.people.words import COMPARTMENT, Fate, Kept
from wangge.vault import actions as vault


@dataclass(frozen=True)
class Piece:
    """What was written or given back of an import."""

    of: int
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def ledger_subject(self) -> str:
        return f"import:{self.of}"

    @property
    def ledger_area(self) -> int | None:
        return None


class Staged(Protocol):
    """A good row: see imports.knowing.Coming."""

    row: Any
    door: Any
    indexes: Any
    fate: str
    record: int | None
    fills: list[Kept]
    moves: bool


def stage(coming: Sequence[Staged], *, of: int) -> None:
    """Keep rows sealed for the row each will be: no action of its own, the check of the chunk is the entry."""
    if not coming:
        return
    fresh = iter(ids(Person, len(coming)))
    numbers = [next(fresh) for _ in coming]
    named = [each.record or pk for each, pk in zip(coming, numbers, strict=True)]
    columns: dict[str, list[Any]] = {
        "id": numbers, "of_id": [of] * len(coming), "number": [each.row.number for each in coming],
        "area_id": [each.door.grid for each in coming], "community_id": [each.door.community for each in coming],
        "dwelling_id": [each.door.dwelling for each in coming], "home": ids(Household, len(coming)),
        "together": _together(coming),
        "tenure": [each.row.values["tenure"] for each in coming],
        "relation": [each.row.values.get("relation", "") for each in coming],
        "since": [each.row.values.get("since") for each in coming], "fate": [str(each.fate) for each in coming],
        "record_id": [each.record for each in coming], "fills": [",".join(each.fills) for each in coming],
        "moves": [each.moves for each in coming],
    }  # fmt: skip
    for kept in Kept:
        columns[kept.value] = _sealed(kept, coming, named)
        columns[f"{kept.value}_index"] = [each.indexes.get(kept) for each in coming]
    insert(Arrival, columns)


def unstage(of: int, first: int, last: int) -> None:
    """Remove staged rows again, by their numbers: they are about to be staged anew."""
    Arrival.objects.filter(of_id=of, number__gte=first, number__lte=last).delete()


def _sealed(kept: Kept, coming: Sequence[Staged], named: Sequence[int]) -> list[bytes | None]:
    table, code = Person._meta.db_table, kept.value
    held = [(at, each.row.values[code]) for at, each in enumerate(coming) if kept in each.indexes]
    sealed = vault.seal_many(COMPARTMENT, [(value, table, code, str(named[at])) for at, value in held])
    column: list[bytes | None] = [None] * len(coming)
    for (at, _value), made in zip(held, sealed, strict=True):
        column[at] = made
    return column


def _together(coming: Sequence[Staged]) -> list[bytes | None]:
    """What the list calls the household, as a keyed digest: its number may be that of a paper."""
    said = [each.row.values.get("household") for each in coming]
    names = [name for name in said if name]
    digests = iter(vault.blind_index_many(COMPARTMENT, [(name, None) for name in names]))
    return [next(digests)[:8] if name else None for name in said]


@action("people.import", needs=lambda actor, *_given, **_named: may_bring_persons(actor))
def take(of: int, after: int, last: int, *, by: Actor, now: datetime) -> Piece:
    """Write the rows of the doors after one and up to another: all of a door together."""
    today = localdate(now)
    rows = arrivals.take(of, after, last, today=today)
    note(persons=rows)
    held = Arrival.objects.filter(of_id=of, dwelling_id__gt=after, dwelling_id__lte=last)
    moving = held.filter(fate=Fate.CHANGED, moves=True).select_related("record__home", "dwelling").order_by("number")
    moved = 0
    for row in moving:
        assert row.record is not None
        if row.record.home is not None and row.record.home.dwelling_id == row.dwelling_id:
            continue  # moved already, by a process that was killed before it could say so
        settle_in(row.record, row.dwelling, tenure=row.tenure, on=today, source=f"import:{of}")
        moved += 1
    note(moved=moved)
    return Piece(of, held.count())


@action("people.import_back", needs=lambda actor, *_given, **_named: may_bring_persons(actor))
def give_back(of: int, persons: Sequence[int], *, by: Actor, now: datetime) -> Piece:
    """Remove persons an import made, unless somebody has worked on them since or something hangs on them."""
    free = arrivals.removable(of, persons)
    counts = Counter({"changed_since": len(persons) - len(free)})
    counts.update(_removed(of, free))
    note(persons=counts["undone"], kept=len(persons) - counts["undone"], digest=_digest(free))
    return Piece(of, len(persons), +counts)


def _removed(of: int, persons: Sequence[int]) -> Counter[str]:
    """Remove all at once; when something holds on to one of them, find it by halving."""
    if not persons:
        return Counter()
    try:
        with transaction.atomic():
            arrivals.remove(of, persons)
            constraints.check_now()
    except IntegrityError:
        if len(persons) == 1:
            return Counter(in_use=1)
        middle = len(persons) // 2
        return _removed(of, persons[:middle]) + _removed(of, persons[middle:])
    return Counter(undone=len(persons))


def _digest(numbers: Iterable[int]) -> str:
    return hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()[:32]
