"""Needs of the care register, opened in one batch for a page: of persons, of an area, of those somebody looks after."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.catalogue import queries as catalogue
from wangge.catalogue.schema import Need
from wangge.core.masking import masked_name, masked_phone
from wangge.people.models import CareCount, CareNeed
from wangge.people.queries.carers import names
from wangge.people.rules import KEEPERS
from wangge.people.words import COMPARTMENT, Basis, Hand
from wangge.places.models import Area
from wangge.vault import queries as vault

SOON = timedelta(days=30)
"""So long before its last day a need stands among those to be confirmed."""
CHUNK = 500
SEALED = ("need", "note", "grounds", "carer_outside", "deputy_outside")


@dataclass(frozen=True)
class Cared:
    """A need as a page shows it: what helps, how often, who looks after it; carers outside are masked."""

    row: CareNeed
    code: str
    meant: Need
    days: int
    carer: str
    deputy: str

    def is_due(self, today: date) -> bool:
        """Whether it has to be confirmed, or consent has to follow, within a month."""
        return self.row.ends_on <= today + SOON

    def is_left(self, gone: Collection[tuple[int, int]]) -> bool:
        """Whether one of the named has no post there any more."""
        return any((pk, self.row.area_id) in gone for pk in (self.row.carer_id, self.row.deputy_id) if pk is not None)

    @property
    def is_urgent(self) -> bool:
        return self.row.basis == Basis.URGENT


def opened(rows: Sequence[CareNeed], column: str) -> list[dict[str, Any]]:
    """What a sealed column of needs says; empty where nothing is kept."""
    values = vault.open_many(COMPARTMENT, [_place(row, column) for row in rows])
    return [json.loads(value) if value else {} for value in values]


def shown(rows: Sequence[CareNeed]) -> list[Cared]:
    """Needs as a page shows them: all opened at once, the names of their carers asked for once."""
    needs, accounts = opened(rows, "need"), names(_accounts(rows))
    outside = {hand: opened(rows, f"{hand.value}_outside") for hand in Hand}
    return [
        Cared(
            row, said["code"], catalogue.need_of(said["version"]).entry, said["days"],
            *(_who(getattr(row, f"{hand.value}_id"), outside[hand][at], accounts) for hand in Hand),
        )
        for at, (row, said) in enumerate(zip(rows, needs, strict=True))
    ]  # fmt: skip


def notes(rows: Sequence[CareNeed]) -> list[str]:
    """How to help, in the words that were found for it."""
    values = vault.open_many(COMPARTMENT, [_place(row, "note") for row in rows])
    return [(value or "").rstrip() for value in values]


def needs_of(persons: Collection[int], *, today: date) -> dict[int, list[Cared]]:
    """The needs of persons whom the actor may see."""
    rows = list(CareNeed.objects.filter(person_id__in=persons, ends_on__gte=today).order_by("pk")) if persons else []
    found: dict[int, list[Cared]] = defaultdict(list)
    for one in shown(rows):
        found[one.row.person_id].append(one)
    return dict(found)


@dataclass(frozen=True)
class Wanted:
    """Which needs a list shows: of a grid, of a kind, those to confirm, without a deputy, resting on urgency."""

    grid: int | None = None
    code: str = ""
    due: bool = False
    alone: bool = False
    urgent: bool = False


def register(
    actor: Actor, wanted: Wanted, *, today: date, after: tuple[date, int] | None = None, size: int = 50
) -> list[Cared]:
    """Needs of the areas one keeps, those that end first at the top; one more than asked when there are more.

    A kind is sealed with each row, so needs of one kind are found by opening those of the area, some hundred at a time.
    """
    found: list[Cared] = []
    while len(found) <= size:
        step = CHUNK if wanted.code else size + 1
        rows = list(_later(_kept(actor, wanted, today), after)[:step])
        found += [one for one in shown(rows) if wanted.code in {"", one.code}]
        if len(rows) < step:
            break
        after = (rows[-1].ends_on, rows[-1].pk)
    return found[: size + 1]


def charges(actor: Actor, *, today: date, after: int = 0, size: int = 50) -> list[tuple[Cared, int | None, str]]:
    """What the actor was named for: need, dwelling, how to help; one more than asked when there are more.

    Nothing of the persons is read here: who is no keeper of the grid sees the door alone.
    """
    held = doors()
    rows = CareNeed.objects.filter(pk__in=list(held), pk__gt=after, ends_on__gte=today).order_by("pk")
    page = list(rows.defer("grounds")[: size + 1])
    return [(one, held.get(one.row.pk), told) for one, told in zip(shown(page), notes(page), strict=True)]


def doors() -> dict[int, int]:
    """The dwelling of each need the actor was named for."""
    with connection.cursor() as cursor:
        cursor.execute("select need_id, dwelling_id from people_charges()")
        return dict(cursor.fetchall())


def counts(areas: Iterable[int]) -> dict[int, dict[str, int | None]]:
    """How many needs of each kind each grid has; None stands for one to four."""
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    for area, code, number in CareCount.objects.filter(area_id__in=list(areas)).values_list("area", "code", "number"):
        found[area][code] = number
    return dict(found)


def counted_grids(after: int, size: int) -> list[Area]:
    """The grids of one's area that have counts; one more than asked when there are more."""
    counted = CareCount.objects.filter(area_id__gt=after).values("area_id")
    grids = Area.objects.filter(pk__in=counted).select_related("parent").defer("outline", "parent__outline")
    return list(grids.order_by("pk")[: size + 1])


def counted_on() -> date | None:
    """When the needs were counted last, as far as the actor sees."""
    return CareCount.objects.order_by("-counted_on").values_list("counted_on", flat=True).first()


def _kept(actor: Actor, wanted: Wanted, today: date) -> QuerySet[CareNeed]:
    grids = Reach.objects.filter(ancestor_id__in=actor.areas_of(KEEPERS)).values("descendant_id")
    rows = CareNeed.objects.filter(area_id__in=grids, ends_on__gte=today)
    if wanted.grid:
        rows = rows.filter(area_id=wanted.grid)
    if wanted.due:
        rows = rows.filter(ends_on__lte=today + SOON)
    if wanted.alone:
        rows = rows.filter(deputy__isnull=True, deputy_outside__isnull=True)
    if wanted.urgent:
        rows = rows.filter(basis=Basis.URGENT)
    home = "person__home__dwelling__building__compound"
    return rows.select_related(home, "area").defer("area__outline", "person__home__dwelling__building__footprint")


def _later(rows: QuerySet[CareNeed], after: tuple[date, int] | None) -> QuerySet[CareNeed]:
    if after is not None:
        day, pk = after
        rows = rows.filter(ends_on__gte=day).exclude(ends_on=day, pk__lte=pk)
    return rows.order_by("ends_on", "pk")


def _accounts(rows: Iterable[CareNeed]) -> set[int]:
    return {pk for row in rows for pk in (row.carer_id, row.deputy_id) if pk is not None}


def _who(account: int | None, outside: dict[str, str], accounts: dict[int, str]) -> str:
    if account is not None:
        return accounts.get(account, "")
    return (
        " ".join(filter(None, (masked_name(outside["name"]), masked_phone(outside.get("phone", "")))))
        if outside
        else ""
    )


def _place(row: CareNeed, column: str) -> tuple[bytes | None, str, str, str]:
    value = getattr(row, column)
    return None if value is None else bytes(value), CareNeed._meta.db_table, column, str(row.pk)
