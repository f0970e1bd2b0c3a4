"""The history of a city: two years of reports with their seasons, nights, holidays and hot spots, the oldest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from wangge.core.deadlines import Calendar
from wangge.web.demo.chance import stream, swift
from wangge.web.demo.generate import Drawn
from wangge.web.demo.plan import AreaPlan
from wangge.web.demo.reports import ANCHOR, DAY, THIS_MORNING, Plot, Teller
from wangge.web.demo.seasons import days, drawn, minute
from wangge.web.demo.stories import PAST, Beat
from wangge.web.demo.town import Report

DAYS = 730
HOT = 0.3  # share of the reports of a matter that come from where it gathers in that quarter
USUAL = (-0.7, 0.4)  # of the logarithm of the share of its limit that a unit takes: half of it, one in 25 too long
ASKED = (0.05, 0.4)  # share of its limit after which a unit asks for more time
STUCK, STUCK_FOR = 0.05, (1.5, 6.0)  # share of cases that stay lying, and for how many times their limit


class Chronicler(Teller):
    """Tells what happened long ago: units take their time, and what was put off was taken up again."""

    stories = PAST

    def __init__(self, areas: tuple[AreaPlan, ...], found: Drawn, spans: Mapping[str, int], chance: Random) -> None:
        super().__init__(areas, found.scenery, found.people, chance)
        self._spans = spans

    def _minutes(self, beat: Beat, plot: Plot) -> int:
        if beat.verb == "ask_extension":
            return int(self._spans[plot.matter.category] * self._chance.uniform(*ASKED))
        if (beat.verb, beat.pace) != ("handle", "work"):
            return super()._minutes(beat, plot)
        stuck = self._chance.random() < STUCK
        share = self._chance.uniform(*STUCK_FOR) if stuck else self._chance.lognormvariate(*USUAL)
        return int(self._spans[plot.matter.category] * share)


@dataclass(frozen=True)
class Times:
    """When it happened: the day up to which is told, its calendar, and the limit of each category in minutes."""

    today: date
    calendar: Calendar
    spans: Mapping[str, int]


def tell_history(found: Drawn, areas: tuple[AreaPlan, ...], times: Times, count: int) -> Iterator[Report]:
    """Invent `count` reports of the two years before this morning; `minutes_ago` counts back from 9:45 of today."""
    town, today = found.town, times.today
    key = (town.plan, town.seed, town.size, "history")
    chance = swift(*key)
    teller = Chronicler(areas, found, times.spans, chance)
    number = 0
    for day in days(today - timedelta(days=DAYS), today, count, times.calendar, *key):
        ago = (today - day.date).days * DAY + ANCHOR
        matters = [drawn(day, chance) for _ in range(day.reports)]
        moments = [(ago - minute(matter, chance), matter) for matter in matters]
        if day.date == today:
            moments = [(THIS_MORNING + 1 + chance.randrange(ANCHOR - THIS_MORNING), matter) for matter in matters]
        for age, matter in sorted(moments, key=lambda moment: -moment[0]):
            number += 1
            yield teller.tale(f"h{number:06}", age, matter, _hot(day.date, matter.category, chance, *key))


def _hot(day: date, category: str, chance: Random, *key: str | int) -> float | None:
    if chance.random() >= HOT:
        return None
    return stream(*key, category, day.year, (day.month - 1) // 3).random()
