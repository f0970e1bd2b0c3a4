"""The list or map in which a department states its grids: read whole or refused whole, with every fault by row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.core.cells import BadCell, telephone
from wangge.core.columns import propose
from wangge.core.redaction import find
from wangge.exchange import reading
from wangge.exchange.importer import Checked, Field, Importer, Label, Values
from wangge.exchange.parsing import parser
from wangge.exchange.queries.lists import said_rule
from wangge.exchange.sieving import sieve
from wangge.places.imports.layer_houses import Houses
from wangge.places.models import Area
from wangge.places.queries.stated import StatedGrid

MOST_ROWS = 50_000
SURFACES = ("Polygon", "MultiPolygon")
SERVICE = re.compile(r"\d{3,6}")  # 110, 12345: numbers of an office that have no area code
TOLD = ("name", "post", "phone")

RULES: dict[str, Label] = {
    "no_column": gettext_lazy("No column with the grid of the department: name it “网格编号” or “grid”."),
    "too_many": gettext_lazy("More rows than a community can have houses: split the file by community."),
    "no_house": gettext_lazy("Neither a building nor an outline: which houses lie in this grid?"),
    "unknown_house": gettext_lazy("No building of this name or address lies in this area."),
    "ambiguous_house": gettext_lazy("Several compounds of this area are called so: write the address or the plate."),
    "no_surface": gettext_lazy("A grid is drawn as a polygon, not as %(detail)s."),
    "twice": gettext_lazy("A building of this row lies in grid %(detail)s as well."),
    "other_words": gettext_lazy("Row %(detail)s says something else of the same grid."),
    "mobile": gettext_lazy("A mobile number may be a person's own: write the number of the office."),
    "personal": gettext_lazy("Looks like a number of a person: write the post, nobody's own data."),
}


class Layers(Importer):
    """The columns of such a list. It is not staged: what it states is one layer, right as a whole or not at all."""

    kind = "layers"
    label = gettext_lazy("Grids of a department")
    rules = RULES
    fields = (
        Field("grid", gettext_lazy("Grid of the department"), required=True, longest=40,
              names=("网格编号", "网格编码", "网格代码", "警务区", "责任区", "所属网格", "网格", "区域编号", "code")),
        Field("name", gettext_lazy("What it is called"),
              names=("网格名称", "警务区名称", "责任区名称", "名称", "grid_name")),
        Field("post", gettext_lazy("Contact post"), names=("联系岗位", "岗位", "责任岗位", "服务岗位", "contact")),
        Field("phone", gettext_lazy("Telephone of the office"), longest=24,
              names=("办公电话", "值班电话", "联系电话", "电话", "telephone")),
        Field("compound", gettext_lazy("Compound"), names=("小区", "小区名称", "所属小区", "自然村")),
        Field("building", gettext_lazy("Building"), names=("楼栋", "幢号", "楼号", "楼栋名称", "楼幢", "house")),
        Field("address", gettext_lazy("Address"), names=("地址", "详细地址", "门牌", "标准地址"), longest=160),
        Field("token", gettext_lazy("Number on the plate"), names=("门牌码", "楼牌码", "plate"), longest=16),
        Field("lon", gettext_lazy("Longitude"), "lon", ("经度", "longitude")),
        Field("lat", gettext_lazy("Latitude"), "lat", ("纬度", "latitude")),
        Field("geometry", gettext_lazy("Outline (GeoJSON)"), "geometry", ("轮廓", "几何")),
    )  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong where: the number of the row as people count, the column as the file calls it, the rule."""

    row: int
    column: str
    cell: str
    says: str


class BadLayer(ValueError):
    """A file that was refused as a whole; nothing of it is written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


@dataclass
class Reading:
    """The rows of one file on their way to grids."""

    kind: Layers
    names: tuple[str, ...]
    columns: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def blame(self, row: Checked, code: str, rule: str, detail: str = "") -> None:
        header = self.columns.get(code, "")
        at = self.names.index(header) if header in self.names else -1
        cell = row.cells[at] if 0 <= at < len(row.cells) else ""
        known = self.kind.field(code)
        column = header or (str(known.label) if known else _("The row"))
        self.faults.append(Fault(row.number, column, cell[:80], said_rule(self.kind, rule, detail)))


def read_layer(chunks: Iterable[bytes], area: Area, *, system: Mapping[str, Any]) -> tuple[StatedGrid, ...]:
    """The grids a file states for an area, by their codes. Raises Unreadable for what is no sheet, and BadLayer."""
    kept = reading.keep(chunks)
    try:
        plain = reading.make_plain(kept.stored, sieve())
        rows, _position = reading.rows_from(kept.stored, 0, MOST_ROWS + 1)
    finally:
        reading.remove(kept.stored)
    kind = Layers()
    columns = {match.field: match.header for match in propose(plain.names, [one.wanted for one in kind.fields])}
    read = Reading(kind, plain.names, columns)
    head = Checked(plain.first, [], {})
    if "grid" not in columns:
        read.blame(head, "grid", "no_column")
    elif len(rows) > MOST_ROWS:
        read.blame(head, "", "too_many")
    else:
        parse = parser(kind, {"columns": columns, "system": dict(system)}, plain.names)
        grids = _grids([parse.row(*line) for line in rows], area, read)
        if not read.faults:
            return tuple(grids[code] for code in sorted(grids))
    raise BadLayer(sorted(read.faults, key=lambda one: (one.row, one.column)))


def _grids(rows: Sequence[Checked], area: Area, read: Reading) -> dict[str, StatedGrid]:
    houses = Houses.of(area, [row.values for row in rows])
    grids: dict[str, StatedGrid] = {}
    lies_in: dict[int, str] = {}
    said_in: dict[tuple[str, str], int] = {}
    for row in rows:
        for fault in row.faults:
            read.blame(row, fault["field"], fault["rule"], fault["detail"])
        code = row.values.get("grid")
        if code is None:
            continue
        grid = grids.setdefault(code, StatedGrid(code))
        _told(row, grid, said_in, read)
        for building in _buildings(row, grid, houses, read):
            if (other := lies_in.setdefault(building, code)) != code:
                read.blame(row, "grid", "twice", other)
                break
            grid.buildings.add(building)
    return grids


def _told(row: Checked, grid: StatedGrid, said_in: dict[tuple[str, str], int], read: Reading) -> None:
    """Name, post and telephone: the same in every row of a grid that says them, and nobody's own."""
    for code in TOLD:
        text = row.values.get(code, "")
        if not text:
            continue
        if code == "phone":
            text = _office(row, text, read)
        elif find(text):
            read.blame(row, code, "personal")
        before = getattr(grid, code)
        if before and text and before != text:
            read.blame(row, code, "other_words", str(said_in[grid.code, code]))
        elif text:
            setattr(grid, code, text)
            said_in.setdefault((grid.code, code), row.number)


def _office(row: Checked, text: str, read: Reading) -> str:
    """The number of an office; empty after a fault."""
    if SERVICE.fullmatch(text.strip()):
        return text.strip()
    try:
        number = telephone(text)
    except BadCell as bad:
        read.blame(row, "phone", bad.rule.value, bad.detail)
        return ""
    if number.startswith("1"):
        read.blame(row, "phone", "mobile")
        return ""
    return number


def _buildings(row: Checked, grid: StatedGrid, houses: Houses, read: Reading) -> Iterator[int]:
    """The buildings a row names or draws round."""
    values: Values = row.values
    shape = values.get("geometry")
    if shape is not None and shape["type"] in SURFACES:
        grid.outline, found = houses.inside(shape, grid.outline)
        yield from found
    elif houses.names_one(values):
        yield from houses.named(values, lambda code, rule: read.blame(row, code, rule))
    elif shape is not None:
        read.blame(row, "geometry", "no_surface", shape["type"])
    elif not any(fault["field"] in ("geometry", "building", "address", "token", "compound") for fault in row.faults):
        read.blame(row, "building" if "building" in read.columns else "", "no_house")
