"""The workbench of grids: a community drawn twice, as it is and as it would be, with everything a page shows of it."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wangge.core.drafting import Drawn, GridRow, Why
from wangge.core.unit_files.stairwells import in_metres
from wangge.places.models import Building, GridDraft
from wangge.places.queries.drafted import Under, told
from wangge.places.queries.grid_labels import giving_way
from wangge.places.queries.grid_names import Called
from wangge.places.queries.grounds import cells, joined
from wangge.places.queries.premises import standing
from wangge.places.queries.units import footprint

TINTS = 6
ROOM = 40.0
"""Metres free at each edge of the drawing."""
FINE = 1.0
DRAWN_AS = {
    "river": "water", "canal": "water", "lake": "water", "water": "water", "road": "road", "street": "road",
    "lane": "lane", "bridge": "road", "railway": "road", "park": "green", "green": "green",
}  # fmt: skip
GROUND = """
select kind, geometry::text from places_basemap
 where kind = any (%s) and box && box(point(%s, %s), point(%s, %s)) order by kind = 'road', id
"""


class Sheet:
    """The paper both drawings lie on: metres, y to the south, the window of the community.

    `dedicated` are its dedicated grids with their ground: they stand in both drawings and are touched by neither.
    """

    def __init__(self, held: Under, community: int) -> None:
        self.plane = held.stairs.plane
        self.dedicated = [
            (grid.area.name, shapely.make_valid(in_metres(shape(grid.area.outline), self.plane)))
            for grid in standing([community]).defer(None)
            if grid.area.outline
        ]
        corners = [shapely.get_coordinates(ground.envelope) for _name, ground in self.dedicated]
        x, y = np.vstack([np.column_stack([held.stairs.x_m, held.stairs.y_m]), *corners]).T
        self.west, self.north = float(x.min()) - ROOM, float(y.max()) + ROOM
        self.width, self.height = float(np.ptp(x)) + 2 * ROOM, float(np.ptp(y)) + 2 * ROOM
        self.window = shapely.box(self.west, self.north - self.height, self.west + self.width, self.north)

    def path(self, ground: BaseGeometry) -> str:
        """A shape in metres as an SVG path."""
        if isinstance(ground, shapely.Polygon):
            return "".join(self._line(ring) + "Z" for ring in (ground.exterior, *ground.interiors))
        if ground.geom_type in ("LineString", "LinearRing"):
            return self._line(ground)
        return "".join(self.path(part) for part in getattr(ground, "geoms", ()))

    def spot(self, x_m: float, y_m: float) -> tuple[float, float]:
        return round(x_m - self.west, 1), round(self.north - y_m, 1)

    def _line(self, line: BaseGeometry) -> str:
        return "M" + "L".join("{:g} {:g}".format(*self.spot(x, y)) for x, y in shapely.get_coordinates(line).tolist())


def bench(draft: GridDraft, held: Under, names: dict[int, Called], *, may_edit: bool) -> dict[str, Any]:
    """Everything the two drawings are made of, as JSON."""
    sheet, own = Sheet(held, draft.area_id), cells(held, draft.area)
    limits, steps = held.options, draft.steps
    return {
        "box": [round(sheet.width, 1), round(sheet.height, 1)], "metres": 1.0,
        "origin": [round(sheet.west, 2), round(sheet.north, 2)],
        "ground": list(_ground(sheet)), "houses": list(_houses(sheet, held, names)), "pieces": list(_pieces(held)),
        "dedicated": list(_dedicated(sheet)),
        "present": _side(sheet, held, own, names, present=True), "draft": _side(sheet, held, own, names),
        "band": [limits.band.low, limits.band.high], "micro_max": limits.limits.micro_max,
        "minutes": limits.limits.minutes, "may_edit": may_edit, "version": draft.version,
        "undo": told(steps[draft.at - 1]) if draft.at else "",
        "redo": told(steps[draft.at]) if draft.at < len(steps) else "",
    }  # fmt: skip


def _dedicated(sheet: Sheet) -> Iterator[dict[str, Any]]:
    for name, ground in sheet.dedicated:
        x, y = _label(sheet, ground)
        yield {"name": name, "path": sheet.path(ground), "x": x, "y": y}


def draft_side(draft: GridDraft, held: Under, names: dict[int, Called]) -> dict[str, Any]:
    """The draft's half alone: the answer to a step by hand."""
    return _side(Sheet(held, draft.area_id), held, cells(held, draft.area), names)


def _side(
    sheet: Sheet, held: Under, own: list[BaseGeometry], names: dict[int, Called], *, present: bool = False
) -> dict[str, Any]:
    drawn, rows = held.present if present else held.drawn, held.rows(present=present)
    general = [row for row in rows if row.outer < 0]
    micro = [row for row in rows if row.outer >= 0]
    grounds = {row.key: _joined(own, drawn, drawn.general, row.key) for row in general}
    tints = _tints(grounds)
    many = {key: sum(1 for row in micro if row.outer == key) for key in grounds}
    spots = {row.key: _label(sheet, grounds[row.key]) for row in general}
    quiet = giving_way(spots, {row.key: row.households for row in general}, sheet.width)
    return {
        "grids": [
            _grid(row, names[row.key], held, drawn)
            | {"tint": tints[row.key], "micro": many[row.key], "path": sheet.path(grounds[row.key]),
               "is_quiet": row.key in quiet, **dict(zip("xy", spots[row.key], strict=True))}
            for row in general
        ],
        "micro": [
            {
                "key": row.key, "outer": row.outer, "short": f"{names[row.outer].short}-{at}",
                "households": row.households, "minutes": round(row.minutes), "is_within": row.is_within,
                "says": says(row, held), "path": sheet.path(_joined(own, drawn, drawn.micro, row.key)),
            }
            for at, row in _numbered(micro)
        ],
        "general": drawn.general.tolist(), "micro_of": drawn.micro.tolist(),
    }  # fmt: skip


def _grid(row: GridRow, name: Called, held: Under, drawn: Drawn) -> dict[str, Any]:
    return {
        "key": row.key, "short": name.short, "name": name.name, "number": name.number, "households": row.households,
        "minutes": round(row.minutes), "is_within": row.is_within, "says": says(row, held),
        "is_locked": row.key in drawn.locked, "kind": "general_grid",
    }  # fmt: skip


def _numbered(micro: Iterable[GridRow]) -> Iterator[tuple[int, GridRow]]:
    """Micro-grids counted inside each general grid."""
    counts: dict[int, int] = {}
    for row in micro:
        counts[row.outer] = counts.get(row.outer, 0) + 1
        yield counts[row.outer], row


def says(row: GridRow, held: Under) -> str:
    """What is to be said of a grid's limits."""
    band, most = held.options.band, held.options.limits.micro_max
    high = band.high if row.outer < 0 else most
    return {
        Why.RIGHT: _("fits"),
        Why.TOO_MANY: _("%(n)s too many") % {"n": row.households - high},
        Why.TOO_FEW: _("%(n)s too few") % {"n": band.low - row.households},
        Why.TOO_LONG: _("%(n)s min a round") % {"n": round(row.minutes)},
        Why.TORN: _("in pieces"),
    }[row.why]


def _joined(own: list[BaseGeometry], drawn: Drawn, keys: Any, key: int) -> BaseGeometry:
    return shapely.simplify(joined(own, drawn, keys, key), FINE)


def _label(sheet: Sheet, ground: BaseGeometry) -> tuple[float, float]:
    if ground.is_empty:
        return 0.0, 0.0
    spot = shapely.point_on_surface(max(getattr(ground, "geoms", [ground]), key=lambda part: part.area))
    return sheet.spot(spot.x, spot.y)


def _tints(grounds: dict[int, BaseGeometry]) -> dict[int, int]:
    """A tint for each grid, not that of a neighbour before it; it means nothing else."""
    found: dict[int, int] = {}
    for key, ground in grounds.items():
        taken = {found[other] for other in found if shapely.dwithin(ground, grounds[other], 20.0)}
        found[key] = next((tint for tint in range(TINTS) if tint not in taken), key % TINTS)
    return found


def _ground(sheet: Sheet) -> Iterator[dict[str, str]]:
    window = shapely.get_coordinates(sheet.window)
    lon, lat = sheet.plane.degrees(window[:, 0], window[:, 1])
    with connection.cursor() as cursor:
        cursor.execute(GROUND, [list(DRAWN_AS), lon.min(), lat.min(), lon.max(), lat.max()])
        rows = cursor.fetchall()
    for kind, geometry in rows:
        cut = shapely.intersection(in_metres(shapely.from_geojson(geometry), sheet.plane), sheet.window)
        if not cut.is_empty:
            yield {"kind": DRAWN_AS[kind], "path": sheet.path(cut)}


def _houses(sheet: Sheet, held: Under, names: dict[int, Called]) -> Iterator[dict[str, Any]]:
    pieces: dict[int, list[int]] = {}
    for piece, unit in enumerate(held.drawn.pieces.unit.tolist()):
        pieces.setdefault(held.stairs.building[unit], []).append(piece)
    rows = (
        Building.objects.filter(pk__in=pieces).select_related("compound").order_by("compound__sort_key", "order", "pk")
    )
    homes, moved = held.drawn.pieces.households, held.present.general != held.drawn.general
    for one in rows:
        ground = footprint(one, held.stairs.plane)
        ground = ground if ground.area else ground.buffer(5.0)
        x, y = sheet.spot(ground.centroid.x, ground.centroid.y)
        yield {
            "id": one.pk, "name": f"{one.compound.name} {one.name}" if one.compound else one.name,
            "compound": one.compound_id or 0, "path": sheet.path(ground), "x": x, "y": y, "pieces": pieces[one.pk],
            "households": int(homes[pieces[one.pk]].sum()), "is_moved": bool(moved[pieces[one.pk]].any()),
            "now": _in(held.present, pieces[one.pk], names), "then": _in(held.drawn, pieces[one.pk], names),
        }  # fmt: skip


def _in(drawn: Drawn, pieces: list[int], names: dict[int, Called]) -> str:
    """The grids a house lies in."""
    keys = dict.fromkeys(key for key in drawn.general[pieces].tolist() if key >= 0)
    return "、".join(names[key].name for key in keys) or "—"


def _pieces(held: Under) -> Iterator[dict[str, Any]]:
    pieces = held.drawn.pieces
    many = np.bincount(pieces.unit)
    for unit, homes, top in zip(pieces.unit.tolist(), pieces.households.tolist(), pieces.top.tolist(), strict=True):
        stair, parts = held.stairs.unit[unit], many[unit]
        name = _("stairwell %(unit)s") % {"unit": stair} if stair else ""
        if parts > 1:
            name = f"{name} " + _("floors up to %(top)s") % {"top": top}
        yield {"name": name.strip(), "households": homes}
