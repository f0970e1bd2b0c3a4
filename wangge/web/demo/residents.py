"""Invented residents of a demo town: who lives behind which door, as a community has it in a sheet."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

from wangge.web.demo.chance import stream
from wangge.web.demo.town import Area, Building, Compound, Dwelling, Town
from wangge.web.demo.wording import pools

MOST_DOORS = 6_000
"""Whole communities are told of, one after the other, until they have so many doors: the demo is there in a minute."""
HEADER = ("社区", "小区", "楼栋", "单元", "室号", "姓名", "联系电话", "居住方式", "与户主关系", "入住日期")
Row = tuple[str, ...]
FIRST, LAST = date(1998, 1, 1), date(2025, 12, 31)
NUMBERS = 10_000
"""How many telephone numbers are given, from 138 0000 0000 on; whoever comes after the last of them has none."""


def told(town: Town) -> tuple[Area, ...]:
    """The communities of whose residents the demo tells."""
    doors: dict[str, int] = {}
    homes = {compound.key: compound.area for compound in town.compounds}
    for building in town.buildings:
        doors[homes[building.compound]] = doors.get(homes[building.compound], 0) + building.dwellings
    chosen: list[Area] = []
    left = MOST_DOORS
    for area in town.areas:
        if area.level == "community" and left > 0 and area.key in doors:
            chosen.append(area)
            left -= doors[area.key]
    return tuple(chosen)


def residents(town: Town) -> Iterator[Row]:
    """Rows of a list of residents by door. Every name carries the mark; the same town has the same residents."""
    areas = {area.key: area for area in told(town)}
    compounds = {compound.key: compound for compound in town.compounds if compound.area in areas}
    buildings = {one.key: one for one in town.buildings if one.compound in compounds}
    chance, numbers = stream(town.plan, town.seed, town.size, "residents"), count()
    for dwelling in town.dwellings:
        if (building := buildings.get(dwelling.building)) and chance.random() >= pools("residents")["empty"]:
            compound = compounds[building.compound]
            where = _door(areas[compound.area], compound, building, dwelling)
            for who in _household(compound, chance, numbers):
                yield where + who


def _door(area: Area, compound: Compound, building: Building, dwelling: Dwelling) -> Row:
    return area.name, compound.name, building.name, str(dwelling.unit or ""), dwelling.room


def _household(compound: Compound, chance: Random, numbers: Iterator[int]) -> Iterator[Row]:
    words = pools("residents")
    families = words["family"]
    family = chance.choices(families, [one["weight"] for one in families])[0]["members"]
    tenure = chance.choices(list(words["tenure"]), list(words["tenure"].values()))[0]
    if "合租" in family:
        tenure = "租住"
    if compound.kind == "dormitory":
        tenure = "宿舍"
    since = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    called = chance.random() < words["called"]
    surnames = pools("people")["surnames"]
    own = chance.choice(surnames)
    names: set[str] = set()
    for at, relation in enumerate(family):
        surname = chance.choice(surnames) if relation in ("配偶", "合租") else own
        number = next(numbers) if called and not at else NUMBERS
        phone = f"1380000{number:04}" if number < NUMBERS else ""
        yield _name(surname, names, chance), phone, tenure, relation, since.isoformat()


def _name(surname: str, taken: set[str], chance: Random) -> str:
    """A name that nobody of the household has, with the mark."""
    name = surname + str(chance.choice([given for given in pools("people")["given"] if surname + given not in taken]))
    taken.add(name)
    return f"{name}{pools('residents')['mark']}"
