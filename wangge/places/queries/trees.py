"""Which area lay in which on any day: the trees of the past and today's, kept as long as nothing moved."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from django.db import connection

from wangge.places.models import Belonging

DAY = timedelta(days=1)


class Tree:
    """Every area with its parent. One that has ended lies where it last lay, one to come where it will begin."""

    def __init__(self, parents: dict[int, int | None]) -> None:
        self.parents = parents
        self.below: dict[int, list[int]] = {}
        self._ways: dict[int, tuple[int, ...]] = {}
        self._insides: dict[int, frozenset[int]] = {}
        for child, parent in parents.items():
            if parent is not None:
                self.below.setdefault(parent, []).append(child)

    def children(self, area: int) -> tuple[int, ...]:
        return tuple(self.below.get(area, ()))

    def inside(self, area: int) -> frozenset[int]:
        """The area and all that lies in it; found once for each."""
        if area not in self._insides:
            found, turn = {area}, [area]
            while turn:
                turn = [child for one in turn for child in self.below.get(one, ()) if child not in found]
                found.update(turn)
            self._insides[area] = frozenset(found)
        return self._insides[area]

    def way(self, area: int) -> tuple[int, ...]:
        """From the area up to the top; found once for each, since a page of a county asks for thousands."""
        if area not in self._ways:
            way: list[int] = []
            at: int | None = area
            while at is not None and at not in way:
                way.append(at)
                at = self.parents.get(at)
            self._ways[area] = tuple(way)
        return self._ways[area]

    def branch(self, area: int, top: int) -> int | None:
        """The child of `top` in which an area lies; None outside and for `top` itself."""
        way = self.way(area)
        return way[way.index(top) - 1] if top in way and top != area else None


@dataclass(frozen=True)
class Span:
    """Days on which the tree stayed the same."""

    first: date
    last: date
    tree: Tree


class Stamp(NamedTuple):
    """Changes with every move of an area; asked for at most once a second."""

    database: str
    rows: int
    newest: int | None
    ended: int
    last_end: date | None


@dataclass(frozen=True)
class Trees:
    """All trees there were: on which days one followed another, and where each area lay from when on."""

    changes: tuple[date, ...]
    lay: dict[int, list[tuple[date, int | None]]]

    def number(self, day: date) -> int:
        return bisect_right(self.changes, day)


def tree_of(day: date) -> Tree:
    """The tree in force on a day."""
    held = stamp()
    return _tree(held, _trees(held).number(day))


def spans(first: date, last: date) -> Iterator[Span]:
    """The days from first to last, cut where an area moved."""
    held = stamp()
    trees = _trees(held)
    begins = [first, *(day for day in trees.changes if first < day <= last)]
    for begin, after in zip(begins, [*begins[1:], last + DAY], strict=True):
        yield Span(begin, after - DAY, _tree(held, trees.number(begin)))


def stamp() -> Stamp:
    return _stamp(str(connection.settings_dict["NAME"]), int(monotonic()))


@lru_cache(maxsize=1)
def _stamp(database: str, _second: int) -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute("select count(*), max(id), count(valid_to), max(valid_to) from places_belonging")
        rows, newest, ended, last_end = cursor.fetchone()
    return Stamp(database, rows, newest, ended, last_end)


@lru_cache(maxsize=1)
def _trees(_of: Stamp) -> Trees:
    lay: dict[int, list[tuple[date, int | None]]] = {}
    for child, parent, begin in Belonging.objects.order_by("child_id", "valid_from").values_list(
        "child_id", "parent_id", "valid_from"
    ):
        lay.setdefault(child, []).append((begin, parent))
    moves = {begin for places in lay.values() for begin, _parent in places[1:]}
    return Trees(tuple(sorted(moves)), lay)


@lru_cache(maxsize=16)
def _tree(of: Stamp, number: int) -> Tree:
    trees = _trees(of)
    day = trees.changes[number - 1] if number else date.min
    parents = {}
    for child, places in trees.lay.items():
        held = [parent for begin, parent in places if begin <= day]
        parents[child] = held[-1] if held else places[0][1]
    return Tree(parents)


def forget() -> None:
    """Look again at the next question: for whoever has just moved an area."""
    _stamp.cache_clear()
