"""Calendars come from the files into the database, and limits are counted by them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import QueriesOf
from wangge.access.context import actor_now
from wangge.catalogue.commands import calendars
from wangge.catalogue.reading import read
from wangge.clocks import queries
from wangge.clocks.actions import load_calendars
from wangge.clocks.models import Day, Year
from wangge.core.deadlines import ClockKind, Limit, MissingYear, due

pytestmark = pytest.mark.usefixtures("system", "fresh_memory")

NOW = datetime(2030, 3, 1, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
BODIES = calendars(read().bodies)


@pytest.fixture
def fresh_memory() -> None:
    queries.forget()


@pytest.fixture
def loaded(system: None) -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)


@pytest.mark.usefixtures("system", "loaded")
@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-02-04", True),  # Sunday, made up for Spring Festival
        ("2024-02-09", True),  # eve, an ordinary Friday that year
        ("2024-02-10", False),
        ("2024-05-11", True),
        ("2024-09-17", False),
        ("2025-01-27", True),
        ("2025-01-28", False),
        ("2025-02-08", True),
        ("2025-05-02", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-09-20", True),
        ("2026-10-08", True),
        ("2027-02-05", False),
        ("2027-02-09", True),  # provisional: days in lieu are not announced
        ("2027-06-09", False),
        ("2027-06-12", False),  # Saturday
    ],
)
def test_a_day_is_worked_or_not(day: str, working: bool) -> None:  # noqa: FBT001 - a cell of the table
    assert queries.calendar(ZONE).is_working(date.fromisoformat(day)) is working


def test_the_provisional_year_has_the_thirteen_statutory_days_and_no_make_up_days() -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    assert list(Day.objects.filter(year=2027).values_list("kind", flat=True)) == ["holiday"] * 13
    assert queries.provisional_years(date(2026, 11, 22)) == (2027,)
    assert "13" in Year.objects.get(year=2027).source_zh


def test_five_working_days_run_over_national_day_2026() -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    start = datetime(2026, 9, 29, 10, 0, tzinfo=ZONE)
    end = due(start, Limit(5, ClockKind.WORKING_DAY), queries.calendar(ZONE))
    assert end == datetime(2026, 10, 12, 17, 0, tzinfo=ZONE)


def test_a_second_loading_changes_nothing() -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    assert load_calendars(BODIES, by=actor_now(), now=NOW).years == ()


def test_a_corrected_year_replaces_the_old_one_and_is_seen_at_once() -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    assert queries.calendar(ZONE).is_working(date(2027, 2, 9)) is True
    official = {**BODIES[3], "status": "official", "days": [*BODIES[3]["days"], day("2027-02-09", "holiday")]}

    assert load_calendars([official], by=actor_now(), now=NOW + timedelta(days=1)).years == (2027,)

    assert queries.calendar(ZONE).is_working(date(2027, 2, 9)) is False
    assert queries.provisional_years(date(2026, 11, 22)) == ()


def test_a_missing_year_is_loud_and_named_beforehand() -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    assert queries.missing_years(date(2027, 12, 30)) == (2028,)
    with pytest.raises(MissingYear, match="2028"):
        due(datetime(2027, 12, 31, 16, 0, tzinfo=ZONE), Limit(8, ClockKind.WORKING_HOUR), queries.calendar(ZONE))


def test_no_year_is_missing_in_what_we_ship_for_2026() -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    assert queries.missing_years(date(2026, 11, 22)) == ()
    assert queries.missing_years(date(2027, 1, 1)) == (2028,)


def test_the_calendar_is_kept_in_memory(queries_of: QueriesOf) -> None:
    load_calendars(BODIES, by=actor_now(), now=NOW)
    first = queries.calendar(ZONE)
    queries.look_again()
    with queries_of(1):
        assert queries.calendar(ZONE) is first


def day(when: str, kind: str) -> dict[str, Any]:
    return {"date": when, "kind": kind, "label": {"zh-Hans": "调休", "en": "In lieu"}}
