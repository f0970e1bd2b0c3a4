"""Writes an address in its normal form, and makes the key by which two spellings of one door are compared."""

import re

from wangge.core.addresses.forms import Address
from wangge.core.addresses.numerals import HAN, plain

_PHASE = re.compile(rf"第?([{HAN}]+)(?=[期区])")


def normal(address: Address) -> str:
    """Return the address written one way: 3号楼 and 三幢 are 3幢. What was not understood is left out."""
    house = "号" if address.group or (address.lane and not address.place) else "幢"
    return "".join(
        f"{value}{mark}"
        for value, mark in (
            (address.province, ""),
            (address.city, ""),
            (address.county, ""),
            (address.town, ""),
            (address.community, ""),
            (address.road, ""),
            (address.lane, "弄"),
            (address.number, "号"),
            (address.place, ""),
            (address.group, "组"),
            (address.building, house),
            (address.unit, "单元"),
            (address.floor, "楼"),
            (address.room, "室"),
        )
        if value
    )


def key(address: Address) -> str:
    """Return the key by which spellings of one door are compared: "place/group/building/unit/room".

    The place is the compound, 小区 left out at its end; without one the plate on the road, else the community. The
    divisions and the plate of a compound are not in it, since people leave them out: compounds of one name in two towns
    share keys. A room of two digits takes its floor (五楼02 is 502); without a room the floor stands in its place.
    """
    place = _PHASE.sub(lambda match: plain(match[1]), address.place).removesuffix("小区")
    return "/".join((
        place or address.place or _plate(address) or address.community,
        address.group, address.building, address.unit, _room(address),
    ))  # fmt: skip


def _plate(address: Address) -> str:
    parts = ((address.road, ""), (address.lane, "弄"), (address.number, "号"))
    return "".join(f"{value}{mark}" for value, mark in parts if value)


def _room(address: Address) -> str:
    room, floor = address.room, address.floor
    if not room:
        return f"{floor}楼" if floor else ""
    if len(room) < 3 and room.isdigit() and floor.isdigit():
        return f"{floor}{room:0>2}"
    return room
