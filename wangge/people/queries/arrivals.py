"""Rows of lists of persons on their way in: whom the registry knows, what is there twice, how rows become residents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from wangge.access.arrays import array
from wangge.people.words import COMPARTMENT
from wangge.vault import queries as vault

PIECE = 5_000
"""Doors whose people are written in one transaction."""
KNOWN = """
with found as (
  select id from people_person where document_index = any (%s::bytea[])
  union select id from people_person where phone_index = any (%s::bytea[])
  union select p.id from people_household h join people_person p on p.home_id = h.id
         where h.dwelling_id = any (%s::bigint[]) and h.until is null)
select p.id, h.dwelling_id, p.name, p.name_index, p.document_index, p.phone_index
  from found join people_person p using (id) left join people_household h on h.id = p.home_id order by p.id
"""
DOUBLED = """
with twice as (
  select number, min(number) over (partition by document_index) as first
    from people_arrival where of_id = %(of)s and document_index is not null
  union all
  select number, min(number) over (partition by dwelling_id, name_index, coalesce(document_index, ''))
    from people_arrival where of_id = %(of)s),
gone as (
  delete from people_arrival a
   using (select number, min(first) as first from twice where first < number group by number) t
   where a.of_id = %(of)s and a.number = t.number returning a.number, t.first)
select number, first from gone order by number
"""
FATES = "select fate, count(*) from people_arrival where of_id = %s group by fate"
LAST_DOOR = """
select max(dwelling_id) from (
  select dwelling_id from people_arrival where of_id = %s and dwelling_id > %s
   order by dwelling_id limit %s) piece
"""
TAKE = """
with coming as materialized (
  select a.*, d.area_id as grid, h.id is null as fresh,
         coalesce(h.id, min(a.home) over (partition by a.dwelling_id, a.together)) as household
    from people_arrival a join places_dwelling d on d.id = a.dwelling_id
    left join lateral (
      select min(id) as id from people_household
       where dwelling_id = a.dwelling_id and until is null and a.together is null) h on true
   where a.of_id = %(of)s and a.dwelling_id > %(after)s and a.dwelling_id <= %(last)s and a.fate = 'new'
     and not exists (select from people_person p where p.id = a.id)),
made as (
  insert into people_household (id, area_id, dwelling_id)
  select distinct household, grid, dwelling_id from coming where fresh),
persons as (
  insert into people_person (id, area_id, home_id, community_id, name, document, phone, name_index, document_index,
                             phone_index, source, confirmed_on, told)
  select id, grid, household, community_id, name, document, phone, name_index, document_index, phone_index,
         %(source)s, %(today)s, '{}' from coming order by dwelling_id, id
  returning 1),
lives as (
  insert into people_occupancy (area_id, person_id, household_id, tenure, relation, since, source, confirmed_on)
  select grid, id, household, tenure, relation, since, %(source)s, %(today)s from coming order by dwelling_id, id),
used as (
  insert into people_dwellinguse (dwelling_id, area_id, use, source, confirmed_on)
  select distinct dwelling_id, grid, 'lived_in', %(source)s, %(today)s::date from coming
      on conflict (dwelling_id) do update set use = 'lived_in', source = excluded.source,
         confirmed_on = excluded.confirmed_on where people_dwellinguse.use <> 'lived_in')
select count(*) from persons
"""
FILL = """
update people_person p set
       document = coalesce(p.document, a.document), document_index = coalesce(p.document_index, a.document_index),
       phone = coalesce(p.phone, a.phone), phone_index = coalesce(p.phone_index, a.phone_index),
       told = p.told || (select jsonb_object_agg(f, jsonb_build_array(%(source)s::text, %(today)s::text))
                           from unnest(string_to_array(a.fills, ',')) f)
  from people_arrival a
 where a.of_id = %(of)s and a.dwelling_id > %(after)s and a.dwelling_id <= %(last)s and a.fate = 'changed'
   and a.fills <> '' and p.id = a.record_id
"""
WRITTEN = "select count(*) from people_person where source = %s"
MADE_AFTER = "select id from people_person where source = %s and id > %s order by id limit %s"
REMOVABLE = """
select p.id from people_person p where p.id = any (%(ids)s::bigint[])
   and not exists (select from jsonb_each(p.told) f where f.value ->> 0 <> %(source)s)
   and not exists (select from people_occupancy o where o.person_id = p.id and o.source <> %(source)s)
"""
GIVE_BACK = """
with homes as materialized (
  select distinct household_id as id from people_occupancy where person_id = any (%(ids)s::bigint[])),
lived as (delete from people_occupancy where person_id = any (%(ids)s::bigint[]) returning 1)
select coalesce(array_agg(id), '{}') from homes
"""
REMOVE_PERSONS = "delete from people_person where id = any (%s::bigint[])"
REMOVE_EMPTY = """
with gone as (
  delete from people_household h where h.id = any (%(homes)s::bigint[])
     and not exists (select from people_occupancy o where o.household_id = h.id) returning dwelling_id)
delete from people_dwellinguse u using gone g where u.dwelling_id = g.dwelling_id and u.source = %(source)s
   and not exists (select from people_household h where h.dwelling_id = u.dwelling_id and h.until is null
                      and not h.id = any (%(homes)s::bigint[]))
"""
FORGET = "select people_forget_arrivals(%s)"


@dataclass(frozen=True, slots=True)
class Known:
    """A registered person as rows are compared with it: blind indexes, where it lives, and its name for the moment."""

    id: int
    dwelling: int | None
    name_index: bytes
    document_index: bytes | None
    phone_index: bytes | None
    name: str = ""


def known(
    documents: Sequence[bytes], phones: Sequence[bytes], doors: Sequence[int], newest: Mapping[bytes, bytes]
) -> list[Known]:
    """Whom the registry knows by these documents, telephones or doors; their names are opened to be compared.

    `newest` names for an index under an older key the same value's under the newest.
    """
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [array(documents), array(phones), array(doors)])
        rows = cursor.fetchall()
    names = vault.open_many(COMPARTMENT, [(bytes(row[2]), "people_person", "name", str(row[0])) for row in rows])
    return [
        Known(pk, dwelling, _newest(name, newest) or b"", _newest(number, newest), _newest(phone, newest), clear or "")
        for (pk, dwelling, _sealed, name, number, phone), clear in zip(rows, names, strict=True)
    ]


def _newest(index: bytes | None, newest: Mapping[bytes, bytes]) -> bytes | None:
    return None if index is None else newest.get(bytes(index), bytes(index))


def take_doubled(of: int) -> list[tuple[int, int]]:
    """Remove rows that are in the file twice, by document or by door and name; number and number of the first."""
    with connection.cursor() as cursor:
        cursor.execute(DOUBLED, {"of": of})
        return list(cursor.fetchall())


def fates(of: int) -> dict[str, int]:
    """How many rows of an import have which fate."""
    with connection.cursor() as cursor:
        cursor.execute(FATES, [of])
        return dict(cursor.fetchall())


def last_door(of: int, after: int) -> int | None:
    """The dwelling with which the next piece ends: all rows of a dwelling are taken together."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_DOOR, [of, after, PIECE])
        found: int | None = cursor.fetchone()[0]
        return found


def take(of: int, after: int, last: int, *, today: date) -> int:
    """Write the new rows of these doors; how many. One statement: households, persons, occupancies, use.

    Who was written already, by a process that was killed before it could say so, is not written again.
    """
    said: dict[str, Any] = {"of": of, "after": after, "last": last, "source": f"import:{of}", "today": today}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, said)
        taken = int(cursor.fetchone()[0])
        cursor.execute(FILL, said)
    return taken


def written(of: int) -> int:
    """How many persons stand in the registry by this import alone."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [f"import:{of}"])
        return int(cursor.fetchone()[0])


def made_after(of: int, after: int) -> list[int]:
    """The next persons an import made, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(MADE_AFTER, [f"import:{of}", after, PIECE])
        return [pk for (pk,) in cursor.fetchall()]


def removable(of: int, ids: Sequence[int]) -> list[int]:
    """Of these persons whoever is as the import left them."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVABLE, {"ids": array(ids), "source": f"import:{of}"})
        return [pk for (pk,) in cursor.fetchall()]


def remove(of: int, ids: Sequence[int]) -> None:
    """Remove persons with where they lived, and households and uses of dwellings that nothing is left of."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, {"ids": array(ids)})
        homes = cursor.fetchone()[0]
        cursor.execute(REMOVE_PERSONS, [array(ids)])
        cursor.execute(REMOVE_EMPTY, {"homes": array(homes), "source": f"import:{of}"})


def forget(of: int) -> None:
    """Remove the staged rows of an import."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [of])
