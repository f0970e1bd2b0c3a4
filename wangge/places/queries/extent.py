"""What a plan will touch, counted from the tree of today: the preview. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localdate

from wangge.access.models import Post
from wangge.core.areas import Deed, Forest, inside
from wangge.places.models import Area, Building, Change, Compound, Grid
from wangge.places.queries.faults import Problem, names_of, problems
from wangge.places.queries.plans import Line, Plan, forest
from wangge.places.words import Level


@dataclass(frozen=True)
class Fate:
    """One line of the preview: what becomes of an area, and how much lies in it."""

    line: Line
    name: str
    level: str
    lies_in: str
    goes_to: str
    grids: int


@dataclass(frozen=True)
class Extent:
    """Everything a plan touches.

    `posts` are those at areas that end, by role; `losing` and `gaining` the areas above, with how many posts there
    will no longer see what moves, or will from then on. `cards` are the cards of grids to print anew: of those that are
    touched and go on, and of those that begin. Each building's poster is printed anew.
    """

    fates: list[Fate]
    areas: frozenset[int]
    communities: int
    grids: int
    cards: int
    compounds: int
    buildings: int
    dwellings: int
    households: int
    posts: list[tuple[str, int]]
    losing: list[tuple[str, int]]
    gaining: list[tuple[str, int]]


@dataclass(frozen=True)
class Preview:
    """What will change and what is wrong."""

    extent: Extent
    problems: list[Problem]

    @property
    def is_blocked(self) -> bool:
        return any(not each.is_warning for each in self.problems)


def preview(plan: Plan, now: datetime, *, but: Change | None = None) -> Preview:
    """The preview of a plan; `but` is its own row when it is kept already."""
    return Preview(extent(plan, now), problems(plan, localdate(now), but=but))


def extent(plan: Plan, now: datetime) -> Extent:
    """Count what the plan touches. A renamed or moved community changes the card of each of its grids."""
    tree = forest()
    touched = inside(tree, (part.area for part in plan.parts if part.area in tree))
    grids = {area for area in touched if area in tree and tree[area].level == Level.GRID}
    held = Building.objects.filter(grid_id__in=grids)
    buildings = held.count()
    return Extent(
        _fates(plan, tree), touched,
        sum(1 for area in touched if area in tree and tree[area].level == Level.COMMUNITY), len(grids),
        _cards(plan, grids),
        Compound.objects.filter(pk__in=held.exclude(compound=None).values("compound")).count(), buildings,
        dwellings_in(grids), Grid.objects.filter(area_id__in=grids).aggregate(n=Sum("households"))["n"] or 0,
        _posts(plan, now), *_sight(plan, tree, now),
    )  # fmt: skip


def _cards(plan: Plan, grids: set[int]) -> int:
    """How many cards of grids say something else from the date on."""
    ended = {part.area for part in plan.parts if part.deed is Deed.END}
    return len(grids - ended) + sum(1 for part in plan.parts if part.deed is Deed.OPEN and part.level == Level.GRID)


def _posts(plan: Plan, now: datetime) -> list[tuple[str, int]]:
    """The posts at areas that end."""
    ended = [part.area for part in plan.parts if part.deed is Deed.END]
    held = _held(now).filter(area_id__in=ended).values_list("role").annotate(n=Count("pk"))
    return list(held.order_by("role").values_list("role", "n"))


def _held(now: datetime) -> QuerySet[Post]:
    return Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now))


def _sight(plan: Plan, tree: Forest, now: datetime) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Which areas above lose sight of what moves or ends, and which gain it."""
    lost: set[int] = set()
    gained: set[int] = set()
    parents = {area: node.parent for area, node in tree.items()}
    parents |= {part.area: part.parent for part in plan.parts if part.deed is Deed.OPEN}
    for part in plan.parts:
        if part.deed in (Deed.MOVE, Deed.END) and part.area in tree:
            before, then = _above(parents, parents[part.area]), _above(parents, part.parent)
            lost, gained = lost | before - then, gained | then - before
    names = dict(Area.objects.filter(pk__in=lost | gained).values_list("pk", "name"))
    posts = dict(_held(now).filter(area_id__in=names).values_list("area_id").annotate(n=Count("pk")))
    told = [sorted((names[area], posts.get(area, 0)) for area in each if area in names) for each in (lost, gained)]
    return told[0], told[1]


def _above(parents: dict[int, int | None], area: int | None) -> set[int]:
    found: set[int] = set()
    while area is not None and area not in found:
        found.add(area)
        area = parents.get(area)
    return found


def _fates(plan: Plan, tree: Forest) -> list[Fate]:
    names = names_of(plan)
    around = {node.parent for area, node in tree.items() if area in plan.areas}
    names |= dict(Area.objects.filter(pk__in={each for each in around if each}).values_list("pk", "name"))
    return [_fate(line, names, tree) for line in plan.lines]


def _fate(line: Line, names: dict[int, str], tree: Forest) -> Fate:
    part = line.part
    node = tree.get(part.area)
    grids = [area for area in inside(tree, [part.area]) if area in tree and tree[area].level == Level.GRID]
    return Fate(
        line, names.get(part.area, "?"), part.level or (node.level if node else ""),
        names.get(node.parent or 0, "") if node and part.deed is not Deed.OPEN else "",
        names.get(part.parent or 0, ""), len(grids),
    )  # fmt: skip


def dwellings_in(areas: Iterable[int]) -> int:
    """How many dwellings lie in grids, doors unseen."""
    with connection.cursor() as cursor:
        cursor.execute("select places_dwellings_in(%s)", [list(areas)])
        return int(cursor.fetchone()[0])
