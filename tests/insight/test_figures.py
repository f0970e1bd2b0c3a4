"""Each figure equals the slow count: by level, by plan, over a midnight and a year's end, kept or live."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import psycopg
import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from tests.insight import slow
from tests.insight.made import invented, move_area, moved_at_random
from tests.places.changing import township
from wangge.cases.models import Case
from wangge.core.counts import median
from wangge.core.periods import Period, period_of
from wangge.insight.actions import keep_days
from wangge.insight.models import CountedDay, DayCount, Mark
from wangge.insight.queries.arrivals import arrivals
from wangge.insight.queries.past import Past, past
from wangge.insight.queries.staffing import unstaffed
from wangge.insight.queries.waiting import waiting
from wangge.insight.tasks import keep
from wangge.insight.words import Plan
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.models import Area
from wangge.places.queries.trees import tree_of
from wangge.web.postgres.cluster import Cluster

NOW = datetime(2027, 1, 2, 3, 20, tzinfo=UTC)  # 11:20 in Shanghai, a Saturday
SINCE = datetime(2026, 10, 20, tzinfo=UTC)
OVER_THE_YEARS_END = Period("custom", date(2026, 12, 30), date(2027, 1, 1))
PERIODS = (
    period_of("today", NOW.date()), period_of("yesterday", NOW.date()), OVER_THE_YEARS_END,
    period_of("days30", NOW.date()), Period("custom", date(2026, 10, 1), date(2026, 12, 31)),
)  # fmt: skip
ROOTS = frozenset({1})  # of whoever asks: with them, months that are over are remembered
NUMBERS = ("reports", "voided", "duplicates", "closed", "asked", "answered", "solved")


def every_level() -> list[int]:
    """One area of each level there is, the largest of its level."""
    tree = tree_of(NOW.date())
    found = []
    for level in ("city", "county", "town", "community", "grid"):
        areas = Area.objects.filter(level=level).values_list("pk", flat=True)
        found += sorted(areas, key=lambda one: (-len(tree.inside(one)), one))[:2]
    return found


def told(found: Past) -> dict[str, object]:
    counts = {name: getattr(found.total, name) for name in NUMBERS}
    return counts | {"dispatch": median(found.total.dispatch), "close": median(found.total.close)}


def check(areas: list[int], periods: tuple[Period, ...] = PERIODS) -> int:
    """Compare all figures of all these areas; returns how many cases were counted."""
    ground, number = slow.Ground.read(), 0
    for area in areas:
        for period in periods:
            for plan, by in ((Plan.THEN, None), (Plan.NOW, localtime(NOW).date())):
                found = past(area, period, plan, NOW)
                expected = slow.of_period(ground, area, period.first, period.last, by)
                assert told(found) == expected, (area, period, plan)
                assert past(area, period, plan, NOW, roots=ROOTS) == found, "what is remembered is what is counted"
                number += expected["reports"]
                for name in NUMBERS:
                    daily = sum(getattr(counts, name) for counts in found.daily.values())
                    assert daily == expected[name], (area, period, plan, name)
                for below, counts in found.below.items():
                    part = slow.of_period(ground, below, period.first, period.last, by)
                    if plan is Plan.NOW:
                        assert {name: getattr(counts, name) for name in NUMBERS} == {n: part[n] for n in NUMBERS}
    return number


def keep_all(times: int = 8) -> None:
    for _ in range(times):
        with as_system("figures") as system:
            keep_days(by=system, now=NOW)


@pytest.mark.usefixtures("db")
def test_counts_of_periods_are_those_of_the_slow_count_live_and_kept() -> None:
    chance = Random(7)
    with as_system("test"):
        cases = invented(chance, 260, SINCE, NOW)
        areas = every_level()
        assert check(areas, PERIODS[:3]) > 20
    keep_all()
    with as_system("test"):
        assert (CountedDay.objects.filter(ready=True).count(), Mark.objects.count()) == (75, 0)
        assert check(areas) > 500
        moved_at_random(chance, cases, NOW, 60)
        assert Mark.objects.exists()
        assert check(areas) > 400
    keep_all()
    with as_system("test"):
        assert not Mark.objects.exists()
        assert check(areas) > 400
        before = list(DayCount.objects.order_by("area_id", "whole", "day").values())
    keep_all(1)
    with as_system("test"):
        assert list(DayCount.objects.order_by("area_id", "whole", "day").values()) == before


@pytest.mark.usefixtures("db")
def test_what_is_open_today_and_unstaffed_is_that_of_the_slow_count() -> None:
    with as_system("test"):
        invented(Random(8), 220, SINCE, NOW)
        ground, now = slow.Ground.read(), NOW
        tree = tree_of(localtime(now).date())
        found_open = 0
        for area in every_level():
            inside, expected = tree.inside(area), slow.of_now(ground, area, now)
            held = waiting(inside, now)
            by_unit = {unit or 0: number for unit, number in held.over_by_unit.items()}
            colours = {name: getattr(held.total, name) for name in ("over", "near", "calm", "paused", "danger")}
            assert colours | {"units": by_unit} == expected
            assert sum(held.states.values()) == held.total.total
            came = arrivals(area, now)
            assert (came.today, came.usual) == slow.of_weekdays(ground, area, now)
            assert set(unstaffed([area], now).values_list("pk", flat=True)) == slow.unstaffed(ground, area, now)
            found_open += held.total.total
        assert found_open > 100


def test_a_community_that_moved_counts_where_it_lay_then_or_where_it_lies_today(db: str, cluster: Cluster) -> None:
    day = date(2026, 12, 15)
    held = township("河湾乡")
    with as_system("test"):
        invented(Random(9), 220, SINCE, NOW)
        town = Area.objects.get(pk=held)
        moving = Area.objects.filter(level="community").exclude(parent=town).order_by("pk")[0]
        from_, grids = moving.parent_id, len(tree_of(NOW.date()).inside(moving.pk)) - 1
    keep_all()
    move_area(cluster, db, moving.pk, town.pk, day)
    assert grids > 0
    period = Period("custom", date(2026, 12, 1), date(2026, 12, 31))
    for _turn in ("counted again by the page", "counted again by the job"):
        with as_system("test"):
            areas = [town.pk, moving.pk, int(from_ or 0)]
            assert check(areas, (period,)) > 40
            then, now = past(town.pk, period, Plan.THEN, NOW), past(town.pk, period, Plan.NOW, NOW)
            assert 0 < then.below[moving.pk].reports < now.below[moving.pk].reports
            assert sum(counts.reports for counts in then.below.values()) == then.total.reports
        keep_all()


@pytest.mark.usefixtures("db")
def test_a_change_that_commits_while_the_job_counts_is_not_lost(cluster: Cluster, db: str) -> None:
    """A move begun before a day is opened holds the day back; one begun after it leaves a note of its own."""
    with as_system("test"):
        case = invented(Random(3), 1, SINCE, SINCE + timedelta(days=1))[0]
        Case.objects.filter(pk=case.pk).update(state="reported", done_at=None)
    with psycopg.connect(cluster.dsn("wg_super", db)) as late:
        late.execute("update public.cases_case set state = 'voided', done_at = %s where id = %s", [NOW, case.pk])
        keep_all()
        with as_system("test"):
            assert not CountedDay.objects.filter(ready=True).exists()
        late.commit()
    keep_all()
    with as_system("test"):
        counted = DayCount.objects.get(whole=False, area_id=case.area_id, day=localtime(case.reported_at).date())
        assert (counted.reports, counted.voided) == (0, 1)


@pytest.mark.usefixtures("db")
def test_the_job_counts_until_nothing_waits_and_then_writes_nothing() -> None:
    now = timezone.now()
    with as_system("test"):
        invented(Random(4), 30, now - timedelta(days=50), now)
    keep(timestamp=0)
    with as_system("test"):
        assert CountedDay.objects.filter(ready=True).count() >= 45
        entries = Entry.objects.filter(verb="insight.keep_days").count()
    keep(timestamp=0)
    with as_system("test"):
        assert Entry.objects.filter(verb="insight.keep_days").count() == entries
