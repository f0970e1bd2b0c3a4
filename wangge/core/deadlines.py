"""Clocks with four kinds of time: when a limit ends, and how much of it has been used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil

Pauses = tuple[tuple[datetime, datetime], ...]
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_END = datetime.max.replace(tzinfo=UTC)
_Span = tuple[datetime, datetime, Fraction]
_LONGEST = {"hour": 24 * 3660, "day": 3660}


class ClockKind(StrEnum):
    """What a clock counts.

    emergency_hour  hours around the clock, seven days a week
    working_hour    hours inside the opening hours of working days
    working_day     working days after the day of the start, which itself is not counted (as in Civil Code Art. 201);
                    part of a working day counts as that part of its opening hours, so a limit of n working days
                    ends at the closing time of the n-th working day after the start, unless the clock was paused
    natural_day     24 hours around the clock; weekends and holidays count and the end is not moved behind them
    """

    EMERGENCY_HOUR = "emergency_hour"
    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"

    @property
    def unit(self) -> str:
        """Return "hour" or "day"."""
        return self.value.rpartition("_")[2]


_OFFICE_KINDS = (ClockKind.WORKING_HOUR, ClockKind.WORKING_DAY)


class BadLimit(ValueError):
    """A limit, a calendar or an interval that cannot mean anything; the message says why."""


class MissingYear(LookupError):
    """The calendar does not know the holidays of a year that a clock has to count."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the calendar has no year {year}: add the holidays and make-up working days of {year} "
            f"(published by the State Council each November) to the calendar before clocks run into it"
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of time of one kind: whole days, or hours down to the second (as a Fraction). Raises BadLimit."""

    amount: int | Fraction
    kind: ClockKind

    def __post_init__(self) -> None:
        unit = self.kind.unit
        if type(self.amount) not in (int, Fraction):  # a float is not exact, a bool no amount
            raise BadLimit(f"the amount of a limit is an int or a Fraction, not {self.amount!r}")
        if not 0 < self.amount <= _LONGEST[unit]:
            raise BadLimit(f"a limit lies between 0 and {_LONGEST[unit]} {unit}s, not {self.amount}")
        if (self.amount * (3600 if unit == "hour" else 1)) % 1:
            raise BadLimit(f"a limit is whole days or whole seconds, not {self.amount} {unit}s")

    @classmethod
    def minutes(cls, amount: int, kind: ClockKind = ClockKind.EMERGENCY_HOUR) -> "Limit":
        """Return a limit of so many minutes; `kind` is one of the two kinds of hour."""
        if kind.unit != "hour":
            raise BadLimit(f"minutes are no part of a {kind.value}")
        return cls(Fraction(amount, 60), kind)


OFFICE_HOURS = ((time(9), time(12)), (time(13), time(17)))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of the years it knows, the opening hours of each, and the zone they are meant in.

    `holidays` are days off, `workdays` make-up working days at weekends (调休上班). Outside `years` nothing is known
    and MissingYear is raised. Raises BadLimit when the parts contradict each other.
    """

    years: frozenset[int]
    holidays: frozenset[date]
    workdays: frozenset[date]
    zone: tzinfo
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS

    def __post_init__(self) -> None:
        if both := self.holidays & self.workdays:
            raise BadLimit(f"both holiday and working day: {min(both)}")
        if strange := {day for day in self.holidays | self.workdays if day.year not in self.years}:
            raise BadLimit(f"{min(strange)} lies outside the years of the calendar")
        moments = [moment for pair in self.hours for moment in pair]
        if not moments or any(moment.tzinfo for moment in moments):
            raise BadLimit("opening hours are pairs of times without a zone")
        if any(a >= b for a, b in pairwise(moments)):
            raise BadLimit("opening hours must follow one another")

    def is_working(self, day: date) -> bool:
        """Say whether `day` is a working day. Raises MissingYear."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def windows(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the opening hours of `day` as instants in UTC, none on a day off. Raises MissingYear."""
        if not self.is_working(day):
            return ()
        return tuple((self._instant(day, opens), self._instant(day, closes)) for opens, closes in self.hours)

    def midnight(self, day: date) -> int:
        """Return the second since 1970 at which `day` begins."""
        return int(self._instant(day, time()).timestamp())

    def _instant(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, self.zone).astimezone(UTC)


def due(start: datetime, limit: Limit, calendar: Calendar, *, paused: Pauses = ()) -> datetime:
    """Return the first instant at which `limit` is used up, in the calendar's zone; see ClockKind for the rules.

    Time inside `paused` (pairs of from, to) does not count. Raises BadLimit for naive or backward times and
    MissingYear when the clock runs into a year the calendar does not know.
    """
    return reached(start, limit, calendar, share=Fraction(1), paused=paused)


def reached(
    start: datetime, limit: Limit, calendar: Calendar, *, share: Fraction = Fraction(1, 2), paused: Pauses = ()
) -> datetime:
    """Return the first instant at which `share` of `limit` is used: 1/2 turns the clock amber, 3/2 tells the leader.

    Rounded up to the microsecond. Raises as `due`.
    """
    if share <= 0:
        raise BadLimit(f"a share is more than nothing, not {share}")
    wanted = limit.amount * share
    for begin, end, worth in _counted(_instant(start), limit.kind, calendar, paused):
        if wanted <= worth:
            length = (end - begin) // _MICROSECOND
            return (begin + ceil(length * wanted / worth) * _MICROSECOND).astimezone(calendar.zone)
        wanted -= worth
    raise AssertionError("the spans of a clock have no end")  # pragma: no cover


def worked(start: datetime, end: datetime, kind: ClockKind, calendar: Calendar, *, paused: Pauses = ()) -> Fraction:
    """Return how much time of `kind` lies between two instants, in hours or days after the kind.

    `worked(start, due(start, limit), ...) == limit.amount`. Raises as `due`.
    """
    begin, until = _instant(start), _instant(end)
    if until < begin:
        raise BadLimit("the end lies before the start")
    total = Fraction(0)
    for opens, closes, worth in _counted(begin, kind, calendar, paused, until=until):
        if opens < until:
            total += worth * _ratio(min(closes, until) - opens, closes - opens)
    return total


def working_days_left(now: datetime, due_at: datetime, calendar: Calendar) -> int:
    """Return the number of working days after the day of `now` up to the day of `due_at`; 0 on the day itself."""
    day, last = (_instant(moment).astimezone(calendar.zone).date() for moment in (now, due_at))
    return sum(calendar.is_working(day + n * _DAY) for n in range(1, (last - day).days + 1))


def _counted(
    start: datetime, kind: ClockKind, calendar: Calendar, paused: Pauses, until: datetime = _END
) -> Iterator[_Span]:
    """Yield (from, to, worth in units of the kind) in order, pauses cut out, as far as the span that holds `until`."""
    pauses = _merged(paused)
    spans = _office(start, until, kind, calendar) if kind in _OFFICE_KINDS else _around_the_clock(start, until, kind)
    for begin, end, worth in spans:
        for opens, closes in _outside(begin, end, pauses):
            yield opens, closes, worth * _ratio(closes - opens, end - begin)


def _around_the_clock(start: datetime, until: datetime, kind: ClockKind) -> Iterator[_Span]:
    worth = Fraction(24 if kind.unit == "hour" else 1)
    while start < until:
        yield start, start + _DAY, worth
        start += _DAY


def _office(start: datetime, until: datetime, kind: ClockKind, calendar: Calendar) -> Iterator[_Span]:
    day = start.astimezone(calendar.zone).date()
    last = until.astimezone(calendar.zone).date() if until < _END else date.max
    if kind is ClockKind.WORKING_DAY:
        day += _DAY
    while day <= last:
        windows = calendar.windows(day)
        length = sum((end - begin for begin, end in windows), timedelta())
        for begin, end in windows:
            if end > start:
                opens = max(begin, start)
                yield opens, end, _ratio(end - opens, length if kind is ClockKind.WORKING_DAY else _HOUR)
        day += _DAY


def _outside(begin: datetime, end: datetime, pauses: Pauses) -> Iterator[tuple[datetime, datetime]]:
    for stopped, resumed in pauses:
        if begin < min(stopped, end):
            yield begin, min(stopped, end)
        begin = max(begin, resumed)
    if begin < end:
        yield begin, end


def _merged(paused: Pauses) -> Pauses:
    merged: list[tuple[datetime, datetime]] = []
    for begin, end in sorted((_instant(a), _instant(b)) for a, b in paused):
        if end < begin:
            raise BadLimit("a pause ends before it begins")
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)


def _ratio(part: timedelta, whole: timedelta) -> Fraction:
    return Fraction(part // _MICROSECOND, whole // _MICROSECOND)


def _instant(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise BadLimit(f"{moment} has no time zone")
    return moment.astimezone(UTC)
