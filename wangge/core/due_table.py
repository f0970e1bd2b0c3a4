"""Ends of very many limits: the answers of `deadlines.due`, read from a table of the calendar's opening hours."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from wangge.core.deadlines import BadLimit, Calendar, ClockKind, Limit, MissingYear

HOUR, DAY = 3600, 86_400


class DueTable:
    """The opening hours from one day to another, in seconds since 1970; moments are whole seconds."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        """Read every day from `first` to `last`. Raises MissingYear."""
        self._last = last
        self._midnights: list[int] = []
        self._opens: list[int] = []
        self._ends: list[int] = []
        self._worked: list[int] = []  # seconds of work up to the end of each opening
        self._working_days: list[int] = []  # as positions among the midnights
        self._closings: list[int] = []
        for position in range((last - first).days + 1):
            self._add(calendar, position, first + timedelta(days=position))

    def _add(self, calendar: Calendar, position: int, day: date) -> None:
        windows = [(int(a.timestamp()), int(b.timestamp())) for a, b in calendar.windows(day)]
        self._midnights.append(calendar.midnight(day))
        for opens, ends in windows:
            self._opens.append(opens)
            self._ends.append(ends)
            self._worked.append((self._worked[-1] if self._worked else 0) + ends - opens)
        if windows:
            self._working_days.append(position)
            self._closings.append(windows[-1][1])

    def due(self, start: int, limit: Limit) -> int:
        """Return the second at which the limit is used up. Raises MissingYear beyond the last day of the table."""
        amount, kind = limit.amount, limit.kind
        if kind is ClockKind.NATURAL_DAY:
            return start + int(amount * DAY)
        if kind is ClockKind.EMERGENCY_HOUR:
            return start + int(amount * HOUR)
        try:
            if kind is ClockKind.WORKING_HOUR:
                return self._after_hours(start, int(amount * HOUR))
            return self._after_days(start, int(amount))
        except IndexError:
            raise MissingYear(self._last.year + 1) from None

    def _after_hours(self, start: int, wanted: int) -> int:
        begins = bisect_right(self._ends, start)
        done = self._worked[begins] - (self._ends[begins] - max(start, self._opens[begins]))
        reached = bisect_left(self._worked, done + wanted)
        return self._ends[reached] - (self._worked[reached] - done - wanted)

    def _after_days(self, start: int, wanted: int) -> int:
        today = bisect_right(self._midnights, start) - 1
        if today < 0:
            raise BadLimit("the start lies before the table")
        return self._closings[bisect_right(self._working_days, today) + wanted - 1]
