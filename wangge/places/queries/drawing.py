"""What a map draws of the public register: areas, grids, ground and buildings in a box, rounded for its scale.

A view of the map holds at most 7,000 features and 1,500,000 bytes, shared out between the ground, the buildings and
what lies above them; who asks for more buildings than that is told to look closer.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2
from typing import Any

from django.core.cache import cache
from django.db import connection
from shapely import STRtree
from shapely.geometry import shape

from wangge.places.models import Area
from wangge.places.queries import micro

MOST_AREAS, MOST_GROUND, MOST_BUILDINGS, MOST_ABOVE = 1_700, 300, 4_700, 300  # 7,000 in all
BYTES_OF_GROUND, BYTES_OF_BUILDINGS = 450_000, 1_000_000  # and 50,000 for what lies above
TINTS = 5
KEPT = 3600  # seconds
GRIDS_FROM, ROADS_FROM, LANES_FROM, BUILDINGS_FROM, NAMES_FROM = 11.0, 10.0, 13.5, 14.0, 16.0  # zooms
EXACT_FROM = 13.0  # below it, ten metres are less than two points of the screen
PIXELS, TILE = 900, 512  # of a map beside its list on a desk
Feature = dict[str, Any]
GROUND = {  # what is drawn as what
    "river": "water", "canal": "water", "lake": "water", "water": "water", "road": "road", "street": "road",
    "lane": "lane", "bridge": "road", "park": "green", "green": "green", "market": "place", "school": "place",
}  # fmt: skip


class TooMuch(ValueError):
    """The piece of the map holds more than a page can draw: look closer."""


@dataclass(frozen=True)
class Box:
    """A piece of the map in degrees (WGS84)."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        return f"{self.west:.5f},{self.south:.5f},{self.east:.5f},{self.north:.5f}"

    @property
    def corners(self) -> tuple[float, float, float, float]:
        return self.west, self.south, self.east, self.north

    @property
    def zoom(self) -> float:
        """The scale at which the box fills a desk's map."""
        return log2(360 * PIXELS / TILE / max(self.east - self.west, 1e-6))

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def grown(self, share: float) -> "Box":
        """The box with room at each edge, as a share of its size."""
        wide, high = (self.east - self.west) * share, (self.north - self.south) * share
        return Box(self.west - wide, self.south - high, self.east + wide, self.north + high)


def box_of(text: str) -> Box:
    """Read `west,south,east,north`. Raises ValueError."""
    if len(text) > 200:
        raise ValueError("too long")
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("west is not west of east, or south not south of north")
    return Box(west, south, east, north)


AREAS = """
select a.id, a.level, a.name, case when %s then a.outline::text else a.far end
  from places_area a
 where a.valid_to is null and a.level = any (%s) and a.box && box(point(%s, %s), point(%s, %s))
 order by a.level = 'grid', a.id limit %s
"""
LINES = """
select m.kind, m.name, case when %s then m.geometry::text else m.far end
  from places_basemap m where m.kind = any (%s) and m.box && box(point(%s, %s), point(%s, %s))
 order by m.kind in ('lane', 'market', 'school'), m.kind = 'road', area(m.box) desc, m.id limit %s
"""
BUILDINGS = """
select count(*), '{"type":"FeatureCollection","features":[' || coalesce(string_agg(
    '{"type":"Feature","id":' || id || ',"geometry":' || drawn || ',"properties":{' || said || '}}', ','), '') || ']}'
  from (select b.id, case when %(exact)s then b.near else b.far end as drawn,
               case when %(named)s then '"name":' || to_json(b.name)::text else '' end as said
          from places_building b where b.box && box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))
         limit %(most)s) found
"""


def ground(box: Box, zoom: float, *, with_micro: bool = True) -> str:
    """GeoJSON text of the areas, grids, water, roads and greens in a box, the least of them left out when too many.

    From close by micro-grids are among them.
    """
    inner = list(micro.features(box.corners)) if with_micro and zoom >= micro.FROM else []
    features = [*_areas(box, zoom, MOST_AREAS - len(inner)), *_lines(box, zoom), *inner]
    text = _collection(features)
    for kind in ("micro", "grid"):  # a wide view of crooked borders: these show from closer by
        if len(text.encode()) > BYTES_OF_GROUND:
            features = [one for one in features if f'"kind":"{kind}' not in one]
            text = _collection(features)
    return text


def _areas(box: Box, zoom: float, most: int) -> Iterator[str]:
    levels = ["city", "county", "town", "community", *(["grid"] if zoom >= GRIDS_FROM else [])]
    rows = _asked(AREAS, [zoom >= EXACT_FROM, levels, *box.corners, most + 1])
    if len(rows) > most:
        rows = [row for row in rows if row[1] != "grid"][:most]
    tinted = tints() if zoom >= GRIDS_FROM else {}
    for pk, level, name, drawn in rows:
        kind = "grid" if level == "grid" else "area"
        properties = {"kind": kind, "level": level, "name": name, "tint": tinted.get(pk, 0)}
        yield f'{{"type":"Feature","id":{pk},"geometry":{drawn},"properties":{_json(properties)}}}'


def _lines(box: Box, zoom: float) -> Iterator[str]:
    shown = {"water"} | ({"road", "green"} if zoom >= ROADS_FROM else set())
    shown |= {"lane", "place"} if zoom >= LANES_FROM else set()
    kinds = [kind for kind, drawn_as in GROUND.items() if drawn_as in shown]
    for kind, name, drawn in _asked(LINES, [zoom >= EXACT_FROM, kinds, *box.corners, MOST_GROUND]):
        properties = {"kind": GROUND[kind], "name": name}
        yield f'{{"type":"Feature","geometry":{drawn},"properties":{_json(properties)}}}'


def buildings(box: Box, zoom: float) -> str:
    """GeoJSON text of the buildings in a box. Raises TooMuch."""
    if zoom < BUILDINGS_FROM:
        raise TooMuch("zoom")
    west, south, east, north = box.corners
    near = zoom >= NAMES_FROM
    asked = {
        "exact": near, "named": near, "west": west, "south": south, "east": east, "north": north,
        "most": MOST_BUILDINGS + 1,
    }  # fmt: skip
    ((count, text),) = _asked(BUILDINGS, asked)
    if count > MOST_BUILDINGS:
        raise TooMuch("buildings")
    if len(text.encode()) > BYTES_OF_BUILDINGS:
        raise TooMuch("bytes")
    return str(text)


NAMED = """
select b.id, b.name, coalesce(c.name, '') from places_building b left join places_compound c on c.id = b.compound_id
 where b.box && box(point(%s, %s), point(%s, %s)) order by c.sort_key, b.compound_id, b."order", b.id limit %s
"""


def named(box: Box, *, most: int) -> list[tuple[int, str, str]]:
    """Id, name and compound of the buildings in a box, for who does not point at the map."""
    return [(pk, name, compound) for pk, name, compound in _asked(NAMED, [*box.corners, most])]


def extent(area_ids: Iterable[int]) -> Box | None:
    """The smallest box round the areas and all that lies in them; None where nothing is drawn."""
    ids = list(area_ids)
    ((west, south, east, north),) = _asked(EXTENT, [not ids, ids])
    return Box(west, south, east, north) if west is not None and east > west and north > south else None


EXTENT = """
select min((a.box[1])[0]), min((a.box[1])[1]), max((a.box[0])[0]), max((a.box[0])[1]) from places_area a
 where a.valid_to is null and (%s or a.id in (select descendant_id from access_reach where ancestor_id = any (%s)))
"""


def tints() -> dict[int, int]:
    """A tint per grid by which neighbours differ; it means nothing else. Counted anew when grids come or go."""
    grids = Area.objects.filter(valid_to__isnull=True, outline__isnull=False, level="grid")
    key = "places.tints.{}.{}".format(grids.count(), grids.order_by("-pk").values_list("pk", flat=True).first())
    found: dict[int, int] | None = cache.get(key)
    if found is None:
        rows = list(grids.order_by("pk").values_list("pk", "outline"))
        found = dict(zip((pk for pk, _held in rows), tints_of([held or {} for _pk, held in rows]), strict=True))
        cache.set(key, found, KEPT)
    return found


def tints_of(outlines: list[Feature]) -> list[int]:
    """A tint per outline, the least its earlier neighbours have not taken; the same input gives the same tints."""
    shapes = [shape(held) for held in outlines]
    tints: list[int] = []
    near: dict[int, set[int]] = {}
    if shapes:
        for at, other in STRtree(shapes).query(shapes, predicate="dwithin", distance=0.0005).T.tolist():
            near.setdefault(at, set()).add(other)
    for at in range(len(shapes)):
        taken = {tints[other] for other in near.get(at, ()) if other < at}
        tints.append(next((tint for tint in range(TINTS) if tint not in taken), at % TINTS))
    return tints


def _asked(question: str, given: list[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _collection(features: list[str]) -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


def _json(held: Feature) -> str:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))
