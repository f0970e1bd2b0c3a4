"""What a text may name: areas, grids, compounds, buildings, features, by any spelling of their names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from django.db import connection

from wangge.places.words import Kind

PAGE = 20
GONE = 20  # rows more than asked for: places that ended or were taken away may still have a name
NAMED = (Kind.AREA, Kind.GRID, Kind.COMPOUND, Kind.BUILDING, Kind.FEATURE)


class Rank(IntEnum):
    """How close a name is to what was typed; the lower, the better."""

    EXACT = 0
    SPELT = 1
    BEGINS = 2
    IN_ADDRESS = 3
    SPELT_BEGINS = 4
    HOLDS = 5
    SPELT_HOLDS = 6
    ALIKE = 9


@dataclass(frozen=True, order=True)
class Cursor:
    """Where a list goes on: behind this rank, size and row."""

    rank: int = -1
    size: int = 0
    row: int = 0


START = Cursor()


@dataclass(frozen=True)
class Hit:
    """A place that was found: what it is, where it lies, by which of its names, and how close that is."""

    kind: str
    place: int
    name: str
    area: int | None
    cursor: Cursor
    how: str = ""
    text: str = ""
    note: str = ""
    token: str = ""
    lon: float | None = None
    lat: float | None = None
    door: str = ""
    building: int | None = None
    metres: int | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.place


@dataclass(frozen=True)
class Asked:
    """One question to the names: folded words, the areas they must lie in, kinds, from where, how many of each."""

    folded: str
    kinds: Sequence[str] = NAMED
    within: Sequence[int] | None = None
    chosen: Sequence[int] = ()
    rank: int = 0
    after: Cursor = field(default=START)
    most: int = PAGE + 1


# Each way to match has its index and is asked apart: under one "or" the pairs would be cut again for every row.
# A name counts once for each place, by its closest spelling; a road of several pieces counts once for each area.
FIND = """
with open as not materialized (select * from places_name where compound_id is null),
met as (
  select * from open where id = any (%(chosen)s)
  union all select * from open where %(f)s <> '' and folded like %(begins)s
  union all select * from open where %(is_word)s and places_pairs(folded) @> places_pairs(%(f)s)
                                 and strpos(folded, %(f)s) > 1
  union all select * from open where %(is_spelt)s and initials like %(begins)s
  union all select * from open where %(is_spelt)s and pinyin like %(begins)s
  union all select * from open where %(is_spelt_long)s and pinyin like %(holds)s),
hit as (
  select n.id, n.kind, n.place, n.area_id, n.how, n.text, n.note, char_length(n.folded) as size,
         case n.kind when 'feature' then hashtextextended(n.folded, coalesce(n.area_id, 0)) else n.place end as same,
         case when n.id = any (%(chosen)s) then %(rank)s when n.folded = %(f)s then 0
              when n.initials = %(f)s or n.pinyin = %(f)s then 1 when starts_with(n.folded, %(f)s) then 2
              when starts_with(n.initials, %(f)s) or starts_with(n.pinyin, %(f)s) then 4
              when strpos(n.folded, %(f)s) > 0 then 5 else 6 end as rank
    from met n
   where n.kind = any (%(kinds)s) and (%(within)s::bigint[] is null or n.area_id = any (%(within)s))),
best as (
  select distinct on (h.kind, h.same) h.* from hit h order by h.kind, h.same, h.rank, h.size, h.id),
turn as (
  select b.*, row_number() over (partition by b.kind order by b.rank, b.size, b.place) as turn from best b
   where (b.rank, b.size, b.place) > (%(after_rank)s, %(after_size)s, %(after_row)s))
select t.kind, t.place, coalesce(a.name, c.name, u.name, m.name) as name, coalesce(t.area_id, u.grid_id) as area,
       t.rank, t.size, t.how, t.text, t.note, coalesce(g.token, c.token, u.token, '') as token,
       coalesce(c.lon, u.lon) as lon, coalesce(c.lat, u.lat) as lat, m.geometry
  from turn t
  left join places_area a on t.kind in ('area', 'grid') and a.id = t.place and a.valid_to is null
  left join places_grid g on t.kind = 'grid' and g.area_id = t.place
  left join places_compound c on t.kind = 'compound' and c.id = t.place
  left join places_building u on t.kind = 'building' and u.id = t.place
  left join places_basemap m on t.kind = 'feature' and m.id = t.place
 where t.turn <= %(most)s and coalesce(a.id, c.id, u.id, m.id) is not null
 order by t.rank, t.size, t.kind, t.place
"""


def named(asked: Asked) -> list[Hit]:
    """The places that have such a name, at most so many of each kind, the closest first."""
    # Folding leaves no sign that means something to `like`.
    folded, is_spelt = asked.folded, asked.folded.isascii() and len(asked.folded) > 1
    given: dict[str, Any] = {
        "f": folded, "begins": f"{folded}%", "holds": f"%{folded}%", "kinds": list(asked.kinds),
        "within": None if asked.within is None else list(asked.within), "chosen": list(asked.chosen),
        "rank": int(asked.rank), "is_word": len(folded) > 1, "is_spelt": is_spelt,
        "is_spelt_long": is_spelt and len(folded) > 3, "after_rank": asked.after.rank,
        "after_size": asked.after.size, "after_row": asked.after.row, "most": asked.most + GONE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FIND, given)
        names = [column.name for column in cursor.description or ()]
        return [_hit(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _hit(row: dict[str, Any]) -> Hit:
    place = Cursor(row.pop("rank"), row.pop("size"), row["place"])
    if (geometry := row.pop("geometry")) is not None:
        row["lon"], row["lat"] = _middle(geometry)
    return Hit(cursor=place, **row)


def _middle(geometry: Any) -> tuple[float, float]:
    held = json.loads(geometry) if isinstance(geometry, str) else geometry
    points = held["coordinates"][0] if held["type"] == "Polygon" else held["coordinates"]
    lon, lat = points[len(points) // 2]
    return float(lon), float(lat)
