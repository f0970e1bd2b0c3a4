"""Write the history of a city into the database: told, walked and kept in chapters, the oldest first."""

import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from threading import Barrier
from typing import Any

from django.db import connections
from django.utils.timezone import get_default_timezone

from wangge.access.bulk import chunks
from wangge.access.context import without_hurry, without_waiting_for_the_disk
from wangge.cases.actions.history import Chapter, keep_history
from wangge.cases.words import VERBS
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import Stage
from wangge.clocks import queries as clocks
from wangge.core.deadlines import Calendar, ClockKind, Limit
from wangge.core.due_table import DueTable
from wangge.core.numbers import DRAWS, case_number
from wangge.jobs.system import PUBLIC, account_of, as_system
from wangge.web.demo.generate import Drawn
from wangge.web.demo.history import DAYS, Times, tell_history
from wangge.web.demo.load import Loaded
from wangge.web.demo.past import Done, Past, Walk
from wangge.web.demo.plan import load_plan
from wangge.web.demo.reports import ANCHOR, DAY
from wangge.web.demo.town import Report

A_CHAPTER = 5_000
KEEPERS = 2  # who write chapters side by side: the database takes longer to keep one than this to tell it
TOLD = frozenset(code for code, verb in VERBS.items() if verb.told)
LONGEST_LIMIT = timedelta(days=400)
Row = tuple[Any, ...]


def write_history(
    found: Drawn, made: Loaded, count: int, *, now: datetime, each: Callable[[int], None] = lambda _: None
) -> None:
    """Keep `count` cases of the two years before this morning; while chapters are kept, the next is told."""
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(KEEPERS, initializer=_settle_down) as keepers:
        try:
            for chapter in _chapters(found, made, count, now):
                if len(waiting) == KEEPERS:
                    waiting.popleft().result()
                waiting.append(keepers.submit(_keep, chapter))
                each(len(chapter.cases["state"]))
            for last in waiting:
                last.result()
        finally:
            list(keepers.map(_leave, [Barrier(KEEPERS)] * KEEPERS))


def _leave(together: Barrier) -> None:
    """Each keeper closes its own connection: none may take the place of another."""
    together.wait()
    connections.close_all()


def _settle_down() -> None:
    without_waiting_for_the_disk()
    without_hurry()


def _keep(chapter: Chapter) -> None:
    with as_system("demo") as system:
        keep_history(chapter, by=system)


def _chapters(found: Drawn, made: Loaded, count: int, now: datetime) -> Iterator[Chapter]:
    zone = get_default_timezone()
    local = now.astimezone(zone)
    today = local.date() if local.hour * 60 + local.minute >= ANCHOR else local.date() - timedelta(days=1)
    with as_system("demo"):
        calendar, versions = clocks.calendar(zone), {held.code: held.version_id for held in catalogue.categories()}
        limits = _limits()
        spans = {code: _minutes(limits(Stage.HANDLE, code, False)[0]) for code in versions}  # noqa: FBT003 - as a key
        scribe = _Scribe(made, versions, Past(limits, _table(calendar, today), _units(found)), calendar.midnight(today))
    areas = load_plan(found.town.plan).of_size(found.town.size)
    told = tell_history(found, areas, Times(today, calendar, spans), count)
    for reports in chunks(told, A_CHAPTER):
        yield scribe.chapter(reports)


def _table(calendar: Calendar, today: date) -> DueTable:
    known = date(max(calendar.years), 12, 31)
    return DueTable(calendar, today - timedelta(days=DAYS + 1), min(known, today + LONGEST_LIMIT))


def _units(found: Drawn) -> dict[str, str]:
    return {one.login: one.organisation for one in found.people.staff if one.role == "handler"}


def _limits() -> Callable[[Stage, str, bool], tuple[Limit, ...]]:
    """The limits of a stage as the actions find them, read once."""
    entries = {held.code: held.entry for held in catalogue.categories()}
    without = {(stage, urgent): catalogue.limit(stage, urgent=urgent) for stage in Stage for urgent in (False, True)}

    @cache
    def limits(stage: Stage, category: str, urgent: bool) -> tuple[Limit, ...]:  # noqa: FBT001 - a key of the memory
        entry = entries.get(category)
        if entry is None:
            return (without[stage, urgent],)
        own = entry.limit(stage)
        return (own,) if entry.urgent or not urgent else (own, without[stage, urgent])

    return limits


def _minutes(limit: Limit) -> int:
    """About how long a limit lasts on the wall clock."""
    per = {ClockKind.WORKING_DAY: 1.4 * DAY, ClockKind.NATURAL_DAY: DAY, ClockKind.WORKING_HOUR: 180.0}
    return int(limit.amount * per.get(limit.kind, 60.0))


class _Scribe:
    """Turns told reports into the columns of a chapter."""

    def __init__(self, made: Loaded, versions: dict[str, int], past: Past, midnight: int) -> None:
        self._made, self._versions, self._past = made, versions, past
        self._anchor = midnight + ANCHOR * 60
        self._public = account_of(PUBLIC)
        self._zone = get_default_timezone()
        self._taken: dict[date, set[int]] = {}

    def chapter(self, reports: Iterable[Report]) -> Chapter:
        cases: list[Row] = []
        steps: list[list[Row]] = []
        for report in reports:
            begun = self._anchor - report.minutes_ago * 60
            walk = self._past.walk(report, begun)
            cases.append(self._case(report, walk))
            steps.append([self._step(step) for step in walk.steps])
        of = [place for place, walked in enumerate(steps) for _ in walked]
        rows = list(chain.from_iterable(steps))
        return Chapter(
            dict(zip(CASE, zip(*cases, strict=True), strict=True)),
            dict(zip(STEP, zip(*rows, strict=True), strict=True)),
            of,
        )

    def _case(self, report: Report, walk: Walk) -> Row:
        made = self._made
        return (
            self._number(walk.reported_at), made.areas[report.grid], made.compounds.get(report.compound or ""),
            made.buildings.get(report.building or ""), report.place[:200], *report.point, report.text, report.source,
            walk.urgent, self._versions.get(walk.category), walk.category, walk.state, walk.reported_at,
            walk.stage_at, walk.due_at, walk.clock, walk.handle_due_at,
            made.organisations.get(walk.lead), walk.dispatched_at, made.accounts.get(walk.handled_by),
            walk.done_at, walk.verification, walk.rating, walk.returns, walk.reworks, walk.reopens,
            made.accounts.get(walk.void_asked_by), secrets.token_bytes(32), secrets.token_bytes(32), True, "zh-hans", 0,
        )  # fmt: skip

    def _step(self, step: Done) -> Row:
        verb, origin, target, at, by, unit, reason, words, until = step
        actor = self._made.accounts[by] if by else self._public
        held = self._made.organisations.get(unit)
        return verb, origin, target, at, actor, held, reason, words, verb in TOLD, until

    def _number(self, at: int) -> str:
        day = datetime.fromtimestamp(at, self._zone).date()
        taken = self._taken.setdefault(day, set())
        draw = secrets.randbelow(DRAWS)
        while draw in taken:
            draw = secrets.randbelow(DRAWS)
        taken.add(draw)
        return case_number(day, draw)


CASE = (
    "number", "area_id", "compound_id", "building_id", "place", "lon", "lat", "text", "source", "urgent", "category_id",
    "category_code", "state", "reported_at", "stage_at", "due_at", "clock", "handle_due_at", "lead_id", "dispatched_at",
    "handled_by_id", "done_at", "verification", "rating", "returns", "reworks", "reopens", "void_asked_by_id",
    "tracking_digest", "code_digest", "anonymous", "language", "changed_xid",
)  # fmt: skip
STEP = ("verb", "origin", "target", "at", "actor_id", "unit_id", "reason", "note", "told", "until")
