"""Plans of changes: made from what a person chose, read back from their rows, laid over the tree of today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wangge.core.areas import Deed, Forest, Node, Part, children
from wangge.places.models import Area, Change, ChangePart, Grid
from wangge.places.words import ChangeState, GridKind, PostsGo

NEW = -1  # stands for the one area a plan begins


@dataclass(frozen=True)
class Title:
    """What an area is called from the date on, and its code if it gets a new one."""

    name: str = ""
    official: str = ""
    scheme: str = ""
    code: str = ""


@dataclass(frozen=True)
class Line:
    """What becomes of one area; ids below zero stand for areas that the plan begins."""

    part: Part
    title: Title = Title()


@dataclass(frozen=True)
class Plan:
    """A change as it is drafted: what, from when, by which document."""

    kind: str
    effective_on: date
    basis: str
    lines: tuple[Line, ...]
    note: str = ""
    late: bool = False
    posts: str = PostsGo.END

    @property
    def parts(self) -> list[Part]:
        return [line.part for line in self.lines]

    @property
    def areas(self) -> set[int]:
        """Every present area the plan names."""
        named = {each for part in self.parts for each in (part.area, part.parent)}
        return {each for each in named if each is not None and each > 0}


def forest() -> dict[int, Node]:
    """The tree of today."""
    rows = Area.objects.filter(valid_to__isnull=True).values_list("pk", "level", "parent_id")
    return {pk: Node(level, parent) for pk, level, parent in rows}


def totals() -> dict[int, int]:
    """The total grid of each community that has one: it ends, moves and is named with its community."""
    found = Grid.objects.filter(kind=GridKind.TOTAL, area__valid_to__isnull=True, area__parent__isnull=False)
    rows = found.order_by("-area_id").values_list("area__parent_id", "area_id")
    return {community: grid for community, grid in rows if community is not None}


def rename(area: int, title: Title) -> tuple[Line, ...]:
    """Give an area another name, and its total grid, which is called after it."""
    return (Line(Part(Deed.RENAME, area), title), *_called_after(area, totals().get(area), title.name))


def _called_after(area: int, grid: int | None, name: str) -> Iterator[Line]:
    old = Area.objects.filter(pk=area).values_list("name", flat=True).first()
    called = Area.objects.filter(pk=grid).values_list("name", flat=True).first() if grid else None
    if grid and old and called and old in called:
        yield Line(Part(Deed.RENAME, grid), Title(called.replace(old, name)))


def move(area: int, parent: int, title: Title = Title()) -> tuple[Line, ...]:
    """Lay an area, with everything inside it, into another."""
    return (Line(Part(Deed.MOVE, area, parent), title),)


def merge(tree: Forest, areas: Iterable[int], heir: int, name: str = "") -> tuple[Line, ...]:
    """End areas; what lay in them lies in the heir, which is one of the present areas or the one the plan begins.

    One total grid is left: the heir's own, else that of the first, which then bears the heir's name.
    """
    ended, own = [area for area in areas if area != heir], totals()
    lines: list[Line] = []
    for area in ended:
        for child in children(tree, area):
            if child == own.get(area) and heir in own:
                lines.append(Line(Part(Deed.END, child, own[heir])))
                continue
            lines.append(Line(Part(Deed.MOVE, child, heir)))
            if child == own.get(area):
                own[heir] = child
                lines += _called_after(area, child, name) if name else ()
    return (*lines, *(Line(Part(Deed.END, area, heir)) for area in ended))


def begin(level: str, parent: int, title: Title, inside: Iterable[int] = ()) -> tuple[Line, ...]:
    """Begin an area and lay others into it."""
    return (
        Line(Part(Deed.OPEN, NEW, parent, level), title),
        *(Line(Part(Deed.MOVE, child, NEW)) for child in inside),
    )


def merge_into_new(tree: Forest, areas: list[int], title: Title) -> tuple[Line, ...]:
    """Merge areas into one that begins where the first of them lies."""
    first = tree.get(areas[0]) if areas else None
    if first is None or first.parent is None:
        return ()
    return (*begin(first.level, first.parent, title), *merge(tree, areas, NEW, title.name))


def split(tree: Forest, area: int, leaving: Iterable[int], title: Title) -> tuple[Line, ...]:
    """Begin an area beside this one with some of what lies in it."""
    held = tree.get(area)
    return () if held is None or held.parent is None else begin(held.level, held.parent, title, leaving)


def plan_of(change: Change) -> Plan:
    """The plan as it was drafted."""
    lines = tuple(line_of(part) for part in change.parts.all())
    return Plan(
        change.kind, change.effective_on, change.basis, lines, change.note, late=change.late, posts=change.posts
    )


def line_of(part: ChangePart) -> Line:
    """A line from its row."""
    title = Title(part.name, part.official, part.scheme, part.code)
    area, parent = part.key or part.area_id, part.parent_key or part.parent_id
    assert area is not None
    return Line(Part(Deed(part.deed), area, parent, part.level), title)


def rows_of(plan: Plan, change: Change) -> list[ChangePart]:
    """The rows of a plan, not written yet."""
    return [
        ChangePart(
            change=change, deed=line.part.deed, level=line.part.level, name=line.title.name,
            official=line.title.official, scheme=line.title.scheme, code=line.title.code,
            area_id=line.part.area if line.part.area > 0 else None, key=line.part.area if line.part.area < 0 else None,
            parent_id=_positive(line.part.parent), parent_key=_negative(line.part.parent),
        )
        for line in plan.lines
    ]  # fmt: skip


def _positive(area: int | None) -> int | None:
    return area if area is not None and area > 0 else None


def _negative(area: int | None) -> int | None:
    return area if area is not None and area < 0 else None


def due_changes(day: date) -> list[Change]:
    """Approved changes whose date has come, the earliest first."""
    due = Change.objects.filter(state=ChangeState.APPROVED, effective_on__lte=day)
    return list(due.order_by("effective_on", "approved_at", "pk"))
