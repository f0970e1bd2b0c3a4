"""A property firm's daily sheet (物业日报): rows to lines about doors, all faults by row and column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from wangge.core import cells
from wangge.core.cells import BadCell
from wangge.core.columns import Wanted, propose
from wangge.core.folding import building_key, doors
from wangge.core.redaction import find

MOST_LINES: Final = 500
MOST_PEOPLE: Final = 50
MOST_DOOR: Final = 12


class What(StrEnum):
    """What is said of a door."""

    MOVED_IN = "moved_in"
    LEFT = "left"
    UNREGISTERED = "unregistered"
    VACANT = "vacant"


WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    What.MOVED_IN: ("新入住", "入住", "迁入", "新增", "moved in", "new"),
    What.LEFT: ("已搬走", "搬走", "迁出", "搬离", "退租", "moved out", "left"),
    What.UNREGISTERED: ("未登记", "有人住未登记", "not registered", "lived in, not registered"),
    What.VACANT: ("空置", "空房", "空关", "vacant", "empty"),
}
TENURES: Final[Mapping[str, tuple[str, ...]]] = {
    "owner": ("自住", "业主", "自有", "lives in own home"),
    "tenant": ("租住", "租户", "租客", "出租", "rents"),
    "dormitory": ("单位宿舍", "宿舍", "员工宿舍", "employer's dormitory"),
    "guest": ("借住", "探亲", "暂住", "guest"),
}
COLUMNS: Final = (
    Wanted("what", ("事项", "变动", "变动情况", "类型", "what happened")),
    Wanted("building", ("楼栋", "楼幢", "幢", "栋", "楼号", "幢号")),
    Wanted("unit", ("单元", "单元号", "stairwell")),
    Wanted("room", ("房号", "室号", "室", "房间", "door")),
    Wanted("people", ("人数", "居住人数", "number of people")),
    Wanted("tenure", ("居住方式", "居住性质", "lives there as")),
    Wanted("agreed", ("本人同意", "同意", "consent")),
    Wanted("name", ("姓名", "联系人")),
    Wanted("phone", ("电话", "手机", "手机号", "联系电话", "telephone")),
)
NEEDED: Final = ("what", "building", "room")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which row as people number them (0 is the whole sheet), under which field, by which rule."""

    row: int
    field: str
    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one door; without `dwelling` the register knows no such door. A name stands only with consent."""

    row: int
    what: What
    building: int
    unit: str
    room: str
    dwelling: int | None = None
    people: int | None = None
    tenure: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """A door the register knows."""

    dwelling: int
    building: int
    unit: str
    room: str


class Doors:
    """The doors of a compound, found as people write them: 3幢, 三号楼 and 3 are one building."""

    def __init__(self, buildings: Mapping[int, str], known: Iterable[Door]) -> None:
        self._buildings = {building_key(name): number for number, name in buildings.items()}
        self._whole: dict[tuple[int, str, str], int] = {}
        self._rooms: dict[tuple[int, str], set[int]] = {}
        for door in known:
            self._whole[door.building, part(door.unit), part(door.room)] = door.dwelling
            self._rooms.setdefault((door.building, part(door.room)), set()).add(door.dwelling)

    def building(self, typed: str) -> int | None:
        """Return the building that is called so, if there is one."""
        return self._buildings.get(building_key(typed))

    def dwelling(self, building: int, unit: str, room: str) -> int | None:
        """Return the dwelling behind a door; without a stairwell only when the building has the room once."""
        if (found := self._whole.get((building, part(unit), part(room)))) is not None or unit:
            return found
        rooms = self._rooms.get((building, part(room)), set())
        return next(iter(rooms)) if len(rooms) == 1 else None


def part(typed: str) -> str:
    """Return what tells a stairwell or room from its neighbours: 2单元 is 2, 0502室 is 502."""
    return "-".join(doors(typed))


def columns_of(names: Sequence[str]) -> dict[str, int]:
    """Return the place of each field in a header, by names people are known to use; likeness alone is no ground."""
    return {match.field: names.index(match.header) for match in propose(names, COLUMNS) if match.why != "alike"}


def read(
    rows: Iterable[tuple[int, Mapping[str, str]]], known: Doors, fields: Iterable[str] = NEEDED
) -> tuple[tuple[Line, ...], tuple[Fault, ...]]:
    """Read rows (their number, cells by field) into lines, or say all that is wrong: then nothing is to be taken over.

    `fields` are the columns that are there.
    """
    held = set(fields)
    faults = [Fault(0, field, "no_column") for field in NEEDED if field not in held]
    if faults:
        return (), tuple(faults)
    lines: list[Line] = []
    seen: dict[tuple[int, str, str], int] = {}
    for count, (row, given) in enumerate(rows, 1):
        if count > MOST_LINES:
            return (), (Fault(0, "", "many", str(MOST_LINES)),)
        line, wrong = _line(row, given, known)
        if line is not None:
            door = (line.building, part(line.unit), part(line.room))
            if (first := seen.setdefault(door, row)) != row:
                wrong.append(Fault(row, "room", "twice", str(first)))
            lines.append(line)
        faults += wrong
    return ((), tuple(faults)) if faults else (tuple(lines), ())


def _line(row: int, given: Mapping[str, str], known: Doors) -> tuple[Line | None, list[Fault]]:
    wrong: list[Fault] = []
    values = dict(_values(row, given, wrong))
    _without_numbers(row, values, wrong)
    if (values.get("name") or values.get("phone")) and not values.get("agreed"):
        wrong.append(Fault(row, "name" if values.get("name") else "phone", "not_agreed"))
    what, typed, room = (values.get(field) for field in NEEDED)
    building = known.building(typed) if typed else None
    if typed and building is None:
        wrong.append(Fault(row, "building", "no_building", typed))
    if not (what and building and room):
        return None, wrong
    unit = values.get("unit") or ""
    dwelling = known.dwelling(building, unit, room)
    if dwelling is None and what != What.UNREGISTERED and not any(fault.field in ("unit", "room") for fault in wrong):
        wrong.append(Fault(row, "room", "no_door"))
    comes = what in (What.MOVED_IN, What.UNREGISTERED)
    more = {field: values[field] for field in ("people", "tenure", "name", "phone") if comes and values.get(field)}
    return Line(row, What(what), building, unit, room, dwelling, **more), wrong


def _values(row: int, given: Mapping[str, str], wrong: list[Fault]) -> Iterator[tuple[str, Any]]:
    """The cells that can be read, by field; of the others their faults."""
    for field, reader in _READERS.items():
        cell = given.get(field, "")
        if cells.is_blank(cell):
            if field in NEEDED:
                wrong.append(Fault(row, field, cells.Rule.MISSING.value))
            continue
        try:
            yield field, reader(cell)
        except BadCell as bad:
            wrong.append(Fault(row, field, bad.rule.value, bad.detail))


def _without_numbers(row: int, values: Mapping[str, Any], wrong: list[Fault]) -> None:
    """Documents and telephones do not travel in other cells; a name has letters."""
    wrong += [Fault(row, field, "holds_number") for field in ("unit", "room", "name") if find(values.get(field, ""))]
    name = values.get("name", "")
    if name and not any(char.isalpha() for char in name):
        wrong.append(Fault(row, "name", "no_letter"))


def _door(cell: str) -> str:
    return cells.text(cell, MOST_DOOR)


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "what": lambda cell: cells.choice(cell, WORDS),
    "building": lambda cell: cells.text(cell, 40),
    "unit": _door,
    "room": _door,
    "people": lambda cell: cells.integer(cell, least=1, most=MOST_PEOPLE, units="人 口"),
    "tenure": lambda cell: cells.choice(cell, TENURES),
    "agreed": cells.yes_no,
    "name": lambda cell: cells.text(cell, 40),
    "phone": cells.telephone,
}
