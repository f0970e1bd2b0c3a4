"""What the grids of a draft are called: those that stay keep name and number, new ones get the next that are free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Q

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
        return str(self.place) if self.place else self.number[-DIGITS:]

    @property
    def place(self) -> int:
        """The number inside the community; 0 where it is none."""
        return int(self.number[-DIGITS:]) if self.number[-DIGITS:].isdecimal() else 0


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
    pattern, by_hand = _pattern(found.values()), {number for _name, number in held.names.values()}
    numbers = Numbers.of(community)
    free = (n for n in numbers.free() if numbers.written(n) not in by_hand)
    for key in drafting.order(held.drawn):
        if key not in found:
            n = next(free)
            found[key] = Called(None, pattern.format(n=n), numbers.written(n))
    for key, (name, number) in held.names.items():
        if key in found:
            found[key] = replace(found[key], name=name or found[key].name, number=number or found[key].number)
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


@dataclass(frozen=True)
class Numbers:
    """The numbers of a community's grids: how they begin, and those that a grid has or ever had."""

    prefix: str
    taken: frozenset[str]

    @classmethod
    def of(cls, community: int) -> "Numbers":
        """Read them. A grid that ended, or was numbered anew, keeps its number for itself."""
        here = Grid.objects.filter(area__parent_id=community).values_list("number", flat=True)
        codes = AreaCode.objects.filter(area_id=community).order_by("-year", "scheme").values_list("code", flat=True)
        prefix = next((number[:-DIGITS] for number in sorted(here)), codes.first() or f"{community}-")
        given = Grid.objects.filter(Q(number__startswith=prefix) | ~Q(former_numbers=[]))
        rows = list(given.values_list("number", "former_numbers"))
        return cls(prefix, frozenset({number for number, _before in rows} | {one for _n, own in rows for one in own}))

    def written(self, n: int) -> str:
        """A number as it stands on cards."""
        return f"{self.prefix}{n:0{DIGITS}d}"

    def free(self, after: int = 0) -> Iterator[int]:
        """Those that no grid ever had, the lowest first."""
        return (n for n in range(after + 1, FIRST_DEDICATED) if self.written(n) not in self.taken)


def numbered_anew(held: Under, community: int) -> dict[int, tuple[str, str]]:
    """Name and number of every grid of the draft, rising from west to east and from north to south.

    A grid in force keeps its number where that rises; else it gets one that no grid ever had, for a number once given
    to a grid is never given to another. A name that bears the number follows it. Empty when the numbers are used up.
    """
    now, numbers, found = called(held, community), Numbers.of(community), dict[int, tuple[str, str]]()
    pattern, last = _pattern(one for one in now.values() if one.area is not None), 0
    for key in drafting.order(held.drawn):
        own = now[key]
        is_kept = own.area is not None and own.place > last
        last = own.place if is_kept else next(numbers.free(last), 0)
        if not last:
            return {}
        given = held.names.get(key, ("", ""))[0]
        bears = own.short in own.name
        name = own.name.replace(own.short, str(last), 1) if bears else given or own.name or pattern.format(n=last)
        found[key] = (name, numbers.written(last) if not is_kept else own.number)
    return found
