"""Periods in local days: over a midnight, a year's end, a leap day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.periods import CODES, BadPeriod, Period, before, period_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("code", "today", "first", "last"),
    [
        ("today", "2026-03-01", "2026-03-01", "2026-03-01"),
        ("yesterday", "2024-03-01", "2024-02-29", "2024-02-29"),
        ("yesterday", "2027-01-01", "2026-12-31", "2026-12-31"),
        ("week", "2027-01-01", "2026-12-28", "2027-01-01"),
        ("days30", "2026-03-01", "2026-01-31", "2026-03-01"),
        ("month", "2026-11-22", "2026-11-01", "2026-11-22"),
        ("year", "2026-11-22", "2026-01-01", "2026-11-22"),
        ("nonsense", "2026-11-22", "2026-10-24", "2026-11-22"),
    ],
)
def test_a_period_runs_up_to_today(code: str, today: str, first: str, last: str) -> None:
    found = period_of(code, date.fromisoformat(today))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("code", "today", "first", "last"),
    [
        ("today", "2027-01-02", "2026-12-26", "2026-12-26"),
        ("week", "2027-01-01", "2026-12-21", "2026-12-25"),
        ("month", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("month", "2024-03-30", "2024-02-01", "2024-02-29"),
        ("year", "2024-02-29", "2023-01-01", "2023-02-28"),
        ("days30", "2026-03-01", "2026-01-01", "2026-01-30"),
    ],
)
def test_the_one_before_has_the_same_days_of_its_kind(code: str, today: str, first: str, last: str) -> None:
    found = before(period_of(code, date.fromisoformat(today)))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_a_custom_period_ends_today_at_the_latest_and_what_is_none_is_the_last_thirty_days() -> None:
    today = date(2026, 11, 22)
    assert period_of("custom", today, date(2026, 11, 20), date(2027, 1, 1)).last == today
    for first, last in (
        (date(2026, 11, 20), date(2026, 11, 19)),
        (None, today),
        (date(2026, 12, 1), date(2026, 12, 2)),
    ):
        assert period_of("custom", today, first, last).code == "days30"


def test_a_day_begins_at_its_own_midnight() -> None:
    begin, end = Period("today", date(2026, 12, 31), date(2026, 12, 31)).bounds(SHANGHAI)
    assert begin.astimezone(UTC) == datetime(2026, 12, 30, 16, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 12, 31, 16, tzinfo=UTC)


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(BadPeriod):
        Period("custom", date(2026, 1, 2), date(2026, 1, 1))


@given(today=DAYS, code=st.sampled_from(CODES[:-1]))
def test_every_period_holds_each_of_its_days_once(today: date, code: str) -> None:
    for period in (period_of(code, today), before(period_of(code, today))):
        begin, end = period.bounds(SHANGHAI)
        assert len(period.days) == period.length
        assert (period.days[0], period.days[-1]) == (period.first, period.last)
        assert end - begin == timedelta(days=period.length)
