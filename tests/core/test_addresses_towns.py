"""Every dwelling of both demo towns is found by the key of its address, however much of it is written."""

from collections.abc import Iterator

import pytest

from wangge.core.addresses import Named, Names, key, parse
from wangge.web.demo.generate import generate
from wangge.web.demo.plan import TownPlan, load_plan, plans
from wangge.web.demo.town import Building, Compound, Dwelling, Town


def names_of(town: Town, plan: TownPlan) -> Names:
    return Names(
        [
            *((area.level, area.name, area.name) for area in town.areas if area.level != "grid"),
            *((Named.ROAD, road, road) for road in plan.names["road"]),
            *((named(compound), compound.name, compound.name) for compound in town.compounds),
            *((named(compound), f"{compound.name}小区", compound.name) for compound in town.compounds),
        ]
    )


def named(compound: Compound) -> Named:
    return Named.HAMLET if compound.kind == "village" else Named.PLACE


def wanted(dwelling: Dwelling, building: Building, compound: Compound) -> str:
    place = compound.name.removesuffix("小区")
    if building.units == 0:
        group, house = building.number.split("-")
        return f"{place}/{group}/{house}//"
    return f"{place}//{building.number}/{dwelling.unit if building.units > 1 else ''}/{dwelling.room}"


def doors(town: Town) -> Iterator[tuple[str, list[str]]]:
    """The key of each dwelling, and five ways to write its address."""
    standard = {address.target: address.text for address in town.addresses if address.standard}
    buildings = {building.key: building for building in town.buildings}
    compounds = {compound.key: compound for compound in town.compounds}
    for dwelling in town.dwellings:
        building = buildings[dwelling.building]
        compound = compounds[building.compound]
        inside = dwelling.name.removeprefix(building.name)
        numbers = [building.number, str(dwelling.unit) if building.units > 1 else "", dwelling.room]
        joined = "-".join(number for number in numbers if number)
        yield (
            wanted(dwelling, building, compound),
            [
                f"{standard[building.key]}{inside}",
                f"{standard[compound.key]} {dwelling.name}",
                f"{compound.name}{dwelling.name}",
                f"{compound.name}{joined}",
                f"{compound.name}{joined.replace('-', '－')}对面",
            ],
        )


@pytest.mark.parametrize("plan", [load_plan(town) for town in plans()], ids=plans())
def test_every_dwelling_is_found_by_five_spellings_of_its_address(plan: TownPlan) -> None:
    town = generate(plan, 1, "small")
    names = names_of(town, plan)
    wrong = [(text, door) for door, texts in doors(town) for text in texts if key(parse(text, names)) != door]
    assert len(town.dwellings) > 300
    assert wrong == []
