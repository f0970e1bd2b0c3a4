"""The open cases on a map: one by one from close by, counted by area from farther off; list and map from one read."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from wangge.access.actor import Actor
from wangge.cases.models import Case
from wangge.cases.queries.desk import OPEN_STATES, Figures, Wanted, is_near, is_over, narrowed
from wangge.cases.queries.faces import Badge, badge, calendar, clock_of, kind_of
from wangge.cases.queries.reach import close_to
from wangge.core.clock_face import Face, Look
from wangge.core.deadlines import ClockKind
from wangge.core.spread import ROUND, offsets, places
from wangge.places.queries.drawing import MOST_ABOVE, Box
from wangge.places.queries.tree import Node, Tree

LISTED = 100  # rows: more of them nobody reads, and each costs
FEW = 40  # so few are shown one by one from any height
SPOTS, GRIDS, COMMUNITIES = 15.0, 13.8, 11.2  # zooms from which cases are shown by themselves, by grid, by community
ON_SITE = ("verifying", "handled", "checking")  # somebody has to go and look
NO_LONGER = Node(0, None, "grid", "", "", None, None)  # areas that ended while a case was open
KINDS = {Look.HALF: "half", Look.OVERDUE: "overdue"}


def level_at(zoom: float) -> str:
    """By which areas a map of this scale counts."""
    return "grid" if zoom >= GRIDS else "community" if zoom >= COMMUNITIES else "town"


@dataclass(frozen=True)
class Spot:
    """A case as the map and the list show it; `n` stands on the symbol and before the row."""

    n: int
    case: Case
    kind: str
    state: Badge
    face: Face
    clock: ClockKind


@dataclass(frozen=True)
class Heap:
    """The open cases of an area as one number in a circle."""

    area: Node
    figures: Figures

    @property
    def kind(self) -> str:
        figures = self.figures
        return "danger" if figures.danger else "overdue" if figures.over else "half" if figures.near else "in_time"


@dataclass(frozen=True)
class Mark:
    """A symbol on the map: where, how far beside its place, what it says; `id` is its row in the list."""

    id: str
    lon: float
    lat: float
    offset: tuple[float, float]
    kind: str
    label: str
    is_heap: bool
    title: str


@dataclass(frozen=True)
class Found:
    """What is drawn and listed, and the figures of all that was asked for, in sight or not."""

    figures: Figures
    heaps: list[Heap]
    spots: list[Spot]
    in_sight: int

    @property
    def listed(self) -> list[Heap]:
        return self.heaps[:LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.heaps) - len(self.listed)

    @property
    def elsewhere(self) -> int:
        return self.figures.total - self.in_sight

    @property
    def left_out(self) -> int:
        return self.in_sight - sum(heap.figures.total for heap in self.heaps) - len(self.spots)


def open_cases(actor: Actor, wanted: Wanted, now: datetime) -> QuerySet[Case]:
    """The open cases the asker's posts cover, narrowed as the list would be."""
    return narrowed(close_to(Case.objects.filter(state__in=OPEN_STATES), actor), wanted, now)


def every_case(actor: Actor, wanted: Wanted, now: datetime) -> QuerySet[Case]:
    """The same, whatever became of them."""
    return narrowed(close_to(Case.objects.all(), actor), wanted, now)


def find(found: QuerySet[Case], tree: Tree, level: str | None, box: Box | None, now: datetime) -> Found:
    """Count by area; where level is None or the cases are few, show those in the box one by one."""
    heaps = heaps_of(found, tree, level or "grid", now)
    figures = added(heap.figures for heap in heaps)
    if level is not None and figures.total > FEW:
        seen = heaps if box is None or level != "grid" else [heap for heap in heaps if _in_sight(heap.area, box)]
        seen = sorted(seen, key=lambda heap: (-heap.figures.danger, -heap.figures.over, -heap.figures.total))
        return Found(figures, seen[:MOST_ABOVE], [], sum(heap.figures.total for heap in seen))
    near = found if box is None or figures.total <= FEW else found.filter(_within(box))
    spots = spots_of(near, now)
    in_sight = len(spots) if len(spots) < LISTED else near.count()
    return Found(figures, [], spots, in_sight)


def heaps_of(found: QuerySet[Case], tree: Tree, level: str, now: datetime) -> list[Heap]:
    """Every case counted once, in the area of the level it lies in, or higher where nobody knows more."""
    counted = found.order_by().values("area_id").annotate(
        total=Count("id"), danger=Count("id", filter=Q(urgent=True)), near=Count("id", filter=is_near(now)),
        over=Count("id", filter=is_over(now)),
    )  # fmt: skip
    groups: dict[Node, list[Figures]] = {}
    for row in counted:
        area = tree.at_level(row.pop("area_id"), level) or NO_LONGER
        groups.setdefault(area, []).append(Figures(**row))
    return [Heap(area, added(figures)) for area, figures in groups.items()]


def added(figures: Iterable[Figures]) -> Figures:
    held = list(figures)
    return Figures(
        sum(one.total for one in held), sum(one.danger for one in held), sum(one.near for one in held),
        sum(one.over for one in held),
    )  # fmt: skip


def _in_sight(area: Node, box: Box) -> bool:
    return area.lon is None or area.lat is None or box.holds(area.lon, area.lat)


def _within(box: Box) -> Q:
    return Q(lon__gte=box.west, lon__lte=box.east, lat__gte=box.south, lat__lte=box.north)


def spots_of(found: QuerySet[Case], now: datetime) -> list[Spot]:
    """Those in danger first, then the soonest due."""
    days = calendar()
    rows = found.order_by("-urgent", "due_at", "pk").defer("text")[:LISTED]
    return [_spot(n, case, clock_of(case, now, days)) for n, case in enumerate(rows, 1)]


def _spot(n: int, case: Case, face: Face) -> Spot:
    kind = KINDS.get(face.kind, "in_time")
    if case.urgent:
        kind = "danger"
    elif kind != "overdue" and case.state in ON_SITE:
        kind = "visit"
    return Spot(n, case, kind, badge(case.state), face, kind_of(case))


def marks_of(found: Found) -> list[Mark]:
    """The symbols, the most pressing last so that they are drawn above the others."""
    marks = [
        Mark(str(heap.area.id), heap.area.lon, heap.area.lat, (0, 0), heap.kind, str(heap.figures.total),
             is_heap=True, title=heap.area.name)
        for heap in found.heaps
        if heap.area.lon is not None and heap.area.lat is not None
    ]  # fmt: skip
    drawn = [spot for spot in found.spots if spot.case.lon is not None and spot.case.lat is not None]
    for positions in places([_place(spot.case) for spot in drawn]).values():
        marks += _beside([drawn[at] for at in positions])
    return marks[::-1]


def _place(case: Case) -> Hashable:
    return case.building_id or (round(case.lon or 0, 4), round(case.lat or 0, 4))


def _beside(spots: list[Spot]) -> list[Mark]:
    """Cases of one place: beside each other while they are few, else one circle that says how many."""
    first = spots[0]
    lon, lat = first.case.lon or 0, first.case.lat or 0
    if len(spots) > ROUND:
        label, title = f"×{len(spots)}", first.case.place
        return [Mark(first.case.number, lon, lat, (0, 0), first.kind, label, is_heap=True, title=title)]
    return [
        Mark(spot.case.number, lon, lat, offset, spot.kind, str(spot.n), is_heap=False, title=spot.case.number)
        for spot, offset in zip(spots, offsets(len(spots)), strict=True)
    ]
