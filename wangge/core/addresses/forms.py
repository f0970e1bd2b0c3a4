"""What an address is made of: its parts, where each stood in the text, and the tail that leads to a door."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The parts of an address, from the large to the small."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    COMMUNITY = "community"
    ROAD = "road"
    LANE = "lane"  # a numbered lane (弄、巷)
    NUMBER = "number"  # the door plate on a road or lane (门牌号)
    PLACE = "place"  # compound, hamlet, market or named building
    GROUP = "group"  # villagers' group (组、队、社)
    BUILDING = "building"
    UNIT = "unit"
    FLOOR = "floor"
    ROOM = "room"
    NEAR = "near"  # the place meant is beside what is named (旁、对面)
    REST = "rest"  # not understood


DIVISIONS = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.TOWN, Kind.COMMUNITY)


class Span(NamedTuple):
    """Where a part stood: from `start` to before `end` in the text as it was given."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The part of an address that finds a door within its compound; each as compared ("三号楼" is "3")."""

    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts, each "" when it is not written; numbers are as compared ("三号楼" is "3").

    `also` holds further rooms of the same door ("302、303室"), `near` the words that say the place is only beside it.
    `spans` follow each other without gap or overlap from the first to the last character of the text.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    community: str = ""
    road: str = ""
    lane: str = ""
    number: str = ""
    place: str = ""
    group: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    near: str = ""
    rest: str = ""
    also: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def tail(self) -> Tail:
        """The part that finds a door within its compound."""
        return Tail(self.building, self.unit, self.floor, self.room)

    @property
    def is_understood(self) -> bool:
        """Whether nothing but joints was left over, and anything was there at all."""
        return not self.rest and any(span.kind is not Kind.REST for span in self.spans)
