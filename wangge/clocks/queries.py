"""Reads of the calendars: the calendar the clocks count by, and what is missing in it."""

from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Max

from wangge.clocks.models import Day, Year
from wangge.core.deadlines import OFFICE_HOURS, Calendar

Hours = tuple[tuple[time, time], ...]


class Stamp(NamedTuple):
    """Changes with every loading that changed something: one read of a few rows a second."""

    database: str
    years: int
    loaded_at: datetime | None


def stamp() -> Stamp:
    return _stamp(str(connection.settings_dict["NAME"]), int(monotonic()))


@lru_cache(maxsize=1)
def _stamp(database: str, _second: int) -> Stamp:
    found = Year.objects.aggregate(years=Count("year"), loaded_at=Max("loaded_at"))
    return Stamp(database, found["years"], found["loaded_at"])


def calendar(zone: tzinfo, hours: Hours = OFFICE_HOURS) -> Calendar:
    """Return the calendar of all known years, in the zone and with the opening hours of the city."""
    return _calendar(stamp(), zone, hours)


def missing_years(today: date) -> tuple[int, ...]:
    """Return this year and the next, as far as the calendars do not know them: what `wangge doctor` complains of."""
    wanted = (today.year, today.year + 1)
    known = set(Year.objects.filter(year__in=wanted).values_list("year", flat=True))
    return tuple(year for year in wanted if year not in known)


def provisional_years(today: date) -> tuple[int, ...]:
    """Return this year and later ones whose days in lieu are not announced yet."""
    years = Year.objects.filter(year__gte=today.year, status="provisional").order_by("year")
    return tuple(years.values_list("year", flat=True))


@lru_cache(maxsize=8)
def _calendar(_: Stamp, zone: tzinfo, hours: Hours) -> Calendar:
    days = list(Day.objects.values_list("date", "kind"))
    return Calendar(
        years=frozenset(Year.objects.values_list("year", flat=True)),
        holidays=frozenset(day for day, kind in days if kind == "holiday"),
        workdays=frozenset(day for day, kind in days if kind == "workday"),
        zone=zone,
        hours=hours,
    )


def forget() -> None:
    """Drop what is kept in memory: for a process that turns to another database under the same name."""
    look_again()
    _calendar.cache_clear()


def look_again() -> None:
    """Ask the database for the newest calendars at the next read: for the one that has just written them."""
    _stamp.cache_clear()
