"""Changes of the area tree: what a plan makes of it, and what is wrong with the plan before anything is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

LEVELS = ("city", "county", "town", "community", "grid")
FIRST_OF_MERGED = 601  # merged communities are numbered from here (CJ/T 349-2010)
TOWN_DIGITS, COMMUNITY_DIGITS = 9, 3


class Deed(StrEnum):
    """What becomes of one area. An area keeps its identity when it is renamed or moved."""

    OPEN = "open"
    RENAME = "rename"
    MOVE = "move"
    END = "end"


@dataclass(frozen=True, slots=True)
class Node:
    """An area of a day: its level, and the area it lies in."""

    level: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One deed of a plan. `parent` is where the area lies afterwards; of an ended one, which takes it over (承接)."""

    deed: Deed
    area: int
    parent: int | None = None
    level: str = ""


class Flaw(StrEnum):
    """What can be wrong with a plan."""

    NOTHING = "nothing"
    UNKNOWN = "unknown"
    TWICE = "twice"
    ROOT = "root"
    GRID = "grid"
    SAME = "same"
    LEVEL = "level"
    HEIR = "heir"
    CHILDREN = "children"
    BARE = "bare"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """A flaw and the area it is about; a warning lets the plan go on."""

    flaw: Flaw
    area: int | None = None

    @property
    def is_warning(self) -> bool:
        """A new area without grids is lawful: a grid plan may fill it."""
        return self.flaw is Flaw.EMPTY


Forest = Mapping[int, Node]


def after(forest: Forest, parts: Iterable[Part]) -> dict[int, Node]:
    """Return the forest as the plan makes it. The plan has to be without faults."""
    made = dict(forest)
    for part in parts:
        if part.deed is Deed.OPEN:
            made[part.area] = Node(part.level, part.parent)
        elif part.deed is Deed.MOVE:
            made[part.area] = Node(made[part.area].level, part.parent)
        elif part.deed is Deed.END:
            del made[part.area]
    return made


def children(forest: Forest, area: int) -> list[int]:
    """Return the areas that lie directly in this one."""
    return [each for each, node in forest.items() if node.parent == area]


def inside(forest: Forest, roots: Iterable[int]) -> frozenset[int]:
    """Return the roots with everything below them."""
    found = set(roots)
    below: dict[int | None, list[int]] = {}
    for area, node in forest.items():
        below.setdefault(node.parent, []).append(area)
    waiting = list(found)
    while waiting:
        fresh = [area for area in below.get(waiting.pop(), []) if area not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def closure(forest: Forest) -> frozenset[tuple[int, int]]:
    """Return every pair of an area and one that lies inside it, itself included."""
    return frozenset((root, area) for root in forest for area in inside(forest, [root]))


def faults(forest: Forest, parts: Iterable[Part], *, divides: bool = False) -> list[Fault]:
    """Return what is wrong with the plan; without a blocking fault, `after` gives a forest under the same roots.

    Grids begin only in a plan that `divides` a community.
    """
    plan = list(parts)
    if not plan:
        return [Fault(Flaw.NOTHING)]
    levels = {area: node.level for area, node in forest.items()}
    levels |= {part.area: part.level for part in plan if part.deed is Deed.OPEN}
    found = [*_unknown(forest, plan, levels), *_twice(plan)]
    if found:
        return found
    found = [fault for part in plan for fault in _alone(forest, part, plan, levels)]
    found += [Fault(Flaw.GRID, part.area) for part in plan if not divides and _begins_grid(part)]
    return found or list(_together(forest, plan))


def _unknown(forest: Forest, plan: list[Part], levels: Mapping[int, str]) -> Iterator[Fault]:
    for part in plan:
        begins = part.deed is Deed.OPEN
        if begins == (part.area in forest) or levels.get(part.area) not in LEVELS:
            yield Fault(Flaw.UNKNOWN, part.area)
        elif part.deed is not Deed.RENAME and part.parent not in levels:
            yield Fault(Flaw.HEIR if part.deed is Deed.END else Flaw.UNKNOWN, part.area)


def _twice(plan: list[Part]) -> Iterator[Fault]:
    """An area is named once and laid somewhere once."""
    counted = Counter((part.area, part.deed is Deed.RENAME) for part in plan)
    yield from (Fault(Flaw.TWICE, area) for (area, _), n in counted.items() if n > 1)


def _alone(forest: Forest, part: Part, plan: list[Part], levels: Mapping[int, str]) -> Iterator[Fault]:
    """What is wrong with a deed whatever the others are."""
    if part.deed is Deed.RENAME:
        return
    level = levels[part.area]
    ended = {each.area for each in plan if each.deed is Deed.END}
    if part.area in forest and forest[part.area].parent is None:
        yield Fault(Flaw.ROOT, part.area)
    elif part.parent in ended:
        yield Fault(Flaw.HEIR, part.area)
    elif part.deed is Deed.MOVE and forest[part.area].parent == part.parent:
        yield Fault(Flaw.SAME, part.area)
    elif part.parent is not None and not _fits(level, levels[part.parent], part.deed):
        yield Fault(Flaw.LEVEL, part.area)


def _begins_grid(part: Part) -> bool:
    return part.deed is Deed.OPEN and part.level == LEVELS[-1]


def _fits(level: str, parents: str, deed: Deed) -> bool:
    """An ended area is taken over by one of its level; a living one lies in one above, a grid always in a community."""
    if deed is Deed.END:
        return parents == level
    if level == "grid":
        return parents == "community"
    return LEVELS.index(parents) < LEVELS.index(level)


def _together(forest: Forest, plan: list[Part]) -> Iterator[Fault]:
    """What is wrong with the forest that comes out."""
    made = after(forest, plan)
    before = {node.parent for node in forest.values()}
    now = {node.parent for node in made.values()}
    yield from (Fault(Flaw.CHILDREN, part.area) for part in plan if part.deed is Deed.END and part.area in now)
    yield from (Fault(Flaw.BARE, area) for area in made if area in before and area not in now)
    for part in plan:
        if part.deed is Deed.OPEN and part.area not in now and not _begins_grid(part):
            yield Fault(Flaw.EMPTY, part.area)


def merged_code(town: str, taken: Iterable[str]) -> str:
    """Propose the twelve digits of a community made by merging: its town's nine and the first free number from 601.

    Empty when the town's code is no official one or all numbers are taken.
    """
    if not (town.isascii() and town.isdecimal()) or len(town) < TOWN_DIGITS:
        return ""
    held = set(taken)
    tails = (f"{n:0{COMMUNITY_DIGITS}d}" for n in range(FIRST_OF_MERGED, 10**COMMUNITY_DIGITS))
    return next((town[:TOWN_DIGITS] + tail for tail in tails if town[:TOWN_DIGITS] + tail not in held), "")
