"""What a text may name: areas, grids, compounds, buildings, features, by any spelling of their names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from django.db import connection

from wangge.places.words import Kind

PAGE = 20
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


# A name counts once for each place, by its closest spelling; a road of several pieces counts once for each area.
FIND = """
with hit as materialized (
  select n.*, char_length(n.folded) as size,
         case when n.id = any (%(chosen)s) then %(rank)s when n.folded = %(f)s then 0
              when n.initials = %(f)s or n.pinyin = %(f)s then 1 when starts_with(n.folded, %(f)s) then 2
              when starts_with(n.initials, %(f)s) or starts_with(n.pinyin, %(f)s) then 4
              when strpos(n.folded, %(f)s) > 0 then 5 else 6 end as rank
    from places_name n
   where n.compound_id is null and n.kind = any (%(kinds)s)
     and (%(within)s::bigint[] is null or n.area_id = any (%(within)s))
     and (n.id = any (%(chosen)s)
          or %(f)s <> '' and n.folded like %(begins)s
          or %(is_word)s and places_pairs(n.folded) @> places_pairs(%(f)s) and strpos(n.folded, %(f)s) > 0
          or %(is_spelt)s and (n.initials like %(begins)s or n.pinyin like %(begins)s)
          or %(is_spelt_long)s and n.pinyin like %(holds)s)),
best as (
  select distinct on (h.kind, case when h.kind = 'feature' then h.folded || coalesce(h.area_id, 0)
                                   else h.place::text end) h.*
    from hit h order by h.kind, case when h.kind = 'feature' then h.folded || coalesce(h.area_id, 0)
                                     else h.place::text end, h.rank, h.size, h.id),
there as (
  select b.*, coalesce(a.name, c.name, u.name, m.name) as called, coalesce(b.area_id, u.grid_id) as lies_in,
         coalesce(g.token, c.token, u.token, '') as token, coalesce(c.lon, u.lon) as lon, coalesce(c.lat, u.lat) as lat,
         case when b.kind = 'feature' then m.geometry end as geometry,
         row_number() over (partition by b.kind order by b.rank, b.size, b.place) as turn
    from best b
    left join places_area a on b.kind in ('area', 'grid') and a.id = b.place and a.valid_to is null
    left join places_grid g on b.kind = 'grid' and g.area_id = b.place
    left join places_compound c on b.kind = 'compound' and c.id = b.place
    left join places_building u on b.kind = 'building' and u.id = b.place
    left join places_basemap m on b.kind = 'feature' and m.id = b.place
   where coalesce(a.id, c.id, u.id, m.id) is not null
     and (b.rank, b.size, b.place) > (%(after_rank)s, %(after_size)s, %(after_row)s))
select kind, place, called as name, lies_in as area, rank, size, how, text, note, token, lon, lat, geometry
  from there where turn <= %(most)s order by rank, size, kind, place
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
        "after_size": asked.after.size, "after_row": asked.after.row, "most": asked.most,
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
