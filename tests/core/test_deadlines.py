"""Clocks: examples over the Spring Festival and the year's end, and laws that hold for every limit."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.deadlines import (
    BadLimit,
    Calendar,
    ClockKind,
    Limit,
    MissingYear,
    due,
    reached,
    worked,
    working_days_left,
)

ZONE = ZoneInfo("Asia/Shanghai")
SPRING_FESTIVAL = frozenset(date(2026, 2, day) for day in range(15, 24))
NEW_YEAR = frozenset(date(2026, 1, day) for day in (1, 2, 3))
CALENDAR = Calendar(
    years=frozenset({2025, 2026}),
    holidays=SPRING_FESTIVAL | NEW_YEAR,
    workdays=frozenset({date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)}),
    zone=ZONE,
)
HOUR, WORK_HOUR = ClockKind.EMERGENCY_HOUR, ClockKind.WORKING_HOUR
WORK_DAY, DAY = ClockKind.WORKING_DAY, ClockKind.NATURAL_DAY


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "amount", "kind", "end"),
    [
        ("2026-03-02 09:00", 4, HOUR, "2026-03-02 13:00"),
        ("2026-02-14 16:30", 4, HOUR, "2026-02-14 20:30"),
        ("2025-12-31 23:00", 2, HOUR, "2026-01-01 01:00"),
        ("2026-03-02 09:00", 3, WORK_HOUR, "2026-03-02 12:00"),
        ("2026-03-02 09:00", 4, WORK_HOUR, "2026-03-02 14:00"),
        ("2026-03-02 12:30", 1, WORK_HOUR, "2026-03-02 14:00"),
        ("2026-03-02 03:00", 1, WORK_HOUR, "2026-03-02 10:00"),
        ("2026-03-06 16:00", 2, WORK_HOUR, "2026-03-09 10:00"),
        ("2026-02-14 16:00", 2, WORK_HOUR, "2026-02-24 10:00"),
        ("2026-02-18 10:00", 7, WORK_HOUR, "2026-02-24 17:00"),
        ("2025-12-31 16:00", 2, WORK_HOUR, "2026-01-04 10:00"),
        ("2026-03-02 09:00", 1, WORK_DAY, "2026-03-03 17:00"),
        ("2026-03-02 23:59", 1, WORK_DAY, "2026-03-03 17:00"),
        ("2026-02-13 16:00", 2, WORK_DAY, "2026-02-24 17:00"),
        ("2026-02-27 16:00", 1, WORK_DAY, "2026-02-28 17:00"),
        ("2026-02-17 10:00", 1, WORK_DAY, "2026-02-24 17:00"),
        ("2025-12-30 10:00", 3, WORK_DAY, "2026-01-05 17:00"),
        ("2026-02-13 16:00", 2, DAY, "2026-02-15 16:00"),
        ("2025-12-30 10:00", 3, DAY, "2026-01-02 10:00"),
    ],
)
def test_a_limit_ends_where_the_calendar_says(start: str, amount: int, kind: ClockKind, end: str) -> None:
    assert due(at(start), Limit(amount, kind), CALENDAR) == at(end)


@pytest.mark.parametrize(
    ("start", "amount", "kind", "pauses", "end"),
    [
        ("2026-03-02 09:00", 2, HOUR, [("2026-03-02 10:00", "2026-03-03 10:00")], "2026-03-03 11:00"),
        ("2026-03-02 09:00", 2, HOUR, [("2026-03-02 08:00", "2026-03-02 09:30")], "2026-03-02 11:30"),
        ("2026-03-02 09:00", 2, HOUR, [("2026-03-01 08:00", "2026-03-01 09:30")], "2026-03-02 11:00"),
        ("2026-03-02 09:00", 1, HOUR, [("2026-03-02 10:00", "2026-03-03 10:00")], "2026-03-02 10:00"),
        (
            "2026-03-02 09:00",
            4,
            WORK_HOUR,
            [("2026-03-02 10:30", "2026-03-02 11:00"), ("2026-03-02 10:00", "2026-03-02 10:45")],
            "2026-03-02 15:00",
        ),
        ("2026-03-02 09:00", 2, WORK_DAY, [("2026-03-03 00:00", "2026-03-05 00:00")], "2026-03-06 17:00"),
        # one hour of the third was used before the pause, so the last hour of the day of resumption is not needed
        ("2026-03-02 09:00", 1, WORK_DAY, [("2026-03-03 10:00", "2026-03-04 09:00")], "2026-03-04 16:00"),
    ],
)
def test_paused_time_does_not_count(
    start: str, amount: int, kind: ClockKind, pauses: list[tuple[str, str]], end: str
) -> None:
    paused = tuple((at(a), at(b)) for a, b in pauses)
    assert due(at(start), Limit(amount, kind), CALENDAR, paused=paused) == at(end)


def test_half_and_beyond_of_a_limit_are_instants_too() -> None:
    start = at("2026-03-02 10:00")
    assert reached(start, Limit(2, WORK_DAY), CALENDAR) == at("2026-03-03 17:00")
    assert reached(start, Limit(1, WORK_DAY), CALENDAR) == at("2026-03-03 13:30")
    assert reached(start, Limit(4, HOUR), CALENDAR, share=Fraction(3, 2)) == at("2026-03-02 16:00")
    assert reached(start, Limit(2, WORK_HOUR), CALENDAR, share=Fraction(3, 2)) == at("2026-03-02 14:00")


def test_minutes_are_parts_of_hours() -> None:
    assert Limit.minutes(5) == Limit(Fraction(1, 12), HOUR)
    assert due(at("2026-03-02 09:00"), Limit.minutes(30, WORK_HOUR), CALENDAR) == at("2026-03-02 09:30")
    with pytest.raises(BadLimit, match="minutes are no part of a working_day"):
        Limit.minutes(30, WORK_DAY)


def test_working_days_left_count_from_tomorrow() -> None:
    due_at = at("2026-02-25 17:00")
    assert working_days_left(at("2026-02-13 09:00"), due_at, CALENDAR) == 3
    assert working_days_left(at("2026-02-25 09:00"), due_at, CALENDAR) == 0
    assert working_days_left(at("2026-02-27 09:00"), due_at, CALENDAR) == 0


def test_the_answer_is_in_the_zone_of_the_calendar_whatever_the_zone_of_the_question() -> None:
    start = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    end = due(start, Limit(1, WORK_HOUR), CALENDAR)
    assert (end.isoformat(), end.tzinfo) == ("2026-03-02T10:00:00+08:00", ZONE)


def test_a_clock_that_is_put_forward_costs_no_emergency_time() -> None:
    berlin = Calendar(frozenset({2026}), frozenset(), frozenset(), ZoneInfo("Europe/Berlin"))
    start = datetime(2026, 3, 28, 20, 0, tzinfo=berlin.zone)
    assert due(start, Limit(12, HOUR), berlin).isoformat() == "2026-03-29T09:00:00+02:00"


def test_a_missing_year_is_loud_and_says_what_to_do() -> None:
    with pytest.raises(MissingYear, match="no year 2027: add the holidays and make-up working days of 2027") as missing:
        due(at("2026-12-31 16:30"), Limit(1, WORK_HOUR), CALENDAR)
    assert missing.value.year == 2027
    with pytest.raises(MissingYear):
        worked(at("2026-12-31 16:30"), at("2027-01-01 00:00"), WORK_DAY, CALENDAR)


def test_a_missing_year_is_not_missed_by_clocks_that_do_not_reach_it() -> None:
    eve = at("2026-12-31 16:30")
    assert due(eve, Limit.minutes(30, WORK_HOUR), CALENDAR) == at("2026-12-31 17:00")
    assert worked(eve, at("2026-12-31 23:59"), WORK_HOUR, CALENDAR) == Fraction(1, 2)
    assert due(eve, Limit(2, DAY), CALENDAR) == at("2027-01-02 16:30")


@pytest.mark.parametrize("amount", [0, -1, Fraction(1, 7), Fraction(1, 7200), True, 87_841, 0.5])
def test_a_limit_without_meaning_is_refused(amount: int) -> None:
    with pytest.raises(BadLimit):
        Limit(amount, HOUR)


@pytest.mark.parametrize("amount", [Fraction(1, 2), 3661])
def test_days_are_whole_and_not_too_many(amount: int) -> None:
    with pytest.raises(BadLimit):
        Limit(amount, WORK_DAY)


@pytest.mark.parametrize(
    ("holidays", "workdays", "hours", "message"),
    [
        ({date(2026, 1, 1)}, {date(2026, 1, 1)}, ((time(9), time(17)),), "both holiday and working day: 2026-01-01"),
        ({date(2027, 1, 1)}, set(), ((time(9), time(17)),), "2027-01-01 lies outside"),
        (set(), {date(2027, 1, 2)}, ((time(9), time(17)),), "2027-01-02 lies outside"),
        (set(), set(), (), "pairs of times"),
        (set(), set(), ((time(9, tzinfo=UTC), time(17)),), "pairs of times"),
        (set(), set(), ((time(17), time(9)),), "must follow"),
        (set(), set(), ((time(9), time(13)), (time(12), time(17))), "must follow"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(
    holidays: set[date], workdays: set[date], hours: tuple[tuple[time, time], ...], message: str
) -> None:
    with pytest.raises(BadLimit, match=message):
        Calendar(frozenset({2026}), frozenset(holidays), frozenset(workdays), ZONE, hours)


def test_naive_and_backward_times_are_refused() -> None:
    naive, now = datetime(2026, 3, 2, 9), at("2026-03-02 09:00")  # noqa: DTZ001 - the point of the test
    limit = Limit(1, HOUR)
    with pytest.raises(BadLimit, match="no time zone"):
        due(naive, limit, CALENDAR)
    with pytest.raises(BadLimit, match="no time zone"):
        worked(now, naive, HOUR, CALENDAR)
    with pytest.raises(BadLimit, match="before the start"):
        worked(now, now - timedelta(seconds=1), HOUR, CALENDAR)
    with pytest.raises(BadLimit, match="pause ends before"):
        due(now, limit, CALENDAR, paused=((now, now - timedelta(1)),))
    with pytest.raises(BadLimit, match="more than nothing"):
        reached(now, limit, CALENDAR, share=Fraction(0))


instants = st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1), timezones=st.just(ZONE))  # noqa: DTZ001 - the zone is the next argument
spans = st.timedeltas(timedelta(0), timedelta(days=40))
pauses = st.lists(st.tuples(instants, st.timedeltas(timedelta(0), timedelta(days=5))), max_size=3).map(
    lambda pairs: tuple((a, a + length) for a, length in pairs)
)
limits = st.one_of(
    st.builds(Limit.minutes, st.integers(1, 6000), st.sampled_from([HOUR, WORK_HOUR])),
    st.builds(Limit, st.integers(1, 40), st.sampled_from([WORK_DAY, DAY])),
)


@given(instants, limits, pauses)
def test_what_was_worked_until_the_due_instant_is_the_limit(
    start: datetime, limit: Limit, paused: tuple[tuple[datetime, datetime], ...]
) -> None:
    end = due(start, limit, CALENDAR, paused=paused)
    assert end > start
    assert worked(start, end, limit.kind, CALENDAR, paused=paused) == limit.amount
    assert worked(start, max(start, end - timedelta(seconds=1)), limit.kind, CALENDAR, paused=paused) < limit.amount


@given(instants, spans, limits)
def test_who_starts_later_is_due_no_earlier(start: datetime, later: timedelta, limit: Limit) -> None:
    assert due(start, limit, CALENDAR) <= due(start + later, limit, CALENDAR)


@given(instants, limits, st.integers(1, 20))
def test_a_larger_limit_ends_later(start: datetime, limit: Limit, more: int) -> None:
    assert due(start, limit, CALENDAR) < due(start, Limit(limit.amount + more, limit.kind), CALENDAR)


@given(instants, st.integers(1, 20), st.integers(1, 20), st.sampled_from(ClockKind))
def test_limits_add_up(start: datetime, one: int, other: int, kind: ClockKind) -> None:
    midway = due(start, Limit(one, kind), CALENDAR)
    assert due(midway, Limit(other, kind), CALENDAR) == due(start, Limit(one + other, kind), CALENDAR)


@given(instants, spans, spans, pauses, st.sampled_from([HOUR, WORK_HOUR, DAY]))
def test_time_worked_adds_up(
    start: datetime, one: timedelta, other: timedelta, paused: tuple[tuple[datetime, datetime], ...], kind: ClockKind
) -> None:
    middle, end = start + one, start + one + other
    whole = worked(start, end, kind, CALENDAR, paused=paused)
    parts = worked(start, middle, kind, CALENDAR, paused=paused) + worked(middle, end, kind, CALENDAR, paused=paused)
    assert whole == parts


@given(instants, limits.filter(lambda limit: limit.kind in (WORK_HOUR, WORK_DAY)))
def test_office_clocks_end_inside_the_opening_hours_of_a_working_day(start: datetime, limit: Limit) -> None:
    end = due(start, limit, CALENDAR)
    assert any(opens < end <= closes for opens, closes in CALENDAR.windows(end.date()))
    if limit.kind is WORK_DAY:
        assert end.time() == time(17)


@given(instants, limits, pauses)
def test_a_pause_never_brings_the_end_forward(
    start: datetime, limit: Limit, paused: tuple[tuple[datetime, datetime], ...]
) -> None:
    assert due(start, limit, CALENDAR, paused=paused) >= due(start, limit, CALENDAR)


@given(instants, limits, st.integers(-12, 14))
def test_the_zone_of_the_question_changes_nothing(start: datetime, limit: Limit, offset: int) -> None:
    elsewhere = start.astimezone(timezone(timedelta(hours=offset)))
    assert due(elsewhere, limit, CALENDAR) == due(start, limit, CALENDAR)
