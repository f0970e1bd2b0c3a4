"""Micro-grids on a map: their outlines from close by, called by the number of their grid and their own."""

import json
from collections.abc import Iterable, Iterator

from django.db import connection
from shapely import from_geojson, to_geojson, union_all
from shapely.geometry.base import BaseGeometry

FROM = 16.0
"""The zoom from which they are drawn: from farther off they would be finer than the lines of the grids."""
MOST = 300
SAME = 1e-5
"""Degrees, about a metre: within it two borders are one."""
DIGITS = 3  # of a grid's number after its community's
IN_BOX = """
select m.number, g.number, m.outline::text from places_microgrid m join places_grid g on g.area_id = m.grid_id
 where m.valid_to is null and m.box && box(point(%s, %s), point(%s, %s)) order by m.number, m.id limit %s
"""


def features(corners: tuple[float, float, float, float]) -> Iterator[str]:
    """The micro-grids in force in a box as features; none where there are more than a map should hold.

    Those that share one tower by its floors are one feature with all their numbers; their borders are features beside.
    """
    with connection.cursor() as cursor:
        cursor.execute(IN_BOX, [*corners, MOST + 1])
        rows = cursor.fetchall()
    named: dict[str, list[str]] = {}
    for number, grid, drawn in rows if len(rows) <= MOST else ():
        named.setdefault(drawn, []).append(label(number, grid))
    for drawn, names in named.items():
        yield _feature(drawn, {"kind": "micro", "name": "、".join(names)})
    for line in _once(named):
        yield _feature(to_geojson(line), {"kind": "micro-line"})


def _feature(geometry: str, said: dict[str, str]) -> str:
    properties = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","geometry":{geometry},"properties":{properties}}}'


def _once(outlines: Iterable[str]) -> Iterator[BaseGeometry]:
    """The borders, each drawn once: dashes of two neighbours would fill each other's gaps."""
    done: list[BaseGeometry] = []
    for held in outlines:
        border = from_geojson(held).boundary
        near = [other for other in done if other.intersects(border)]
        left = border.difference(union_all(near)) if near else border
        done.append(border.buffer(SAME))
        if not left.is_empty:
            yield left


def label(number: str, grid: str) -> str:
    """What a micro-grid is called on a map: 3-2 is the second of the third grid."""
    return f"{_short(grid[-DIGITS:])}-{own(number, grid)}"


def own(number: str, grid: str) -> str:
    """The number of a micro-grid inside its grid."""
    return _short(number.removeprefix(grid))


def _short(digits: str) -> str:
    return str(int(digits)) if digits.isascii() and digits.isdecimal() else digits
