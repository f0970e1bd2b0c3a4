"""What was reported, closed and answered in a period: kept counts, put right by what has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localtime

from wangge.core.counts import Counts
from wangge.core.periods import Period
from wangge.insight.queries import days as kept_days
from wangge.insight.queries.days import Kept, bounds_of
from wangge.insight.queries.recount import recount
from wangge.insight.words import Plan
from wangge.places.queries.trees import Span, spans, tree_of

MOST_LIVE = 20  # days not counted yet that a page counts itself; with more, an installation has just been loaded
TURNS = 3


@dataclass
class Past:
    """Counts of an area: in all, by the areas right below it, by day; and the days that nobody has counted yet."""

    total: Counts = field(default_factory=Counts)
    below: dict[int, Counts] = field(default_factory=dict)
    daily: dict[date, Counts] = field(default_factory=dict)
    missing: int = 0

    def add(self, day: date, below: int | None, counts: Counts, times: int = 1) -> None:
        self.total.add(counts, times)
        self.daily.setdefault(day, Counts()).add(counts, times)
        if below is not None:
            self.below.setdefault(below, Counts()).add(counts, times)


def past(area: int, period: Period, plan: Plan, now: datetime, *, bare: bool = False) -> Past:
    """The counts of a period by the plan of each day, or all of it by today's; `bare` leaves out areas and minutes.

    Read again when the job kept new counts in between, so that no change is counted twice or not at all.
    """
    held = kept_days.kept(period.first, period.last)
    for _turn in range(TURNS):
        found = _past(area, period, plan, held, now, bare=bare)
        after = kept_days.kept(period.first, period.last)
        if after.version == held.version and after.ready == held.ready:
            return found
        held = after
    return _past(area, period, plan, held, now, bare=bare)


def _past(area: int, period: Period, plan: Plan, held: Kept, now: datetime, *, bare: bool) -> Past:
    found = Past()
    for span in _spans(period, plan, now):
        every = [day for day in period.days if span.first <= day <= span.last]
        kept = [day for day in every if day in held.ready]
        live = [day for day in every if day not in held.ready]
        found.missing += max(0, len(live) - MOST_LIVE)
        _add_kept(found, area, span, plan, kept, bare=bare)
        _add_live(found, area, span, live[-MOST_LIVE:])
        _mend(found, area, span, [(day, one) for day, one in held.changed if span.first <= day <= span.last])
    return found


def _spans(period: Period, plan: Plan, now: datetime) -> Iterator[Span]:
    if plan is Plan.NOW:
        yield Span(period.first, period.last, tree_of(localtime(now).date()))
    else:
        yield from spans(period.first, period.last)


def _add_kept(found: Past, area: int, span: Span, plan: Plan, days: list[date], *, bare: bool) -> None:
    """Then: the areas' own sums of each day. Now: what the areas of today held, grouped anew."""
    if not days:
        return
    whole = plan is Plan.THEN
    every = [area] if whole else span.tree.inside(area)
    parts = span.tree.children(area) if whole else every
    for day, counts in kept_days.sums("day", days, every, whole=whole).items():
        found.add(day, None, counts)
    if bare:
        return
    for one, counts in kept_days.sums("area_id", days, parts, whole=whole).items():
        branch = span.tree.branch(one, area)
        if branch is not None:
            found.below.setdefault(branch, Counts()).add(counts)
    kept_days.add_minutes(found.total, days, every, whole=whole)


def _add_live(found: Past, area: int, span: Span, days: list[date]) -> None:
    for (day, one), counts in recount(bounds_of(days), span.tree.inside(area)).items():
        found.add(day, span.tree.branch(one, area), counts)


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
