"""One box for places: coordinates, names and addresses, best first, in groups that can be read on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wangge.core.folding import fold
from wangge.core.spots import Spot, spot_of
from wangge.places.queries import addresses, around
from wangge.places.queries.finding import NAMED, PAGE, START, Asked, Cursor, Hit, Rank, named
from wangge.places.queries.register import Register, register
from wangge.places.words import Kind

LONGEST = 120
ORDER = (Kind.DWELLING, Kind.BUILDING, Kind.COMPOUND, Kind.AREA, Kind.GRID, Kind.FEATURE)


@dataclass(frozen=True)
class Group:
    """Places of one kind, the closest first; `more` is set when others follow."""

    kind: str
    hits: list[Hit]
    more: Cursor | None = None


@dataclass(frozen=True)
class Answer:
    """What was found; `spot` when the text was two coordinates."""

    groups: list[Group]
    spot: Spot | None = None


def look_up(text: str, *, kinds: Sequence[str] = ORDER, after: Cursor = START, most: int = PAGE) -> Answer:
    """Everything of these kinds that the text may mean; whoever asks is told of no home outside the own areas."""
    known = register()
    if spot := spot_of(text[:LONGEST]):
        return Answer(_grouped(_at(spot, known, kinds), most), spot)
    folded = fold(text[:LONGEST])
    if not folded:
        return Answer([])
    return Answer(_grouped(_found(folded, known, kinds, after, most + 1), most))


def _at(spot: Spot, known: Register, kinds: Sequence[str]) -> Iterator[Hit]:
    hits = [*around.areas_at(spot, known), *around.buildings_near(spot)]
    yield from (hit for hit in hits if hit.kind in kinds)


def _found(folded: str, known: Register, kinds: Sequence[str], after: Cursor, most: int) -> Iterator[Hit]:
    address = addresses.cut(folded, known)
    if Kind.DWELLING in kinds:
        yield from addresses.dwellings(address, most=most, after=after)
    if Kind.BUILDING in kinds:
        yield from addresses.buildings(address, most=most, after=after)
    plain = [kind for kind in kinds if kind in NAMED]
    if not plain:
        return
    meant = [] if after != START else [each.name_id for each in address.last if each.folded != folded]
    rank = Rank.IN_ADDRESS if address.is_read else Rank.ALIKE
    asked = Asked(folded, plain, chosen=meant, rank=rank, after=after, most=most)
    hits = named(asked)
    if address.behind_areas:
        within = known.inside(address.areas)
        hits += named(replace(asked, folded=address.behind_areas, within=within, chosen=()))
    if not hits and (alike := [each.name_id for each in known.alike(folded)]):
        hits = named(replace(asked, folded="", chosen=alike, rank=Rank.ALIKE))
    yield from hits


def _grouped(hits: Iterable[Hit], most: int) -> list[Group]:
    """Groups in the order of their best hit; in a group each place once."""
    held: dict[str, dict[int, Hit]] = {}
    for hit in sorted(hits, key=lambda hit: hit.cursor):
        held.setdefault(hit.kind, {}).setdefault(hit.place, hit)
    groups = []
    for kind, by_place in held.items():
        found = list(by_place.values())
        groups.append(Group(kind, found[:most], found[most - 1].cursor if len(found) > most else None))
    return sorted(groups, key=lambda group: (group.hits[0].cursor.rank, ORDER.index(Kind(group.kind))))
