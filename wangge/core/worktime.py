"""Working time between two instants for very many pairs of them: the same answer as `deadlines.worked`, looked up."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wangge.core.deadlines import Calendar

Pauses = Iterable[tuple[datetime, datetime]]
_SECOND = timedelta(seconds=1)


class Worktime:
    """The opening hours of a calendar's years, added up once."""

    def __init__(self, calendar: Calendar) -> None:
        """Lay out every opening of every known year."""
        self.years = calendar.years
        self.zone = calendar.zone
        self.opens: list[datetime] = []
        self.lengths: list[timedelta] = []
        self.worked: list[timedelta] = []
        total = timedelta()
        for year in sorted(calendar.years):
            day = date(year, 1, 1)
            while day.year == year:
                for opens, closes in calendar.windows(day):
                    self.opens.append(opens)
                    self.lengths.append(closes - opens)
                    self.worked.append(total)
                    total += closes - opens
                day += timedelta(days=1)

    def until(self, moment: datetime) -> timedelta:
        """Return the opening time from the beginning of the calendar up to an instant."""
        at = bisect_right(self.opens, moment) - 1
        if at < 0:
            return timedelta()
        return self.worked[at] + min(moment - self.opens[at], self.lengths[at])

    def minutes(self, start: datetime, end: datetime, paused: Pauses = ()) -> int | None:
        """Return the whole working minutes between two instants, pauses left out; None outside the known years.

        Pauses must not overlap.
        """
        years = range(start.astimezone(self.zone).year, end.astimezone(self.zone).year + 1)
        if not self.years.issuperset(years):
            return None
        total = self.until(end) - self.until(start)
        for begin, stop in paused:
            first, last = max(begin, start), min(stop, end)
            if first < last:
                total -= self.until(last) - self.until(first)
        return int(total / _SECOND) // 60
