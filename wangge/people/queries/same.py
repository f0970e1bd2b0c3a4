"""Pairs of entries that may be one person, by blind indexes alone; names are opened for likeness and leave masked.

While a key is exchanged equal values may stand under two indexes; those pairs are proposed when it is done. Two
documents are two persons: a pair in which both have one is proposed by an equal document only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, NamedTuple

from django.db import connection

from wangge.core.masking import masked_name, masked_phone
from wangge.core.personal_names import alike
from wangge.people.models import Person
from wangge.people.words import COMPARTMENT, Likeness
from wangge.places.models import Dwelling
from wangge.vault import queries as vault

PAGE = 50
MOST_OF_ONE = 20
ORDER = (Likeness.DOCUMENT, Likeness.NAME_PHONE, Likeness.NAME_DOOR, Likeness.PHONE, Likeness.NAME)
"""What the numbers of the query mean."""

MINE: LiteralString = """
with mine as materialized (
  select p.id, p.name_index as n, p.document_index as d, p.phone_index as t, p.home_id as home, h.dwelling_id as door
    from people_person p left join people_household h on h.id = p.home_id),
called as (
  select id as person, id as number from mine
   union all select m.kept_id, m.gone from people_merge m where m.undone_at is null),
apart as (
  select least(f.person, s.person) as first, greatest(f.person, s.person) as second
    from people_apart x join called f on f.number = x.first join called s on s.number = x.second),
pairs as (
  select a.id as first, b.id as second from mine a join mine b on b.d = a.d and b.id > a.id
   union select a.id, b.id from mine a join mine b on b.t = a.t and b.id > a.id and (a.d is null or b.d is null)
   union select a.id, b.id from mine a join mine b on b.n = a.n and b.id > a.id and (a.d is null or b.d is null)),
judged as (
  select p.first, p.second,
         case when a.d = b.d then 0 when a.n = b.n and a.t = b.t then 1 when a.n = b.n and a.door = b.door then 2
              when a.n <> b.n and a.home = b.home then 9 when a.t = b.t then 3 else 4 end as likeness
    from pairs p join mine a on a.id = p.first join mine b on b.id = p.second)
"""
PAIRS: LiteralString = (
    MINE
    + """
select j.likeness, j.first, j.second from judged j
 where j.likeness < 9 and (j.likeness, j.first, j.second) > (%s, %s, %s)
   and not exists (select from apart x where (x.first, x.second) = (j.first, j.second))
 order by 1, 2, 3 limit %s
"""
)  # household: one telephone for a family is no hint
OF_ONE: LiteralString = (
    MINE
    + """
select j.likeness, j.first, j.second from judged j
 where j.likeness < 9 and %s in (j.first, j.second)
   and not exists (select from apart x where (x.first, x.second) = (j.first, j.second))
 order by 1, 2, 3 limit %s
"""
)
APART = "select exists (select from people_apart x where (x.first, x.second) = (%s, %s))"


class Place(NamedTuple):
    """Where a page of pairs ended."""

    likeness: int
    first: int
    second: int


@dataclass(frozen=True)
class Side:
    """One of the two, masked, and the door behind which they live, if they do."""

    person: Person
    name: str
    phone: str

    @property
    def door(self) -> Dwelling | None:
        return self.person.home.dwelling if self.person.home else None


@dataclass(frozen=True)
class Pair:
    """Two entries and why they may be one person."""

    likeness: Likeness
    first: Side
    second: Side


def pairs(after: Place | None, size: int = PAGE) -> tuple[list[Pair], Place | None]:
    """A page of pairs of the areas whose registry the actor keeps, the strongest first, and where it ended if more."""
    rows = _rows(PAIRS, [*(after or Place(-1, 0, 0)), size + 1])
    shown = rows[:size]
    return _pairs(shown), shown[-1] if len(rows) > size else None


def of_person(person: Person) -> list[Pair]:
    """Who may be the same as one person: as above, and who lives behind the same door under a name like theirs."""
    rows = _rows(OF_ONE, [person.pk, MOST_OF_ONE])
    known = {one for row in rows for one in (row.first, row.second)}
    return _pairs(rows) + [one for one in _variants(person) if one.second.person.pk not in known]


def are_apart(one: int, other: int) -> bool:
    """Whether somebody said that these two are two people."""
    with connection.cursor() as cursor:
        cursor.execute(APART, sorted((one, other)))
        return bool(cursor.fetchone()[0])


def _rows(sql: LiteralString, given: Sequence[Any]) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Place(*row) for row in cursor.fetchall()]


def _pairs(rows: Sequence[Place]) -> list[Pair]:
    found = _with_doors().in_bulk({one for row in rows for one in (row.first, row.second)})
    sides = _sides(list(found.values()))
    return [
        Pair(ORDER[row.likeness], sides[row.first], sides[row.second])
        for row in rows
        if row.first in sides and row.second in sides
    ]


def _variants(person: Person) -> list[Pair]:
    """Who lives behind the same door under a name that is written otherwise; two documents are two people."""
    if person.home is None:
        return []
    there = list(
        _with_doors().filter(home__dwelling=person.home.dwelling_id).exclude(pk=person.pk).order_by("pk")[:100]
    )
    own, *names = _opened([person, *there])
    like = [
        one
        for one, name in zip(there, names, strict=True)
        if alike(own, name)
        and (one.document_index is None or person.document_index is None)
        and bytes(one.name_index) != bytes(person.name_index)
        and not are_apart(person.pk, one.pk)
    ]
    sides = _sides([person, *like])
    return [Pair(Likeness.VARIANT, sides[person.pk], sides[one.pk]) for one in like]


def _with_doors() -> Any:
    found = Person.objects.select_related("home__dwelling__building__compound", "area")
    return found.defer("home__dwelling__building__footprint", "area__outline")


def _opened(persons: Sequence[Person]) -> list[str]:
    table = Person._meta.db_table
    opened = vault.open_many(COMPARTMENT, [(bytes(one.name), table, "name", str(one.pk)) for one in persons])
    return [name or "" for name in opened]


def _sides(persons: Sequence[Person]) -> dict[int, Side]:
    table = Person._meta.db_table
    places = [(getattr(one, field), table, field, str(one.pk)) for one in persons for field in ("name", "phone")]
    shown = iter(vault.open_masked(COMPARTMENT, places, {"name": masked_name, "phone": masked_phone}))
    return {one.pk: Side(one, next(shown) or "", next(shown) or "") for one in persons}
