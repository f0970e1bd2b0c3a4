"""Which grids left their limits since they were drawn: a new building was occupied, a compound pulled down."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from wangge.places.models import Grid
from wangge.places.queries.divisions import limits_of
from wangge.places.words import BANDS, GridKind

HOMES = "select area_id, count(*) from places_dwelling group by area_id"
FULL = """
select g.parent_id, m.number from places_microgrid m
  join places_area g on g.id = m.grid_id
  join places_microunit u on u.micro_id = m.id
  join places_dwelling d on d.building_id = u.building_id and d.unit = u.unit
   and d.floor >= coalesce(u.low, -99) and d.floor <= coalesce(u.high, 999)
 where m.valid_to is null and g.valid_to is null
 group by g.parent_id, m.id having count(*) > greatest(%s, m.households)
"""


@dataclass(frozen=True)
class Found:
    """What a count of all homes shows: grids with another number than before, and by community those that left."""

    changed: dict[int, int]
    left: dict[int, list[str]] = field(default_factory=dict)


def count_homes() -> Found:
    """Count the homes of every general grid and micro-grid; asked in the house's own name, which sees all doors."""
    with connection.cursor() as cursor:
        cursor.execute(HOMES)
        homes = dict(cursor.fetchall())
        cursor.execute(FULL, [BANDS[GridKind.MICRO.value][1]])
        full = cursor.fetchall()
    changed, left = {}, defaultdict(list)
    drawn = Grid.objects.filter(kind=GridKind.GENERAL, provisional=False, area__valid_to__isnull=True)
    rows = list(drawn.values_list("area_id", "area__parent_id", "number", "households"))
    rows = [row for row in rows if homes.get(row[0], 0) != row[3]]
    limits = limits_of({community for _area, community, _number, _before in rows if community is not None})
    for area, community, number, before in rows:
        changed[area] = homes.get(area, 0)
        if community is not None and not limits[community].says(before) and limits[community].says(changed[area]):
            left[community].append(number)
    for community, number in full:
        left[community].append(number)
    return Found(changed, dict(left))
