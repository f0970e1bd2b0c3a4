"""Lists of buildings: footprints with heights as well as sheets with storeys and units."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.core import storeys
from wangge.exchange.importer import Checked, Field, Label, Taking, Values, Written
from wangge.exchange.queries.records import new_ids
from wangge.places.imports.places import PLACE_RULES, PlaceImporter, token
from wangge.places.models import Address, Building, Compound
from wangge.places.queries.lookup import Areas, Grids, compounds_named, house, houses_of, plain, stem

HALF = 0.00006
"""Half the side of the square that stands for a building whose outline nobody drew: some six metres."""
LIFT_FROM = 7


RULES: dict[str, Label] = {
    **PLACE_RULES,
    "no_name": _("Neither a name nor a number by which the building can be called."),
    "no_floors": _("Neither storeys nor a height from which they can be estimated."),
    "no_grid": _("It lies in no grid, and its community has no total grid. Name the grid."),
    "unknown_grid": _("No grid has this number."),
    "fewer_homes": _("Fewer dwellings than units."),
}


class Buildings(PlaceImporter):
    """Buildings with storeys, units and their outline."""

    kind = "buildings"
    label = _("Buildings")
    icon = "building"
    rules = RULES
    fields = (
        Field("ref", _("Number in the list"), names=("编号", "osm_id", "id", "楼栋编码"), longest=40,
              examples=("B001", "B002")),
        Field("compound", _("Compound"), names=("小区", "小区名称", "所属小区"), examples=("桂花小区", "桂花小区")),
        Field("community", _("Community"), names=("社区", "所属社区"), examples=("", "")),
        Field("name", _("Name or number"), names=("楼栋", "幢号", "楼号", "楼栋名称", "name", "addr_housenumber"),
              longest=40, examples=("1幢", "2幢")),
        Field("address", _("Address"), names=("地址", "门牌", "addr_street"), longest=160),
        Field("floors", _("Storeys"), "integer", ("层数", "总层数", "楼层数"), least=1, most=200, units="层 楼",
              examples=("6", "18")),
        Field("height", _("Height in metres"), "number", ("高度", "楼高", "建筑高度"), least=0.5, most=900,
              units="米 m"),
        Field("units", _("Units (stairs)"), "integer", ("单元数", "单元"), least=1, most=50, units="个 单元",
              examples=("3", "2")),
        Field("homes", _("Dwellings"), "integer", ("户数", "住房套数", "总户数"), least=1, most=5000, units="户 套",
              examples=("36", "72")),
        Field("lift", _("Lift"), "yes_no", ("电梯", "有无电梯"), examples=("无", "有")),
        Field("grid", _("Number of the grid"), names=("网格", "网格编号", "网格编码"), longest=24),
        Field("lon", _("Longitude, or the first number"), "lon", ("经度", "lng", "longitude", "x"), required=True,
              examples=("121.100100", "121.100500")),
        Field("lat", _("Latitude, or the second number"), "lat", ("纬度", "latitude", "y"), required=True,
              examples=("31.450100", "31.450100")),
        Field("geometry", _("Outline (GeoJSON)"), "geometry", ("轮廓", "footprint", "几何")),
    )  # fmt: skip

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """Compound and grid of each row; what is not said is estimated by the rule and marked."""
        areas, grids = Areas.read(), Grids.read()
        compounds = compounds_named(one.values.get("compound", "") for one in rows)
        for one in rows:
            values = one.values
            if not {"name", "ref"} & values.keys():
                one.fault("name", "no_name")
            compound = _compound_of(one, compounds, areas)
            _ring(one)
            _estimate(one)
            _grid(one, compound, grids)
            if values.get("homes", 1) < values.get("units", 0):
                one.fault("homes", "fewer_homes")
            values["title"] = values.get("name") or f"#{values.get('ref', '')}"
            one.key = _key(values)
        houses = houses_of({one.values["compound_id"] for one in rows if one.values.get("compound_id")})
        for one in rows:
            there = houses.get((one.values.get("compound_id") or 0, house(one.values["title"])), [])
            if one.values.get("compound_id") and len(there) == 1:
                one.record = there[0].id

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """New buildings with their address; what the list says otherwise of those that are there."""
        made: list[tuple[int, Model]] = []
        known = Building.objects.in_bulk([row.record for row in rows if row.record])
        fresh = [row for row in rows if row.record not in known]
        names = dict(
            Compound.objects.in_bulk([row.values["compound_id"] for row in fresh if row.values["compound_id"]])
        )
        addresses = new_ids(Address, len(fresh))
        for row, pk, address in zip(fresh, new_ids(Building, len(fresh)), addresses, strict=True):
            made.append((row.number, _building(pk, row)))
            compound = names.get(row.values["compound_id"] or 0)
            text = row.values.get("address") or f"{compound.name if compound else ''}{row.values['title']}"
            made.append((row.number, Address(
                id=address, building_id=pk, text=text[:160], standard=True, source=f"import {of}",
                valid_from=now.date(),
            )))  # fmt: skip
        changed: list[tuple[int, Model, Values]] = [
            (row.number, known[row.record], old)
            for row in rows
            if row.record in known and (old := _new_values(known[row.record], row.values))
        ]
        made.sort(key=lambda pair: isinstance(pair[1], Address))
        return self.write(made, changed, by=by, of=of)


def _key(values: Values) -> str:
    if "ref" in values:
        return f"ref {values['ref']}"
    if values.get("compound_id"):
        return f"{values['compound_id']}|{house(values['title'])}"
    return f"{plain(values['title'])}@{values.get('lon')},{values.get('lat')}"


def _compound_of(one: Checked, compounds: dict[str, list[Compound]], areas: Areas) -> Compound | None:
    one.values["compound_id"] = None
    said = one.values.get("compound", "")
    if not said:
        return None
    found = compounds.get(plain(said), [])
    if len(found) > 1 and (community := one.values.get("community")):
        found = [
            c
            for c in found
            if c.community_id in areas.held and stem(areas.held[c.community_id].name) == stem(community)
        ]
    if len(found) != 1:
        one.fault("compound", "ambiguous_compound" if found else "unknown_compound")
        return None
    one.values["compound_id"] = found[0].pk
    return found[0]


def _ring(one: Checked) -> None:
    """The outer ring of the outline; a small square round the point when none was drawn."""
    values, shape = one.values, one.values.pop("geometry", None)
    if shape is not None and shape["type"] in ("Polygon", "MultiPolygon"):
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        values["ring"] = max((part[0] for part in parts), key=storeys.ground_of)
    elif shape is not None and shape["type"] != "Point":
        one.fault("geometry", "geometry", shape["type"])
    elif "lon" in values:
        x, y = values["lon"], values["lat"]
        corners = ((-HALF, -HALF), (HALF, -HALF), (HALF, HALF), (-HALF, HALF), (-HALF, -HALF))
        values["ring"] = [[round(x + dx, 7), round(y + dy, 7)] for dx, dy in corners]
        values["is_square"] = True


def _estimate(one: Checked) -> None:
    """Storeys from the height, dwellings from storeys and ground, by the rule of core.storeys."""
    values, estimated = one.values, []
    if values.get("is_square"):
        estimated.append("outline")
    if "floors" not in values and not any(f["field"] == "floors" for f in one.faults):
        if "height" in values:
            values["floors"] = storeys.storeys(values["height"])
            estimated.append("floors")
        elif not any(f["field"] == "height" for f in one.faults):
            one.fault("floors", "no_floors")
    if "homes" not in values and "floors" in values and "ring" in values and not values.get("is_square"):
        values["homes"] = storeys.dwellings(values["floors"], storeys.ground_of(values["ring"]))
        estimated.append("homes")
    values["estimated"] = " ".join(estimated)


def _grid(one: Checked, compound: Compound | None, grids: Grids) -> None:
    values = one.values
    if number := values.get("grid"):
        values["grid_id"] = grids.by_number.get(number)
        if values["grid_id"] is None:
            one.fault("grid", "unknown_grid")
    elif "lon" in values:
        values["grid_id"] = grids.at(values["lon"], values["lat"], compound.community_id if compound else None)
        if values["grid_id"] is None:
            one.fault("grid", "no_grid")


def _building(pk: int, row: Taking) -> Building:
    values: dict[str, Any] = row.values
    return Building(
        id=pk, compound_id=values["compound_id"], grid_id=values["grid_id"], name=values["title"][:40],
        order=row.number, token=token(), floors=values["floors"],
        lift=values.get("lift", values["floors"] >= LIFT_FROM), lon=values["lon"], lat=values["lat"],
        footprint=values["ring"], units=values.get("units"), homes=values.get("homes"), estimated=values["estimated"],
    )  # fmt: skip


def _new_values(building: Building, values: Values) -> Values:
    """Set what the list says otherwise; an estimate never takes the place of what somebody counted."""
    said = {name: values[name] for name in ("floors", "units", "homes", "lift", "lon", "lat") if name in values}
    if not values.get("is_square"):
        said["footprint"] = values["ring"]
    said = {name: value for name, value in said.items() if name not in values["estimated"].split()}
    old = {name: getattr(building, name) for name in said if said[name] != getattr(building, name)}
    for name in old:
        setattr(building, name, said[name])
    if left := [part for part in building.estimated.split() if part in old]:
        old["estimated"] = building.estimated
        building.estimated = " ".join(part for part in building.estimated.split() if part not in left)
    return old
