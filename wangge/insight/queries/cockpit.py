"""All figures of an area at one moment, read once and kept for three seconds for whoever looks at the same area."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection
from django.utils.timezone import localtime

from wangge.core.counts import Counts
from wangge.core.periods import Period, before
from wangge.core.suppression import LEAST, shown
from wangge.insight.queries.arrivals import Arrivals, arrivals
from wangge.insight.queries.days import Kept
from wangge.insight.queries.past import Past, counted, steadily
from wangge.insight.queries.scope import Place, drawn, places
from wangge.insight.queries.staffing import unstaffed
from wangge.insight.queries.waiting import Open, waiting
from wangge.insight.words import Plan
from wangge.places.queries.trees import Tree, tree_of
from wangge.teams.models import Organisation

SECONDS = 3


@dataclass(frozen=True)
class Row:
    """An area right below: what is open in it now, what the period brought, grids in which nobody works."""

    place: Place
    open: Open
    past: Counts
    unstaffed: int


@dataclass(frozen=True)
class Unit:
    """Overdue cases of a handling unit; without an id those that have none."""

    id: int
    name: str
    over: int


@dataclass(frozen=True)
class Board:
    """The figures of an area. Head, rows, map and bars are made of the same numbers."""

    at: datetime
    area: int
    period: Period
    plan: Plan
    open: Open
    states: dict[str, int]
    danger: dict[str, int]
    units: tuple[Unit, ...]
    arrivals: Arrivals
    past: Past
    earlier: Counts
    rows: tuple[Row, ...]
    elsewhere: Counts
    unstaffed: int
    map: dict[int, int]
    off_map: int
    answers_hidden: bool


def board(area: int, period: Period, plan: Plan, now: datetime, roots: frozenset[int] = frozenset()) -> Board:
    """The figures, at most three seconds old, for all whose posts have the same roots.

    Who may see the area has been asked before. A past day of an area that moved away since is seen from above only.
    """
    whose = ",".join(map(str, sorted(roots)))
    days = f"{period.code}.{period.first}.{period.last}"
    key = f"insight.{connection.settings_dict['NAME']}.{area}.{days}.{plan}.{whose}"
    kept: Board | None = cache.get(key)
    if kept is None or not 0 <= (now - kept.at).total_seconds() < SECONDS:
        kept = _board(area, period, plan, now, roots)
        cache.set(key, kept, 10 * SECONDS)
    return kept


def _board(area: int, period: Period, plan: Plan, now: datetime, roots: frozenset[int]) -> Board:
    tree = tree_of(localtime(now).date())
    inside = tree.inside(area)
    open_now = waiting(inside, now)
    brought, earlier, then = _brought(area, period, plan, now, roots)
    empty = list(unstaffed([area], now).values_list("pk", flat=True))
    branches = [*tree.children(area), *brought.below]
    below = _by_branch(tree, area, open_now.areas)
    missing = Counter(tree.branch(grid, area) for grid in empty)
    rows = tuple(
        Row(place, below.get(one, Open()), brought.below.get(one, Counts()), missing[one])
        for one, place in places(branches).items()
    )
    elsewhere = Counts()
    elsewhere.add(brought.total)
    for row in rows:
        elsewhere.add(row.past, -1)
    on_map = _on_map(tree, drawn(area), open_now.areas)
    total = open_now.total
    return Board(
        now, area, period, plan, total, dict(open_now.states), dict(open_now.danger), _units(open_now.over_by_unit),
        arrivals(area, now), brought, earlier, rows, elsewhere,
        len(empty), on_map,
        total.over - sum(on_map.values()), _is_hidden(brought.total.answered, then),
    )  # fmt: skip


def _brought(
    area: int, period: Period, plan: Plan, now: datetime, roots: frozenset[int]
) -> tuple[Past, Counts, int | None]:
    """What the period brought, what the one before did, and by today's plan also how many answers that of then has."""
    earlier = before(period)

    def read(held: Kept) -> tuple[Past, Counts, int | None]:
        then = None
        if plan is not Plan.THEN:
            then = counted(area, period, Plan.THEN, held, now, bare=True, roots=roots).total.answered
        return (
            counted(area, period, plan, held, now, roots=roots),
            counted(area, earlier, plan, held, now, bare=True, roots=roots).total,
            then,
        )

    return steadily(min(earlier.first, period.first), max(earlier.last, period.last), read)


def _by_branch(tree: Tree, area: int, areas: dict[int, Open]) -> dict[int, Open]:
    found: dict[int, Open] = {}
    for one, held in areas.items():
        branch = tree.branch(one, area)
        if branch is not None:
            found.setdefault(branch, Open()).add(held)
    return found


def _on_map(tree: Tree, shapes: list[int], areas: dict[int, Open]) -> dict[int, int]:
    """Overdue cases of each area that is drawn."""
    counts = dict.fromkeys(shapes, 0)
    for one, held in areas.items():
        at = next((above for above in tree.way(one) if above in counts), None)
        if at is not None:
            counts[at] += held.over
    return counts


def _units(over: dict[int | None, int]) -> tuple[Unit, ...]:
    names = dict(Organisation.objects.filter(pk__in=[unit for unit in over if unit]).values_list("pk", "name"))
    units = (Unit(unit or 0, names.get(unit, "") if unit else "", number) for unit, number in over.items())
    return tuple(sorted(units, key=lambda each: (-each.over, each.name)))


def _is_hidden(answered: int, then: int | None) -> bool:
    """Answers are of persons: under five are not told, and by today's plan not what it tells beside that of then."""
    if then is None:
        return 0 < answered < LEAST
    both = min(answered, then)
    cells = {"then": frozenset({"both", "only then"}), "now": frozenset({"both", "only now"})}
    return len(shown(cells, {"both": both, "only then": then - both, "only now": answered - both})) < len(cells)
