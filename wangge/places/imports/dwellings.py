"""Lists of dwellings: a county has half a million, so everything is looked up by the chunk."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.exchange.importer import Checked, Field, Label, Taking, Values, Written
from wangge.exchange.queries.records import new_ids
from wangge.places.imports.places import PLACE_RULES, PlaceImporter
from wangge.places.models import Compound, Dwelling
from wangge.places.queries.lookup import House, compounds_named, doors_of, house, houses_of, plain, room, stem, unit

FLOOR = re.compile(r"[A-Za-z]?(\d{1,2})\d{2}[A-Za-z]?")


RULES: dict[str, Label] = {
    **PLACE_RULES,
    "unknown_building": _("The compound has no building of this number. Bring in the buildings first."),
    "ambiguous_building": _("The compound has several buildings of this number."),
    "no_floor": _("No storey is named, and it cannot be read from the room."),
    "above_roof": _("The building has only %(detail)s storeys."),
}


class Dwellings(PlaceImporter):
    """Dwellings by building, unit and room: doors, never who lives behind them."""

    kind = "dwellings"
    label = _("Dwellings")
    icon = "door"
    rules = RULES
    fields = (
        Field("compound", _("Compound"), names=("小区", "小区名称", "所属小区"), required=True,
              examples=("桂花小区", "桂花小区"), is_said=False),
        Field("community", _("Community"), names=("社区", "所属社区"), examples=("桂花社区", "桂花社区"),
              is_said=False),
        Field("building", _("Building"), names=("楼栋", "幢号", "楼号", "幢"), required=True, longest=40,
              examples=("1幢", "1幢"), is_said=False),
        Field("unit", _("Unit"), names=("单元", "单元号"), longest=12, examples=("1单元", "2单元")),
        Field("floor", _("Storey"), "integer", ("楼层", "所在层"), least=1, most=200, units="层 楼",
              examples=("5", "6")),
        Field("room", _("Room"), names=("室号", "房号", "房间", "门牌号"), required=True, longest=12,
              examples=("502", "601")),
    )  # fmt: skip

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """The building of each row and the dwelling it stands for, if it is there already."""
        compounds = compounds_named({one.values.get("compound", "") for one in rows})
        houses = houses_of(c.pk for found in compounds.values() for c in found)
        placed: list[tuple[Checked, House]] = []
        for one in rows:
            values = one.values
            for name, short in (("unit", unit), ("room", room)):
                if name in values:
                    values[name] = short(values[name])
            building = building_of(one, compounds, houses)
            if building is not None and "room" in values:
                _floor(one, building)
                values["building_id"], values["area_id"] = building.id, building.grid_id
                one.key = f"{building.id}/{values.get('unit', '')}/{values['room']}"
                placed.append((one, building))
        doors = doors_of(building.id for _, building in placed)
        for one, building in placed:
            found = doors.get((building.id, one.values.get("unit", ""), one.values["room"]))
            if found is not None:
                one.record, one.differs = found[0], found[1] != one.values.get("floor")

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """New dwellings; another storey for those that are there."""
        known = Dwelling.objects.in_bulk([row.record for row in rows if row.record])
        fresh = [row for row in rows if row.record not in known]
        made: list[tuple[int, Model]] = [
            (row.number, Dwelling(
                id=pk, area_id=row.values["area_id"], building_id=row.values["building_id"],
                unit=row.values.get("unit", ""), floor=row.values["floor"], room=row.values["room"],
            ))
            for row, pk in zip(fresh, new_ids(Dwelling, len(fresh)), strict=True)
        ]  # fmt: skip
        changed: list[tuple[int, Model, Values]] = []
        for row in rows:
            door = known.get(row.record or 0)
            if door is not None and door.floor != row.values["floor"]:
                changed.append((row.number, door, {"floor": door.floor}))
                door.floor = row.values["floor"]
        return self.write(made, changed, by=by, of=of)


def building_of(
    one: Checked, compounds: dict[str, list[Compound]], houses: dict[tuple[int, str], list[House]]
) -> House | None:
    """The building a row names by compound, community and number; what is unclear becomes a fault of the row."""
    values = one.values
    if "compound" not in values or "building" not in values:
        return None
    held = compounds.get(plain(values["compound"]), [])
    if len(held) > 1 and (community := values.get("community")):
        held = [compound for compound in held if stem(compound.community.name) == stem(community)]
    if len(held) != 1:
        one.fault("compound", "ambiguous_compound" if held else "unknown_compound")
        return None
    found = houses.get((held[0].pk, house(values["building"])), [])
    if len(found) != 1:
        one.fault("building", "ambiguous_building" if found else "unknown_building")
        return None
    return found[0]


def _floor(one: Checked, building: House) -> None:
    """The storey as it is said, or as the room says it: 502 lies on the fifth."""
    values = one.values
    if "floor" not in values and not any(fault["field"] == "floor" for fault in one.faults):
        match = FLOOR.fullmatch(values["room"])
        if match is None or int(match[1]) == 0:
            one.fault("floor", "no_floor")
            return
        values["floor"] = int(match[1])
    if values.get("floor", 0) > building.floors:
        one.fault("floor", "above_roof", str(building.floors))
