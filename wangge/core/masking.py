"""What is shown of a name, number or address before it is opened. Made when it is shown; a masked form is never kept.

Each form has one length, whatever the length of what is behind it, so that a rare long name is not told by its stars.
"""

from collections.abc import Iterator

from wangge.core.addresses import Kind, parse

_INSIDE = frozenset({Kind.UNIT, Kind.FLOOR, Kind.ROOM})
_HIDDEN = _INSIDE | {Kind.NEAR, Kind.REST}
_DOOR_OR_GATE = frozenset({Kind.NUMBER, Kind.BUILDING})
_JOINTS = " \u3000\t-,，、#"
_HOMES = ("家", "家里", "住处")  # 孙兰家: named after a person


def masked_name(name: str) -> str:
    """Return the first character of a name and two stars ("孙**"), so that its length is not told either."""
    return f"{name.strip()[:1]}**" if name.strip() else ""


def masked_phone(number: str) -> str:
    """Return a number in normal form with the middle starred: "138****0000", "0512-****0000"."""
    area, dash, local = number.partition("-")
    return f"{area}-****{local[-4:]}" if dash else f"{number[:3]}****{number[-4:]}"


def masked_id(number: str) -> str:
    """Return a citizen ID with only the county's province and the last two characters: no birth date."""
    return f"{number[:2]}**************{number[-2:]}"


def masked_permit(number: str) -> str:
    """Return a permit or card of any kind with its last two characters: neither its kind nor where from is told."""
    return f"******{number[-2:]}"


def masked_passport(number: str) -> str:
    """Return a passport number like a permit's: the series would tell the country."""
    return masked_permit(number)


def masked_plate(sign: str) -> str:
    """Return the province, the office and the last sign of a plate: "苏E****5"; new energy looks no different."""
    return f"{sign[:2]}****{sign[-1:]}"


def masked_address(address: str) -> str:
    """Return an address without the door: "桂花小区3幢**" of 3幢2单元502室, "南街**" of 南街12号.

    The number of a house is its door when nothing follows; the number of a gate or of a building is kept when a unit, a
    storey or a room comes behind it. What is not understood is hidden with all that follows. Always ends in two stars,
    so that an address without a door looks no different.
    """
    return f"{''.join(_shown(address)).rstrip(_JOINTS)}**" if address.strip() else ""


def _shown(address: str) -> Iterator[str]:
    spans = parse(address).spans
    for at, span in enumerate(spans):
        words, behind = address[span.start : span.end], {later.kind for later in spans[at + 1 :]}
        is_door = span.kind in _DOOR_OR_GATE and not behind & _INSIDE
        if (span.kind in _HIDDEN and words.strip(_JOINTS)) or is_door or words.endswith(_HOMES):
            return
        yield words
