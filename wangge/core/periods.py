"""Periods in local days: today, this week, any two days; the one before; the instants at which they begin and end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
CODES = ("today", "yesterday", "week", "days30", "month", "year", "custom")
LONGEST = 3660


class BadPeriod(ValueError):
    """A period that ends before it begins, or is longer than ten years."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `first` to `last`, both included. Raises BadPeriod."""

    code: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < LONGEST:
            raise BadPeriod(f"from {self.first} to {self.last} is no period")

    @property
    def length(self) -> int:
        """Return the number of days."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day, the first one first."""
        return tuple(self.first + n * DAY for n in range(self.length))

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the instants between which the period lies; the second is no longer in it."""
        return begin_of(self.first, zone), begin_of(self.last + DAY, zone)


def begin_of(day: date, zone: tzinfo) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time(), zone)


def period_of(code: str, today: date, first: date | None = None, last: date | None = None) -> Period:
    """Return the period of a code as seen from `today`; what is not known is the last 30 days.

    Week, month and year run from their first day up to today. A custom period may lie anywhere up to today.
    """
    begins = {
        "today": today, "week": today - today.weekday() * DAY, "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }  # fmt: skip
    if code in begins:
        return Period(code, begins[code], today)
    if code == "yesterday":
        return Period(code, today - DAY, today - DAY)
    if code == "custom" and first and last and first <= last and first <= today:
        return Period(code, max(first, last - (LONGEST - 1) * DAY), min(last, today))
    return Period("days30", today - 29 * DAY, today)


def before(period: Period) -> Period:
    """Return the period to compare with: as many days, and the same days of week, month or year where it has one."""
    match period.code:
        case "today" | "yesterday" | "week":
            back = 7 * DAY
            return Period(period.code, period.first - back, period.last - back)
        case "month":
            end_of_earlier = period.first - DAY
            last = end_of_earlier.replace(day=min(period.last.day, end_of_earlier.day))
            return Period(period.code, end_of_earlier.replace(day=1), last)
        case "year":
            year = period.first.year - 1
            return Period(period.code, date(year, 1, 1), _same_day(period.last, year))
    span = period.length * DAY
    return Period(period.code, period.first - span, period.last - span)


def _same_day(day: date, year: int) -> date:
    """Return the same day of another year; 28 February for a leap day."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
