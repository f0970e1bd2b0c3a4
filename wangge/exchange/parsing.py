"""Cells to values, by the columns and the coordinate system somebody chose; every fault with its column and rule."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from wangge.core import cells
from wangge.core.cells import BadCell, Rule
from wangge.core.coordinates import BadSystem, Kind, Known, Spot, System, converter
from wangge.core.geometry import BadGeometry, Box, check_geojson
from wangge.exchange.importer import Checked, Field, Importer, Values

EARTH = Box(-180, -90, 180, 90)
REMEMBERED = 20_000
"""Cells of a column: names of streets and compounds come again and again."""
NOT_COLLECTED = "not_collected"
"""Rule of a cell that was emptied before anything of it was kept; its detail says what is not collected."""
Read = Callable[[str], Any]


def system_of(held: Mapping[str, Any]) -> System:
    """The coordinate system as it stands in the settings of an import."""
    known = tuple(Known(*map(float, point)) for point in held.get("known", ()))
    meridian = held.get("meridian")
    return System(
        Kind(held.get("kind") or "wgs84"), int(meridian) if meridian else None, bool(held.get("north_first")), known,
        bool(held.get("affine")),
    )  # fmt: skip


def reader(field: Field) -> Read:
    """The function that reads a cell of the field."""
    limits: dict[str, Any] = {"least": field.least, "most": field.most, "units": field.units}
    readers: dict[str, Read] = {
        "integer": partial(cells.integer, **limits),
        "number": partial(cells.number, **limits),
        "lon": cells.number,
        "lat": cells.number,
        "day": lambda cell: cells.day(cell).isoformat(),
        "code": partial(cells.code, lengths=field.lengths),
        "firm": cells.firm,
        "phone": cells.telephone,
        "yes_no": cells.yes_no,
        "choice": partial(cells.choice, known=field.choices),
        "geometry": _geometry,
    }
    return readers.get(field.kind) or partial(cells.text, longest=field.longest)


def remembering(field: Field) -> Read:
    """A reader that gives faults back instead of raising them, and does not read the same cell twice."""
    read = reader(field)

    @lru_cache(maxsize=REMEMBERED if field.kind != "geometry" else 1)
    def said(cell: str) -> Any:
        if cells.is_blank(cell):
            return BadCell(Rule.MISSING) if field.required else None
        try:
            return read(cell)
        except BadCell as bad:
            return bad

    return said


def _geometry(cell: str) -> Any:
    try:
        value = json.loads(cell)
        check_geojson(value, Box(-1e9, -1e9, 1e9, 1e9))
    except (ValueError, RecursionError) as problem:
        raise BadCell(Rule.NOT_IN_LIST, problem.rule.value if isinstance(problem, BadGeometry) else "json") from None
    return value


@dataclass
class Parser:
    """Reads rows of one import."""

    importer: Importer
    columns: Mapping[str, int]
    system: System
    names: Sequence[str]

    def __post_init__(self) -> None:
        self.change = converter(self.system)
        held = [one for one in self.importer.fields if one.code in self.columns]
        self.reads = [(one, self.columns[one.code], remembering(one)) for one in held]
        self.has_points = self.importer.has_points
        self.absent = [one for one in self.importer.fields if one.required and one.code not in self.columns]

    def row(self, number: int, given: Sequence[str], emptied: Sequence[tuple[int, str]] = ()) -> Checked:
        """The row with everything that can be said of it without looking elsewhere."""
        checked, width = Checked(number, list(given), {}), len(self.names)
        for at, code in emptied:
            checked.hint("", NOT_COLLECTED, code, self.names[at] if at < width else "")
        if len(given) > width and any(cell.strip() for cell in given[width:]):
            checked.fault("", "columns_more")
        for field, at, read in self.reads:
            said = read(given[at] if at < len(given) else "")
            if isinstance(said, BadCell):
                checked.fault(field.code, "geometry" if field.kind == "geometry" else said.rule.value, said.detail)
            elif said is not None:
                checked.values[field.code] = said
        for field in self.absent:
            checked.fault(field.code, Rule.MISSING)
        if self.has_points:
            self._place(checked)
        return checked

    def _place(self, checked: Checked) -> None:
        """Longitude and latitude in WGS84, from whatever the sheet has."""
        values = checked.values
        x, y = values.get("lon"), values.get("lat")
        if (x is None) != (y is None) and not any(f["field"] in ("lon", "lat") for f in checked.faults):
            checked.fault("lon" if x is None else "lat", "half_place")
        if x is None or y is None:
            values.pop("lon", None)
            values.pop("lat", None)
            return
        spot = self._changed(x, y)
        if spot is None:
            swapped = self.system.kind not in (Kind.GAUSS, Kind.LOCAL) and EARTH.holds(y, x)
            checked.fault("lon", "swapped" if swapped else "not_degrees")
        elif self._is_swapped(spot):
            checked.fault("lon", "swapped")
        else:
            values["lon"], values["lat"] = round(spot[0], 7), round(spot[1], 7)
            if shape := values.get("geometry"):
                values["geometry"] = {**shape, "coordinates": self._redrawn(shape["coordinates"])}

    def _changed(self, x: float, y: float) -> Spot | None:
        try:
            lon, lat = self.change(x, y)
        except (BadSystem, OverflowError, ValueError):
            return None
        return (lon, lat) if math.isfinite(lon) and math.isfinite(lat) and EARTH.holds(lon, lat) else None

    def _is_swapped(self, spot: Spot) -> bool:
        """In our part of the world longitude is the larger number; the other way round lies in the Barents Sea."""
        box = self.importer.box()
        return box is not None and not Box(*box).grown(1).holds(*spot) and Box(*box).grown(1).holds(spot[1], spot[0])

    def _redrawn(self, part: Any) -> Any:
        if part and isinstance(part[0], int | float):
            spot = self._changed(part[0], part[1])
            return [round(spot[0], 7), round(spot[1], 7)] if spot else part
        return [self._redrawn(one) for one in part]


def parser(importer: Importer, settings: Mapping[str, Any], names: Sequence[str]) -> Parser:
    """The parser of an import's settings. Raises BadSystem."""
    columns = {field: names.index(name) for field, name in settings["columns"].items() if name in names}
    return Parser(importer, columns, system_of(settings.get("system", {})), names)


def said(importer: Importer, values: Values) -> Values:
    """What the source says: by it a later file is the same or differs."""
    return {one.code: values[one.code] for one in importer.fields if one.is_said and one.code in values}
