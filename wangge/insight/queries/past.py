"""What was reported, closed and answered in a period: kept counts, put right by what has changed since."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from django.db import connection
from django.utils.timezone import localtime

from wangge.core.counts import Counts
from wangge.core.periods import Period
from wangge.insight.queries import days as kept_days
from wangge.insight.queries.days import Kept, bounds_of
from wangge.insight.queries.recount import moved, recount
from wangge.insight.words import Plan
from wangge.places.queries.trees import Span, Tree, spans, tree_of

MOST_LIVE = 20  # days not counted yet that a page counts itself; with more, an installation has just been loaded
TURNS = 3
T = TypeVar("T")


@dataclass
class Past:
    """Counts of an area: in all, by the areas right below it, by day; and the days that nobody has counted yet."""

    total: Counts = field(default_factory=Counts)
    below: dict[int, Counts] = field(default_factory=dict)
    daily: dict[date, Counts] = field(default_factory=dict)
    missing: int = 0

    def add_all(self, other: "Past") -> None:
        self.total.add(other.total)
        for below, counts in other.below.items():
            self.below.setdefault(below, Counts()).add(counts)
        for day, counts in other.daily.items():
            self.daily.setdefault(day, Counts()).add(counts)

    def add(self, day: date, below: int | None, counts: Counts, times: int = 1) -> None:
        self.total.add(counts, times)
        self.daily.setdefault(day, Counts()).add(counts, times)
        if below is not None:
            self.below.setdefault(below, Counts()).add(counts, times)


def past(
    area: int, period: Period, plan: Plan, now: datetime, *, bare: bool = False, roots: frozenset[int] | None = None
) -> Past:
    """The counts of a period, read steadily; see `counted`."""

    def read(held: Kept) -> Past:
        return counted(area, period, plan, held, now, bare=bare, roots=roots)

    return steadily(period.first, period.last, read)


def steadily(first: date, last: date, read: Callable[[Kept], T]) -> T:
    """Give what is read from the kept days, read again when the job kept new counts in between.

    So no change is counted twice or not at all.
    """
    held = kept_days.kept(first, last)
    for _turn in range(TURNS):
        found = read(held)
        after = kept_days.kept(first, last)
        if after.ready == held.ready:
            return found
        held = after
    return read(held)


def counted(
    area: int, period: Period, plan: Plan, held: Kept, now: datetime, *, bare: bool = False,
    roots: frozenset[int] | None = None,
) -> Past:  # fmt: skip
    """The counts of a period by the plan of each day, or all of it by today's; `bare` leaves out areas and minutes.

    With the roots of whoever asks, months that are over are remembered for all who have the same ones.
    """
    found = Past()
    for span in _spans(period, plan, now):
        every = [day for day in period.days if span.first <= day <= span.last]
        kept = [day for day in every if day in held.ready]
        live = [day for day in every if day not in held.ready]
        found.missing += max(0, len(live) - MOST_LIVE)
        for month, days in groupby(kept, lambda day: day.replace(day=1)):
            dated = tuple((day, held.ready[day]) for day in days)
            is_over = roots is not None and month < localtime(now).date().replace(day=1)
            count = _remembered if is_over else _kept
            found.add_all(count(_Asked(_database(), roots, area, span.tree, plan is Plan.THEN, bare), dated))
        _add_live(found, area, span, live[-MOST_LIVE:])
        _mend(found, area, span, [(day, one) for day, one in held.changed if span.first <= day <= span.last])
        if plan is Plan.NOW:
            _regroup(found, area, span, every)
    return found


def _spans(period: Period, plan: Plan, now: datetime) -> Iterator[Span]:
    if plan is Plan.NOW:
        yield Span(period.first, period.last, tree_of(localtime(now).date()))
    else:
        yield from spans(period.first, period.last)


@dataclass(frozen=True)
class _Asked:
    """Whose counts, of what: nothing is remembered across databases or for people with other roots."""

    database: str
    roots: frozenset[int] | None
    area: int
    tree: Tree
    whole: bool
    bare: bool


def _kept(asked: _Asked, dated: tuple[tuple[date, int], ...]) -> Past:
    """Then: the areas' own sums of each day. Now: what the areas of today held, grouped anew."""
    found, area, tree, whole = Past(), asked.area, asked.tree, asked.whole
    days = [day for day, _xid in dated]
    every = [area] if whole else tree.inside(area)
    for day, counts in kept_days.sums("day", days, every, whole=whole).items():
        found.add(day, None, counts)
    if asked.bare:
        return found
    parts = tree.children(area) if whole else every
    for one, counts in kept_days.sums("area_id", days, parts, whole=whole).items():
        branch = tree.branch(one, area)
        if branch is not None:
            found.below.setdefault(branch, Counts()).add(counts)
    kept_days.add_minutes(found.total, days, every, whole=whole)
    return found


_remembered = lru_cache(maxsize=120)(_kept)  # of months that are over, until one of their days is counted again


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _add_live(found: Past, area: int, span: Span, days: list[date]) -> None:
    for (day, one), counts in recount(bounds_of(days), span.tree.inside(area)).items():
        found.add(day, span.tree.branch(one, area), counts)


def _regroup(found: Past, area: int, span: Span, days: list[date]) -> None:
    """Plans of grids laid some places into other grids: by today's plan their cases count where they lie now."""
    if any(span.tree.below.get(child) for child in span.tree.children(area)):
        return  # it stays within its community, so that whoever looks from farther above sees no difference
    inside = span.tree.inside(area)
    for sign, counted in zip((-1, 1), moved(bounds_of(days), inside), strict=True):
        for (day, one), counts in counted.items():
            if one in inside:
                found.add(day, span.tree.branch(one, area), counts, sign)


def _mend(found: Past, area: int, span: Span, changed: list[tuple[date, int]]) -> None:
    """What changed in counted days since: what was kept of it goes, what the cases say now comes."""
    inside = span.tree.inside(area)
    pairs = {(day, one) for day, one in changed if one in inside}
    if not pairs:
        return
    days, areas = sorted({day for day, _one in pairs}), {one for _day, one in pairs}
    for sign, counted in ((-1, kept_days.rows_of(days, areas)), (1, recount(bounds_of(days), areas))):
        for (day, one), counts in counted.items():
            if (day, one) in pairs:
                found.add(day, span.tree.branch(one, area), counts, sign)
