"""What the grids of a draft are called: those that stay keep name and number, new ones get the next that are free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wangge.core import drafting
from wangge.core.drafting import Drawn
from wangge.places.models import Area, AreaCode, Grid
from wangge.places.queries.drafted import Under

NAME = "第{n}网格"
DIGITS, FIRST_DEDICATED = 3, 901  # of a grid's number after its community's (GB/T 34300-2017; Xi'an DB6101/T 3185-2024)


@dataclass(frozen=True)
class Called:
    """A grid of a draft: the area it continues (None for a new one), its name, its number and the end of that."""

    area: int | None
    name: str
    number: str

    @property
    def short(self) -> str:
        return str(int(self.number[-DIGITS:])) if self.number[-DIGITS:].isdecimal() else self.number[-DIGITS:]


def area_of(drawn: Drawn, key: int) -> int | None:
    """The grid in force that a key stands for; None for a grid that the draft begins."""
    names = drawn.units.names["general_grid"]
    return int(names[key]) if key < len(names) else None


def called(held: Under, community: int) -> dict[int, Called]:
    """Every general grid of the draft and of what is in force, by key."""
    areas = {key: area for key in keys(held) if (area := area_of(held.drawn, key)) is not None}
    known = Grid.objects.in_bulk(areas.values())
    names = dict(Area.objects.filter(pk__in=areas.values()).values_list("pk", "name"))
    found = {key: Called(area, names[area], known[area].number) for key, area in areas.items()}
    free = _free(community, _pattern(found.values()))
    for key in drafting.order(held.drawn):
        if key not in found:
            name, number = next(free)
            found[key] = Called(None, name, number)
    return found


def keys(held: Under) -> list[int]:
    """The keys of all general grids, before and after."""
    used = {*held.present.general.tolist(), *held.drawn.general.tolist()}
    return sorted(key for key in used if key >= 0)


def _pattern(known: Iterable[Called]) -> str:
    """How the grids of the community are called: as one of them with its number is."""
    for one in known:
        if one.short in one.name:
            return one.name.replace("{", "").replace("}", "").replace(one.short, "{n}", 1)
    return NAME


def _free(community: int, pattern: str) -> Iterator[tuple[str, str]]:
    """Names and numbers that no grid of the community ever had; a number is never given twice."""
    taken = set(Grid.objects.filter(area__parent_id=community).values_list("number", flat=True))
    code = AreaCode.objects.filter(area_id=community).order_by("-year", "scheme").values_list("code", flat=True).first()
    prefix = next((number[:-DIGITS] for number in sorted(taken)), code or f"{community}-")
    for n in range(1, FIRST_DEDICATED):
        number = f"{prefix}{n:0{DIGITS}d}"
        if number not in taken:
            yield pattern.format(n=n), number
