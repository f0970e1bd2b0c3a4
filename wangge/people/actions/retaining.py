"""Runs of retention: asked for or begun at night, done in chunks; each is one transaction and one entry in the book."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic

from django.db.models import Sum
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.retention import digest_of_keys, newest_over
from wangge.jobs.keeping import Over, Summed
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.people.actions.certifying import certify
from wangge.people.models import RetentionCount, RetentionRun
from wangge.people.queries.retention import NIGHTLY, Ruled, held_categories, held_persons, ruled
from wangge.people.rules import may_erase, may_run_retention
from wangge.people.words import RunState

CHUNK = 5_000


@dataclass(frozen=True)
class Step:
    """What one transaction did: so many rows of one category removed or counted, or the end of the run."""

    run: int
    category: str = ""
    rows: int = 0
    is_done: bool = False


@action("retention.ask", needs=may_run_retention)
def ask_run(*, dry: bool, by: Actor, now: datetime) -> RetentionRun:
    """Ask for a run, which the worker takes up within a minute; a dry one only counts. One of each kind at a time."""
    if RetentionRun.objects.filter(is_dry=dry, finished_at__isnull=True).exists():
        raise Refused(_("A run is under way already. Wait until it is done."))
    today = localdate(now)
    run = RetentionRun.objects.create(is_dry=dry, day=today, asked_by_id=by.account_id, asked_at=now)
    note(dry=dry, day=today.isoformat())
    return run


def ask_tonight(*, by: Actor, now: datetime) -> RetentionRun | None:
    """Begin the nightly run, once a day, when its time has come; a machine that slept at night begins when it wakes."""
    here = localtime(now)
    begun = RetentionRun.objects.filter(is_dry=False, day=here.date(), asked_by=by.account_id)
    waits = RetentionRun.objects.filter(is_dry=False, finished_at__isnull=True)
    if here.time() < NIGHTLY or begun.exists() or waits.exists():
        return None
    return ask_run(dry=False, by=by, now=now)


def step(pk: int, *, by: Actor, now: datetime, most: int = CHUNK) -> Step:
    """Do the next chunk of a run in the present transaction, which is the system's."""
    run = RetentionRun.objects.select_for_update().get(pk=pk)
    if run.finished_at is not None:
        return Step(pk, is_done=True)
    stays = held_categories(run.day)
    for each in ruled():
        code = each.rule.code
        if code in run.done or code in stays:
            continue
        if run.is_dry:
            return _count(run, each)
        found = each.category.taken(_newest(run, each), held_persons(run.day), most)
        if found:
            remove(run, each, found, by=by, now=now)
        if len(found) < most:
            run.done = [*run.done, code]
        if found:
            run.state = RunState.AT_WORK
            run.save(update_fields=["state", "done"])
            return Step(pk, code, len(found))
    run.save(update_fields=["done"])
    finish(run, by=by, now=now)
    return Step(pk, is_done=True)


def _newest(run: RetentionRun, each: Ruled) -> date:
    return newest_over(run.day, each.rule.entry.days)


def _count(run: RetentionRun, each: Ruled) -> Step:
    """Count what would go, by area; nothing is held or changed."""
    found = each.category.summed(_newest(run, each), held_persons(run.day))
    _add(run, each, found)
    run.state, run.done = RunState.AT_WORK, [*run.done, each.rule.code]
    run.save(update_fields=["state", "done"])
    return Step(run.pk, each.rule.code, sum(one.rows for one in found))


@action("retention.remove", needs=may_erase)
def remove(run: RetentionRun, each: Ruled, found: Sequence[Over], *, by: Actor, now: datetime) -> RetentionRun:
    """Remove a chunk of one category; the entry holds counts by area and the digest of the keys, no name."""
    along = each.category.remove([one.key for one in found], _newest(run, each))
    by_area = Counter(one.area for one in found)
    oldest: dict[int | None, date] = {}
    for one in found:
        oldest[one.area] = min(one.since, oldest.get(one.area, one.since))
    _add(run, each, [Summed(area, rows, oldest[area]) for area, rows in by_area.items()])
    note(
        category=each.rule.code, rule=each.rule.version_id, rows=len(found),
        areas=[f"{area or 0}:{rows}" for area, rows in sorted(by_area.items(), key=lambda pair: pair[0] or 0)],
        along=[f"{table}:{rows}" for table, rows in sorted(along.items())],
        digest=digest_of_keys(each.category.table, [str(one.key) for one in found]),
    )  # fmt: skip
    return run


def _add(run: RetentionRun, each: Ruled, found: Sequence[Summed]) -> None:
    """Add to the counts of the run."""
    of = {"run": run, "category": each.rule.code, "rule_id": each.rule.version_id}
    held = {one.area_id: one for one in RetentionCount.objects.filter(**of)}
    fresh, changed = [], []
    for area, rows, oldest in found:
        if (one := held.get(area)) is None:
            fresh.append(RetentionCount(**of, area_id=area, rows=rows, oldest=oldest))
        else:
            one.rows, one.oldest = one.rows + rows, min(one.oldest, oldest)
            changed.append(one)
    RetentionCount.objects.bulk_create(fresh, batch_size=1_000)
    RetentionCount.objects.bulk_update(changed, ["rows", "oldest"], batch_size=500)


@action("retention.finish", needs=may_erase)
def finish(run: RetentionRun, *, by: Actor, now: datetime) -> RetentionRun:
    """Nothing more is over on the day of the run."""
    run.state, run.finished_at = RunState.DONE, now
    run.save(update_fields=["state", "finished_at"])
    note(dry=run.is_dry, rows=run.counts.aggregate(all=Sum("rows"))["all"] or 0)
    return run


def carry_on(*, clock: Callable[[], datetime], seconds: float, most: int = CHUNK) -> Iterator[Step]:
    """Carry every run on, chunk by chunk, and certify what is done and sealed, until the time is over."""
    end = monotonic() + seconds
    with as_system("retention"):
        waiting = list(RetentionRun.objects.filter(finished_at__isnull=True).order_by("-is_dry", "pk"))
    for run in waiting:
        while monotonic() < end:
            with as_system("retention") as system:
                done = step(run.pk, by=system, now=clock(), most=most)
            yield done
            if done.is_done:
                break
    with as_system("seal"):
        seals.seal()
    with as_system("retention") as system:
        proven = RetentionRun.objects.filter(is_dry=False, state=RunState.DONE, counts__isnull=False).distinct()
        for run in proven.order_by("pk"):
            certify(run, by=system, now=clock())
