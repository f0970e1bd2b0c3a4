"""Seasons of what is reported: months, storms, the days round the Spring Festival, weekends, hours of the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from wangge.core.deadlines import Calendar
from wangge.web.demo.chance import stream
from wangge.web.demo.wording import Matter, matters, pools

STORM_MONTHS = (6, 7, 8, 9)
STORMS_A_YEAR = 9
TYPHOONS_A_YEAR = 2
FESTIVAL = ((1, 20), (2, 28))
DAY_OFF = 0.72
BEGAN_AT, GROWN_TO = 0.6, 1.4  # people come to know that they are answered


@dataclass(frozen=True, slots=True)
class Season:
    """Factors on the weight of some kinds of matter."""

    months: Sequence[float]
    storm: float
    festival: float
    hours: str


@dataclass(frozen=True, slots=True)
class Mood:
    """What kind of day it is."""

    month: int
    storm: bool = False
    festival: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """A day of the history: how much is reported, and of what."""

    date: date
    mood: Mood
    reports: int


def days(first: date, last: date, reports: int, calendar: Calendar, *key: str | int) -> Iterator[Today]:
    """Share the reports out among the days from the first to the last."""
    storms = set(_storms(first, last, *key))
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    moods = [Mood(day.month, day in storms, _is_festival(day, calendar)) for day in every]
    volumes = [
        sum(weights(mood)) * (1.0 if calendar.is_working(day) else DAY_OFF)
        * (BEGAN_AT + (GROWN_TO - BEGAN_AT) * n / len(every))
        for n, (day, mood) in enumerate(zip(every, moods, strict=True))
    ]  # fmt: skip
    total, before = sum(volumes), 0
    for day, mood, reached in zip(every, moods, accumulate(volumes), strict=True):
        upto = round(reports * reached / total)
        yield Today(day, mood, upto - before)
        before = upto


def drawn(today: Today, chance: Random) -> Matter:
    """One matter of this day."""
    return chance.choices(matters(), cum_weights=_sums(today.mood))[0]


def minute(matter: Matter, chance: Random) -> int:
    """The minute of the day at which such a thing is reported."""
    season = _seasons().get(matter.category)
    hours = pools("seasons")["hours"][season.hours if season else "day"]
    return 60 * int(chance.choices(range(24), hours)[0]) + chance.randrange(60)


@cache
def weights(mood: Mood) -> tuple[float, ...]:
    """How often each kind of matter is reported on such a day."""
    return tuple(_weight(matter, mood) for matter in matters())


@cache
def _sums(mood: Mood) -> list[float]:
    return list(accumulate(weights(mood)))


def _weight(matter: Matter, mood: Mood) -> float:
    season = _seasons().get(matter.category)
    if season is None:
        return float(matter.weight)
    factor = season.months[mood.month - 1] * (season.storm if mood.storm else 1.0)
    return (matter.weight or 1) * factor * (season.festival if mood.festival else 1.0)


@cache
def _seasons() -> dict[str, Season]:
    return {
        category: Season(row["months"], row["storm"], row["festival"], row.get("hours", "day"))
        for row in pools("seasons")["season"]
        for category in row["categories"]
    }


def _storms(first: date, last: date, *key: str | int) -> Iterator[date]:
    """Single days of downpour and typhoons of three days, drawn for each year."""
    for year in range(first.year, last.year + 1):
        chance = stream(*key, "storms", year)
        for length, number in ((1, STORMS_A_YEAR), (3, TYPHOONS_A_YEAR)):
            for _ in range(number):
                begin = date(year, chance.choice(STORM_MONTHS), chance.randint(1, 28))
                yield from (begin + timedelta(days=n) for n in range(length))


def _is_festival(day: date, calendar: Calendar) -> bool:
    return day in calendar.holidays and FESTIVAL[0] <= (day.month, day.day) <= FESTIVAL[1]
