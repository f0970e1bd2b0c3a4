"""The work list at full size: server time for each kind of person over filters, orders, searches and pages."""

import re
import time
from collections.abc import Iterator
from itertools import chain
from random import Random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tools.bench.browsers import signed_in, timed
from tools.bench.figures import Figure, Part, percentile
from wangge.cases.models import Case
from wangge.jobs.system import as_system

ROUNDS = 3
AFTER = re.compile(r"after=(\d+\.\d+)")
LIMIT = "<= 150"
WIDE = ("", "?due=over", "?due=near", "?state=closed", "?q=漏水", "?q=路灯坏了", "?q=没有这个词", "?q=2611",
        "?category=water.burst_pipe", "?source=paper&since=2026-06-01", "?danger=1")  # fmt: skip
ASKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "acceptor": ("whole county, 2,293 areas", ("intake", "all")),
    "chief": ("whole county, 2,293 areas", ("dispatch", "check", "chief", "all")),
    "town_staff": ("one town, 109 areas", ("all",)),
    "secretary": ("one community, 9 areas", ("field", "all")),
    "grid_worker": ("one grid", ("field", "all")),
    "handler": ("one unit, everywhere", ("unit", "all")),
}


def addresses(desks: tuple[str, ...]) -> Iterator[str]:
    for desk in desks:
        yield from (f"/desk/{desk}/{asked}" for asked in WIDE)
        if desk != "all":
            yield f"/desk/{desk}/?sort=newest"


def deeper(client: Client, address: str, pages: int = 3) -> Iterator[str]:
    """The next pages of a list, as its own link leads."""
    for _ in range(pages):
        found = AFTER.search(client.get(address).content.decode())
        if found is None:
            return
        address = f"{address.partition('?')[0]}?after={found[1]}"
        yield address


def measure() -> Part:
    """Everybody's lists in a mixed order, each address several times; the first time warms the process only."""
    chance, waits, spent = Random(1), dict[str, list[float]](), dict[str, list[float]]()  # noqa: S311 - an order of pages
    slowest: tuple[float, str] = (0.0, "")
    counted = 0
    for who, (_reach, desks) in ASKED.items():
        client = signed_in(who)
        asked = list(chain(addresses(desks), deeper(client, "/desk/all/")))
        for address in asked:
            client.get(address)
        for address in chance.sample(asked * ROUNDS, len(asked) * ROUNDS):
            before = time.process_time()
            taken = timed(client, address)
            spent.setdefault(who, []).append(1000 * (time.process_time() - before))
            waits.setdefault(who, []).append(taken)
            slowest = max(slowest, (taken, f"{who} {address}"))
        client.get("/desk/all/")  # what is kept for a minute is read here
        with CaptureQueriesContext(connection) as seen:
            client.get("/desk/all/")
        counted = max(counted, len(seen))
    every = list(chain(*waits.values()))
    p50, p99 = percentile(every, 0.5), percentile(every, 0.99)
    note = f"{len(every)} pages, p50 {p50:.0f} ms, p99 {p99:.0f} ms; slowest {slowest[0]:.0f} ms: {slowest[1]}"
    figures = [Figure("all lists, p95", percentile(every, 0.95), "ms", LIMIT, note)]
    figures += [
        Figure(f"{who} ({ASKED[who][0]}), p95", percentile(held, 0.95), "ms", LIMIT,
               f"p50 {percentile(held, 0.5):.0f} ms; Python's own CPU p50 {percentile(spent[who], 0.5):.0f} ms")
        for who, held in waits.items()
    ]  # fmt: skip
    figures.append(Figure("database questions of one page", counted, "", "", "transaction included"))
    with as_system("bench"):
        cases = Case.objects.count()
    return Part(f"Work list, {cases:,} cases", HOW, tuple(figures))


HOW = (
    "Time from request to complete page inside one process (middleware, session, row-level security, 50 rows, menu,"
    " counters), one request at a time: desks × filters, searches, orders and deep pages, in a mixed order."
)
