"""The table gives the same ends as the clocks themselves, wherever the limit begins."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.deadlines import BadLimit, Calendar, ClockKind, Limit, MissingYear, due
from wangge.core.due_table import DueTable

CALENDAR = Calendar(
    years=frozenset({2025, 2026}),
    holidays=frozenset(date(2026, 2, day) for day in range(15, 24)) | {date(2026, 1, 1)},
    workdays=frozenset({date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)}),
    zone=ZoneInfo("Asia/Shanghai"),
)
TABLE = DueTable(CALENDAR, date(2025, 12, 1), date(2026, 4, 30))
BEGIN, END = (int(datetime(*day, tzinfo=UTC).timestamp()) for day in ((2025, 12, 2), (2026, 3, 25)))


@given(st.integers(BEGIN, END), st.sampled_from(ClockKind), st.integers(1, 9))
def test_the_table_agrees_with_the_clock(start: int, kind: ClockKind, amount: int) -> None:
    limit = Limit(amount, kind)
    assert TABLE.due(start, limit) == due(datetime.fromtimestamp(start, UTC), limit, CALENDAR).timestamp()


@given(st.integers(BEGIN, END), st.integers(1, 3000))
def test_the_table_counts_minutes_too(start: int, minutes: int) -> None:
    limit = Limit.minutes(minutes, ClockKind.WORKING_HOUR)
    assert TABLE.due(start, limit) == due(datetime.fromtimestamp(start, UTC), limit, CALENDAR).timestamp()


def test_beyond_its_last_day_it_knows_nothing() -> None:
    late = int(datetime(2026, 4, 29, tzinfo=UTC).timestamp())
    for kind in (ClockKind.WORKING_DAY, ClockKind.WORKING_HOUR):
        with pytest.raises(MissingYear):
            TABLE.due(late, Limit(30, kind))


def test_before_its_first_day_it_counts_no_days() -> None:
    with pytest.raises(BadLimit):
        TABLE.due(0, Limit(1, ClockKind.WORKING_DAY))
