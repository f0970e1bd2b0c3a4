"""The page of figures at full size: a county's, a town's, a community's, with no page kept from the one before."""

import time
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tools.bench.browsers import signed_in, timed
from tools.bench.figures import Figure, Part, percentile
from wangge.cases.models import Case
from wangge.insight.actions import keep_days
from wangge.insight.models import CountedDay, DayCount
from wangge.insight.queries import cockpit
from wangge.insight.queries.days import is_waiting
from wangge.jobs.system import as_system

ROUNDS = 12
SECONDS = cockpit.SECONDS
LIMIT, OLDEST = "<= 150", "<= 5"
ASKED = {"chief": "county", "town_staff": "town", "secretary": "community"}
PERIODS = ("today", "yesterday", "week", "days30", "month", "year")


def keep_all() -> tuple[int, float]:
    """Count every day that is over; how many, and in how many seconds."""
    begun, days, more = time.perf_counter(), 0, True
    while more:
        with as_system("bench") as system:
            more = is_waiting(timezone.now())
            days += keep_days(by=system, now=timezone.now()).days if more else 0
    return days, time.perf_counter() - begun


def measure(counted: tuple[int, float]) -> Part:
    """Everybody's figures; `counted` says how many days were counted before, and in how many seconds."""
    days, seconds = counted
    chance, figures = Random(1), []  # noqa: S311 - an order of pages
    every: list[float] = []
    cockpit.SECONDS = 0  # each page reads all figures anew
    for who, level in ASKED.items():
        client = signed_in(who)
        home = client.get("/figures/").headers["Location"]
        addresses = [f"{home}?period={period}" for period in PERIODS]
        waits: dict[str, list[float]] = {}
        for address in chance.sample(addresses * ROUNDS, len(addresses) * ROUNDS):
            waits.setdefault(address, []).append(timed(client, address))
        held = [taken for each in waits.values() for taken in each[1:]]
        every += held
        slowest = max(waits, key=lambda address: percentile(waits[address][1:], 0.5))
        with CaptureQueriesContext(connection) as seen:
            client.get(home)
        figures.append(Figure(
            f"{level}, p95", percentile(held, 0.95), "ms", LIMIT,
            f"p50 {percentile(held, 0.5):.0f} ms; the slowest period is {slowest.partition('=')[2]} with p50"
            f" {percentile(waits[slowest][1:], 0.5):.0f} ms; {len(seen)} questions",
        ))  # fmt: skip
        now_plan = f"{home}?period=days30&plan=now"
        figures.append(Figure(f"{level}, 30 days by the areas of today", timed(client, now_plan), "ms"))
        cockpit.SECONDS = SECONDS
        kept = [timed(client, home) for _ in range(20)]
        cockpit.SECONDS = 0
        figures.append(Figure(f"{level}, figures at most {SECONDS} s old, p50", percentile(kept, 0.5), "ms"))
    with as_system("bench"):
        rows, cases = DayCount.objects.count(), Case.objects.count()
        ready = CountedDay.objects.filter(ready=True).count()
    figures.insert(0, Figure("all pages of figures, p95", percentile(every, 0.95), "ms", LIMIT,
                             f"{len(every)} pages, p50 {percentile(every, 0.5):.0f} ms"))  # fmt: skip
    figures.append(Figure("age of the figures, oldest", max(every) / 1000 + SECONDS, "s", OLDEST,
                          "the slowest page, plus the seconds for which figures are kept"))  # fmt: skip
    figures.append(Figure("days counted for the first time", days, "", "", f"in {seconds:.1f} s; {ready} are kept"))
    figures.append(Figure("rows of kept counts", rows, "", "", f"of {cases:,} cases"))
    return Part(f"Figures, {cases:,} cases", HOW, tuple(figures))


HOW = (
    "Time from request to complete page inside one process, one request at a time, six periods in a mixed order; every"
    " figure is read anew for each page, but for months that are over: they are remembered until one of their days"
    " changes. The first page of each address is left out."
)
