"""Working time looked up is the working time that the clocks count."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from wangge.core.deadlines import Calendar, ClockKind, worked
from wangge.core.worktime import Worktime

CALENDAR = Calendar(
    frozenset({2026, 2027}), frozenset({date(2027, 1, 1), date(2026, 10, 1)}), frozenset({date(2027, 1, 3)}),
    ZoneInfo("Asia/Shanghai"),
)  # fmt: skip
WORKTIME = Worktime(CALENDAR)
BEGIN = datetime(2026, 12, 20, tzinfo=UTC)
MOMENTS = st.integers(0, 30 * 24 * 3600).map(lambda seconds: BEGIN + timedelta(seconds=seconds))


@given(moments=st.lists(MOMENTS, min_size=4, max_size=4, unique=True))
def test_it_is_what_the_clock_counts_over_a_years_end_with_a_pause(moments: list[datetime]) -> None:
    start, stopped, resumed, end = sorted(moments)
    exact = worked(start, end, ClockKind.WORKING_HOUR, CALENDAR, paused=((stopped, resumed),))
    assert WORKTIME.minutes(start, end, [(stopped, resumed)]) == int(exact * 60)


@given(moments=st.lists(MOMENTS, min_size=2, max_size=2))
def test_a_pause_outside_takes_nothing_off(moments: list[datetime]) -> None:
    start, end = sorted(moments)
    whole = WORKTIME.minutes(start, end)
    assert WORKTIME.minutes(start, end, [(end, end + timedelta(days=3)), (start - timedelta(days=3), start)]) == whole


def test_a_night_and_a_holiday_count_nothing() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    evening, morning = datetime(2026, 12, 31, 17, tzinfo=zone), datetime(2027, 1, 2, 9, tzinfo=zone)
    assert WORKTIME.minutes(evening, morning) == 0
    assert WORKTIME.minutes(evening, datetime(2027, 1, 3, 9, 30, tzinfo=zone)) == 30


def test_outside_the_known_years_nothing_is_said() -> None:
    known, unknown = datetime(2026, 1, 5, 2, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC)
    assert (WORKTIME.minutes(known, unknown), WORKTIME.minutes(known, known)) == (None, 0)
