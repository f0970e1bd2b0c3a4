"""Lines of the base map that part or join houses: barriers between them, ways on which they stand."""

import shapely
from django.db import connection

from wangge.core.unit_files import barriers, ways
from wangge.core.unit_files.stairwells import NEAR, cells_between, networks_on
from wangge.core.unit_files.table import Plane, Reals, Whole

LINES = """
select kind, geometry::text from places_basemap
 where kind = any (%s) and box && box(point(%s, %s), point(%s, %s)) order by id
"""


def on_the_map(plane: Plane, x_m: Reals, y_m: Reals) -> tuple[Whole, Whole]:
    """Return for each place in metres of the plane its cell between barriers and its walking network (-1: none)."""
    if not len(x_m):
        return cells_between(plane, x_m, y_m, []), networks_on(plane, x_m, y_m, [])
    lon, lat = plane.degrees(x_m, y_m)
    near = (lon.min() - NEAR, lat.min() - NEAR, lon.max() + NEAR, lat.max() + NEAR)
    with connection.cursor() as cursor:
        cursor.execute(LINES, [[*{*barriers.KINDS, *ways.KINDS}], *map(float, near)])
        rows = cursor.fetchall()
    drawn = [(kind, shapely.from_geojson(line)) for kind, line in rows]
    parting, joining = ([line for kind, line in drawn if kind in kinds] for kinds in (barriers.KINDS, ways.KINDS))
    return cells_between(plane, x_m, y_m, parting), networks_on(plane, x_m, y_m, joining)
