"""From an address in any spelling to buildings and homes: the local names cut it, what exists decides the rest."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from wangge.core.addresses import key, parse
from wangge.core.folding import AT_DOOR, doors
from wangge.places.queries.finding import START, Cursor, Hit
from wangge.places.queries.register import Known, Register
from wangge.places.words import Kind

MOST_COMPOUNDS = 40
ONLY, ANY = "\x01", "\U0010fffd"  # behind the number itself, behind all that begin with it
HEAD = re.compile(r"([^0-9]*[^0-9-])-?([0-9].*)")


@dataclass(frozen=True)
class Address:
    """A text cut by local names: the areas it names, the compounds it means, what comes behind each."""

    areas: tuple[int, ...] = ()
    behind_areas: str = ""
    last: tuple[Known, ...] = ()
    compounds: tuple[int, ...] = ()
    tail: str = ""
    rest: str = ""

    @property
    def is_read(self) -> bool:
        """Nothing but numbers stands behind the last name."""
        return not self.rest or AT_DOOR.match(self.rest.lstrip("-")) is not None


@dataclass(frozen=True)
class Door:
    """One way to read the numbers of an address: the building's, then the unit's and the room's."""

    building: str
    unit: str = ""
    room: str = ""


def cut(folded: str, register: Register) -> Address:
    """Cut a folded text by the longest local names in it; a compound is the last that stands before the numbers."""
    areas: tuple[int, ...] = ()
    compounds: list[Known] = []
    last: tuple[Known, ...] = ()
    behind_areas = tail = rest = ""
    place = 0
    while place < len(folded):
        piece, known = register.at(folded, place)
        if not piece:
            place += 1
            continue
        place += len(piece)
        last, rest = tuple(known), folded[place:]
        if found := [each for each in known if each.kind == Kind.COMPOUND]:
            compounds, tail = found, folded[place:]
        if named := tuple(each.place for each in known if each.kind == Kind.AREA):
            areas, behind_areas = _narrowed(named, areas, register), folded[place:]
    if not compounds and (head := HEAD.fullmatch(behind_areas or folded)):
        compounds, tail = _headed(head[1], register), head[2]
        last, rest = (tuple(compounds), tail) if compounds else (last, rest)
    inside = [each for each in compounds if not areas or register.lies_in(each.area, areas)]
    ids = dict.fromkeys(each.place for each in inside or compounds)
    return Address(areas, behind_areas, last, tuple(ids)[:MOST_COMPOUNDS], tail.strip("-"), rest)


def _narrowed(named: tuple[int, ...], above: tuple[int, ...], register: Register) -> tuple[int, ...]:
    inside = tuple(each for each in named if register.lies_in(each, above))
    return inside or named


def _headed(head: str, register: Register) -> list[Known]:
    """Compounds whose name, pinyin or initials begin like the words before the numbers, or differ in one character."""
    head = head.strip("-")
    if head in register.spelt:
        found = register.spelt[head]
    elif len(head) > 1:
        held = register.spelt if head.isascii() else register.names
        found = [known for text, knowns in held.items() if text.startswith(head) for known in knowns]
        found = found or list(register.alike(head))
    else:
        found = []
    return [each for each in found if each.kind == Kind.COMPOUND]


def readings(tail: str) -> list[Door]:
    """Every way to read the numbers behind a compound, the grammar's first; what exists decides between them.

    3-2-502 is building 3, unit 2, room 502, or building 3-2, room 502; 4-18 is house 18 of group 4, or two numbers.
    """
    _place, group, building, unit, room = key(parse(tail)).lower().rsplit("/", 4)
    ways = [Door("-".join(filter(None, (group, building))), unit, room)] if building else []
    parts = doors(tail)
    for count in range(1, len(parts) + 1):
        rest = parts[count:]
        unit = rest[0] if len(rest) > 1 else ""
        ways.append(Door("-".join(parts[:count]), unit, rest[-1] if rest else ""))
    return list(dict.fromkeys(ways))


BUILDINGS = """
with door as (
  select * from unnest(%(keys)s::text[], %(above)s::text[]) as d (key, above)),
hit as (
  select distinct on (n.place) n.place, n.folded, n.how, n.text, b.name, b.grid_id, b.token, b.lon, b.lat, b.order,
         c.name as compound, case when n.folded = d.key then 0 else 2 end as rank
    from places_name n join door d on n.folded ~>=~ d.key and n.folded ~<~ d.above
    join places_building b on b.id = n.place join places_compound c on c.id = n.compound_id
   where n.compound_id = any (%(compounds)s) and n.kind = 'building'
   order by n.place, n.folded <> d.key, n.how <> 'name')
select * from hit where (rank, "order", place) > (%(rank)s, %(size)s, %(row)s)
 order by rank, "order", place limit %(most)s
"""
DWELLINGS = """
select w.id, w.unit, w.room, b.name, c.name, w.area_id, b.token, b.lon, b.lat, b.id,
       case when lower(w.room) = d.room then 0 else 2 end as rank
  from unnest(%(keys)s::text[], %(units)s::text[], %(rooms)s::text[]) as d (key, unit, room)
  join places_name n on n.compound_id = any (%(compounds)s) and n.folded = d.key and n.kind = 'building'
  join places_building b on b.id = n.place join places_compound c on c.id = n.compound_id
  join places_dwelling w on w.building_id = b.id and (d.unit = '' or lower(w.unit) = d.unit)
   and (d.room = '' and w.room = '' or d.room <> '' and starts_with(lower(w.room), d.room))
 where (case when lower(w.room) = d.room then 0 else 2 end, b.id, w.id) > (%(rank)s, %(size)s, %(row)s)
 order by rank, b.id, w.id limit %(most)s
"""


def buildings(address: Address, *, most: int, after: Cursor = START) -> list[Hit]:
    """Buildings of the address's compounds with its number; those whose number only begins so come later."""
    ways = readings(address.tail)
    if not address.compounds or not ways:
        return []
    given: dict[str, Any] = {
        "compounds": list(address.compounds), "keys": [way.building for way in ways],
        "above": [way.building + (ONLY if way.room else ANY) for way in ways], "most": most, **_from(after),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BUILDINGS, given)
        return [
            Hit(Kind.BUILDING, place, f"{compound} {name}", grid, Cursor(rank, order, place), "address", text, "",
                token, lon, lat)
            for place, _key, _how, text, name, grid, token, lon, lat, order, compound, rank in cursor.fetchall()
        ]  # fmt: skip


def dwellings(address: Address, *, most: int, after: Cursor = START) -> list[Hit]:
    """Homes of that address, as far as row-level security shows them to whoever asks."""
    ways = readings(address.tail)
    if not address.compounds or not ways:
        return []
    given: dict[str, Any] = {
        "compounds": list(address.compounds), "keys": [way.building for way in ways],
        "units": [way.unit for way in ways], "rooms": [way.room for way in ways], "most": most, **_from(after),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(DWELLINGS, given)
        return [
            Hit(Kind.DWELLING, place, f"{compound} {name}", grid, Cursor(rank, building, place), "address", "", "",
                token, lon, lat, door="-".join(filter(None, (unit, room))), building=building)
            for place, unit, room, name, compound, grid, token, lon, lat, building, rank in cursor.fetchall()
        ]  # fmt: skip


def _from(after: Cursor) -> dict[str, int]:
    return {"rank": after.rank, "size": after.size, "row": after.row}
