"""Five ways in which people write the address of one home."""

from wangge.web.demo.town import Building, Compound, Dwelling, Town

HAN = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def spoken(number: str) -> str:
    """The number as it is said: 12 is 十二, 302 is 三〇二; hyphens stay."""
    return "-".join(_spoken(part) for part in number.split("-"))


def _spoken(number: str) -> str:
    value = int(number)
    if 10 <= value < 100:
        tens, ones = divmod(value, 10)
        return f"{HAN[tens] if tens > 1 else ''}十{HAN[ones] if ones else ''}"
    return "".join(HAN[int(digit)] for digit in number)


def spellings(home: Dwelling, building: Building, compound: Compound, standard: str) -> dict[str, str]:
    """Standard; alias; only hyphens; Chinese numerals; full width without words. Of a hamlet's house likewise."""
    unit = str(home.unit) if building.units > 1 else ""
    if not home.room:
        group, _, house = building.number.partition("-")
        return {
            "standard": standard, "alias": f"{compound.name}{building.number}",
            "words": f"{compound.name}{group}组{house}号",
            "numerals": f"{compound.name}{spoken(group)}组{spoken(house)}号",
            "wide": f"{compound.name} {building.number}".translate(WIDE),
        }  # fmt: skip
    said = f"{spoken(unit)}单元" if unit else ""
    numbers = "-".join(filter(None, (building.number, unit, home.room)))
    return {
        "standard": standard + home.name.removeprefix(building.name),
        "alias": f"{compound.name}{building.number}号楼{f'{unit}单元' if unit else ''}{home.room}",
        "hyphens": f"{compound.name}{numbers}",
        "numerals": f"{compound.name}{spoken(building.number)}号楼{said}{spoken(home.room)}室",
        "wide": f"{compound.name} {numbers.replace('-', ' ')}".translate(WIDE),
    }  # fmt: skip


def homes(town: Town) -> list[tuple[Dwelling, Building, Compound, str]]:
    buildings = {each.key: each for each in town.buildings}
    compounds = {each.key: each for each in town.compounds}
    standard = {each.target: each.text for each in town.addresses if each.standard}
    return [
        (home, building, compounds[building.compound], standard[building.key])
        for home in town.dwellings
        for building in [buildings[home.building]]
    ]
