"""The tree of areas in force, small enough to be kept: who lies in whom, and where a name or a number stands."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.db import connection

from wangge.places.words import Level

RANKS = {level: rank for rank, level in enumerate(Level.values)}
SECONDS = 60
ROWS = """
select a.id, a.parent_id, a.level, a.name, a.sort_key, (center(a.box))[0], (center(a.box))[1],
       case when a.level = 'grid' and not starts_with(a.name, p.name) then p.name else '' end
  from places_area a left join places_area p on p.id = a.parent_id
 where a.valid_to is null order by a.sort_key, a.id
"""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An area as a map knows it; without a point where neither it nor anything in it is drawn. One object an area."""

    id: int
    parent_id: int | None
    level: str
    name: str
    sort_key: str
    lon: float | None
    lat: float | None
    where: str = ""  # what a grid lies in, where its name does not say it

    @property
    def full(self) -> str:
        return f"{self.where} {self.name}" if self.where else self.name

    @property
    def rank(self) -> int:
        return RANKS[self.level]


@dataclass(frozen=True)
class Tree:
    """All areas in force by id, in the order of their names."""

    nodes: dict[int, Node]

    @cached_property
    def children(self) -> dict[int | None, list[Node]]:
        found: dict[int | None, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.parent_id, []).append(node)
        return found

    def path(self, area_id: int) -> list[Node]:
        """From the top down to the area itself; empty for one that is no longer in force."""
        path: list[Node] = []
        at: int | None = area_id
        while at is not None and at in self.nodes:
            path.append(self.nodes[at])
            at = self.nodes[at].parent_id
        return path[::-1]

    def at_level(self, area_id: int, level: str) -> Node | None:
        """What stands for the area on a map of that level; where a tree leaves the level out, what comes below it."""
        found, rank = self.nodes.get(area_id), RANKS[level]
        above = self.nodes.get(found.parent_id or 0) if found else None
        while above is not None and above.rank >= rank:
            found, above = above, self.nodes.get(above.parent_id or 0)
        return found

    def inside(self, area_id: int) -> Iterator[Node]:
        """The area and all below it."""
        waiting = [self.nodes[area_id]] if area_id in self.nodes else []
        while waiting:
            node = waiting.pop()
            yield node
            waiting += self.children.get(node.id, ())

    def below(self, area_id: int) -> str:
        """The level of what lies directly in the area; the grids have nothing below them."""
        levels = [node.level for node in self.children.get(area_id, ())]
        return min(levels, key=lambda level: RANKS[level], default=str(Level.GRID))


def tree() -> Tree:
    """The tree as it is; a change is known within a minute."""
    return _kept(str(connection.settings_dict["NAME"]), int(time.monotonic() // SECONDS))


@lru_cache(maxsize=2)
def _kept(_database: str, _minute: int) -> Tree:
    """Everybody may read the register, so one tree serves all who ask this process."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return Tree(_placed({row[0]: Node(*row) for row in cursor.fetchall()}))


def _placed(nodes: dict[int, Node]) -> dict[int, Node]:
    """Areas nobody drew stand in the middle of what lies in them."""
    spots: dict[int, list[tuple[float, float]]] = {}
    for node in sorted(nodes.values(), key=lambda each: -each.rank):
        lon, lat = node.lon, node.lat
        if (lon is None or lat is None) and (held := spots.get(node.id)):
            lon, lat = (sum(axis) / len(held) for axis in zip(*held, strict=True))
            nodes[node.id] = replace(node, lon=lon, lat=lat)
        if lon is not None and lat is not None and node.parent_id is not None:
            spots.setdefault(node.parent_id, []).append((lon, lat))
    return nodes
