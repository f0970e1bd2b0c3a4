"""Each figure equals the slow count: by level, by plan, over a midnight and a year's end, kept or live."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import pytest
from django.utils.timezone import localtime

from tests.insight import slow
from tests.insight.made import invented, moved_at_random
from wangge.core.counts import median
from wangge.core.periods import Period, period_of
from wangge.insight.actions import keep_days
from wangge.insight.models import CountedDay, DayCount, Mark
from wangge.insight.queries.past import Past, past
from wangge.insight.words import Plan
from wangge.jobs.system import as_system
from wangge.places.models import Area
from wangge.places.queries.trees import tree_of

NOW = datetime(2027, 1, 2, 3, 20, tzinfo=UTC)  # 11:20 in Shanghai, a Saturday
SINCE = datetime(2026, 10, 20, tzinfo=UTC)
OVER_THE_YEARS_END = Period("custom", date(2026, 12, 30), date(2027, 1, 1))
PERIODS = (
    period_of("today", NOW.date()), period_of("yesterday", NOW.date()), OVER_THE_YEARS_END,
    period_of("days30", NOW.date()), Period("custom", date(2026, 10, 1), date(2026, 12, 31)),
)  # fmt: skip
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
                number += expected["reports"]
                for name in NUMBERS:
                    daily = sum(getattr(counts, name) for counts in found.daily.values())
                    assert daily == expected[name], (area, period, plan, name)
                for below, counts in found.below.items():
                    part = slow.of_period(ground, below, period.first, period.last, by)
                    if plan is Plan.NOW and below != area:
                        assert {name: getattr(counts, name) for name in NUMBERS} == {n: part[n] for n in NUMBERS}
    return number


def keep_all(times: int = 3) -> None:
    for _ in range(times):
        with as_system("figures") as system:
            keep_days(by=system, now=NOW)


@pytest.fixture
def zone_free(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: None


@pytest.mark.usefixtures("db")
def test_counts_of_periods_are_those_of_the_slow_count_live_and_kept() -> None:
    chance = Random(7)
    with as_system("test"):
        cases = invented(chance, 260, SINCE, NOW)
        areas = every_level()
        assert check(areas, PERIODS[:3]) > 20
    keep_all()
    with as_system("test"):
        assert (CountedDay.objects.filter(ready=True).count(), Mark.objects.count()) == (74, 0)
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
