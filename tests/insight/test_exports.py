"""Figures that leave: counted days only, each community of the own areas, small counts withheld."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast, Person
from wangge.exchange.exporter import Cell, exporter
from wangge.insight.models import CountedDay, DayCount
from wangge.jobs.system import as_system
from wangge.places.models import Area

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
DAYS = [date(2026, 3, 1) + timedelta(days=number) for number in range(5)]


@pytest.fixture
def counted(cast: Cast) -> tuple[int, int]:
    """Five days of two communities: the fourth is not counted to its end, the fifth is today."""
    with as_system("test"):
        near, far = (Area.objects.get(pk=grid).parent_id for grid in (cast.grid_id, cast.far_grid_id))
        assert near is not None
        assert far is not None
        for number, day in enumerate(DAYS):
            begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
            CountedDay.objects.create(
                day=day, begins_at=begin, ends_at=begin + timedelta(days=1), ready=number != 3, xid=1
            )
            for area, reports in ((near, 12), (far, number)):
                DayCount.objects.create(day=day, area_id=area, whole=True, reports=reports, closed=number)
    return near, far


def rows(person: Person, area: int | None, since: date = DAYS[0], until: date = DAYS[4]) -> list[tuple[Cell, ...]]:
    given = {"area": str(area), "since": since.isoformat(), "until": until.isoformat()}
    with person.acting():
        held = exporter("figures")
        found = list(held.rows(given, NOW, NOW))
        assert held.count(given, NOW) == len(found)
    return found


def test_days_that_are_not_counted_and_today_do_not_leave(cast: Cast, counted: tuple[int, int]) -> None:
    found = rows(cast.dispatcher, counted[0])
    assert [(row[0], row[-2:]) for row in found] == [
        (DAYS[0], (12, 0)), (DAYS[1], (12, "<5")), (DAYS[2], (12, "<5")),
    ]  # fmt: skip
    assert rows(cast.dispatcher, counted[0], DAYS[1], DAYS[1]) == found[1:2]


def test_a_wider_area_holds_each_community_for_itself_and_no_total(cast: Cast, counted: tuple[int, int]) -> None:
    with as_system("test"):
        top = Area.objects.get(parent__isnull=True).pk
        names = {Area.objects.get(pk=area).name for area in counted}
    found = rows(cast.dispatcher, top)
    assert {row[3] for row in found} == names
    assert len(found) == 6
    assert {cell for row in found for cell in row[-2:] if isinstance(cell, int)} == {0, 12}


def test_nobody_takes_out_figures_of_other_areas(cast: Cast, counted: tuple[int, int]) -> None:
    near, far = counted
    assert len(rows(cast.wang, near)) == 3
    assert rows(cast.wang, far) == []
