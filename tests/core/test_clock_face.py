"""What clocks say, in both languages, at every turn."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.clock_face import Look, day_and_time, duration, face, wording
from wangge.core.deadlines import BadLimit, ClockKind
from wangge.core.labels import Language

ZONE = ZoneInfo("Asia/Shanghai")
HOUR, WORK_DAY = ClockKind.EMERGENCY_HOUR, ClockKind.WORKING_DAY


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


START, DUE = at("2026-11-22 09:00"), at("2026-11-22 13:00")


@pytest.mark.parametrize(
    ("now", "look", "chinese", "english"),
    [
        ("2026-11-22 09:00", Look.IN_TIME, "还剩 4 小时", "4 h left"),
        ("2026-11-22 10:59", Look.IN_TIME, "还剩 2 小时 1 分", "2 h 1 min left"),
        ("2026-11-22 11:00", Look.HALF, "还剩 2 小时", "2 h left"),
        ("2026-11-22 11:48", Look.HALF, "还剩 1 小时 12 分", "1 h 12 min left"),
        ("2026-11-22 12:20", Look.HALF, "还剩 40 分", "40 min left"),
        ("2026-11-22 12:59:01", Look.HALF, "还剩不到 1 分", "less than 1 min left"),
        ("2026-11-22 13:00", Look.HALF, "还剩不到 1 分", "less than 1 min left"),
        ("2026-11-22 13:00:30", Look.OVERDUE, "超时不到 1 分", "overdue by less than 1 min"),
        ("2026-11-22 13:05", Look.OVERDUE, "超时 5 分", "overdue by 5 min"),
        ("2026-11-23 15:30", Look.OVERDUE, "超时 1 天 2 小时", "overdue by 1 day 2 h"),
    ],
)
def test_a_running_clock_tells_what_is_left(now: str, look: Look, chinese: str, english: str) -> None:
    shown = face(at(now), DUE, START)
    assert (shown.kind, wording(shown, HOUR, "zh-Hans"), wording(shown, HOUR, "en")) == (look, chinese, english)


@pytest.mark.parametrize(
    ("done", "look", "chinese", "english"),
    [
        ("2026-11-22 12:10", Look.DONE_IN_TIME, "按时，用了 3 小时 10 分", "in time, took 3 h 10 min"),
        ("2026-11-22 13:00", Look.DONE_IN_TIME, "按时，用了 4 小时", "in time, took 4 h"),
        (
            "2026-11-22 14:30",
            Look.DONE_LATE,
            "超时 1 小时 30 分，用了 5 小时 30 分",
            "overdue by 1 h 30 min, took 5 h 30 min",
        ),
    ],
)
def test_a_clock_that_is_done_tells_how_it_ended(done: str, look: Look, chinese: str, english: str) -> None:
    shown = face(at("2027-01-01 00:00"), DUE, START, paused_until=at("2028-01-01"), done_at=at(done))
    assert (shown.kind, wording(shown, HOUR, "zh-Hans"), wording(shown, HOUR, "en")) == (look, chinese, english)


@pytest.mark.parametrize(
    ("until", "chinese", "english"),
    [
        ("2026-12-03 00:00", "停表：挂账到 12 月 3 日", "paused: suspended until 3 Dec"),
        ("2027-01-03 00:00", "停表：挂账到 2027 年 1 月 3 日", "paused: suspended until 3 Jan 2027"),
    ],
)
def test_a_paused_clock_tells_until_when_even_past_its_end(until: str, chinese: str, english: str) -> None:
    shown = face(at("2026-11-25 09:00"), DUE, START, paused_until=at(until))
    assert (shown.kind, wording(shown, HOUR, "zh-Hans"), wording(shown, HOUR, "en")) == (Look.PAUSED, chinese, english)


def test_a_pause_that_has_ended_is_forgotten() -> None:
    assert face(at("2026-11-22 10:00"), DUE, START, paused_until=at("2026-11-22 10:00")).kind is Look.IN_TIME


@pytest.mark.parametrize(
    ("days", "chinese", "english"),
    [
        (2, "还剩 2 个工作日（到 11 月 24 日 17:00）", "2 working days left (until 24 Nov 17:00)"),
        (1, "还剩 1 个工作日（到 11 月 24 日 17:00）", "1 working day left (until 24 Nov 17:00)"),
        (0, "还剩 2 天 8 小时", "2 days 8 h left"),
        (None, "还剩 2 天 8 小时", "2 days 8 h left"),
    ],
)
def test_a_working_day_clock_counts_working_days(days: int | None, chinese: str, english: str) -> None:
    shown = face(START, at("2026-11-24 17:00"), at("2026-11-20 09:00"), working_days=days)
    assert (wording(shown, WORK_DAY, "zh-Hans"), wording(shown, WORK_DAY, "en")) == (chinese, english)
    assert wording(shown, HOUR, "en") == "2 days 8 h left"


def test_the_amber_instant_may_be_given() -> None:
    assert face(at("2026-11-22 10:00"), DUE, START, half_at=at("2026-11-22 09:30")).kind is Look.HALF
    assert face(at("2026-11-22 12:00"), DUE, START, half_at=at("2026-11-22 12:30")).kind is Look.IN_TIME


def test_the_share_goes_from_nothing_past_one() -> None:
    moments = ("2026-11-22 09:00", "2026-11-22 10:00", "2026-11-22 13:00", "2026-11-22 15:00")
    assert [face(at(now), DUE, START).share for now in moments] == [0, 0.25, 1, 1.5]


def test_instants_without_a_zone_or_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(BadLimit, match="time zone"):
        face(START.replace(tzinfo=None), DUE, START)
    with pytest.raises(BadLimit, match="time zone"):
        face(START, DUE, START, half_at=START.replace(tzinfo=None))
    with pytest.raises(BadLimit, match="due after its start"):
        face(START, START, START)


@pytest.mark.parametrize(
    ("minutes", "chinese", "english"),
    [
        (-5, "0 分", "0 min"),
        (0, "0 分", "0 min"),
        (59.9, "59 分", "59 min"),
        (1439, "23 小时 59 分", "23 h 59 min"),
        (1440, "1 天", "1 day"),
        (2940, "2 天 1 小时", "2 days 1 h"),
    ],
)
def test_durations_round_down(minutes: float, chinese: str, english: str) -> None:
    span = timedelta(minutes=minutes)
    assert (duration(span, "zh-Hans"), duration(span, "en")) == (chinese, english)


def test_the_year_is_named_only_when_it_is_another() -> None:
    moment = at("2027-01-04 17:00")
    assert day_and_time(moment, START, "zh-Hans") == "2027 年 1 月 4 日 17:00"
    assert day_and_time(moment, moment, "en") == "4 Jan 17:00"


@given(st.timedeltas(timedelta(-400), timedelta(400)), st.sampled_from(ClockKind), st.sampled_from(["zh-Hans", "en"]))
def test_every_moment_has_a_sentence(past: timedelta, kind: ClockKind, language: Language) -> None:
    shown = face(START + past, DUE, START)
    assert shown.left == DUE - START - past
    assert "-" not in wording(shown, kind, language)
    assert (shown.kind is Look.OVERDUE) == (shown.left < timedelta(0))
