"""C1: web, worker or database are killed at random moments while residents report. All reports are invented."""

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest

from tests.chaos.clients import Book, Reporter, lost_and_doubled
from tests.chaos.house import House, until, wangge
from tests.chaos.proxy import Fault, Proxy
from tests.installed import installation

KILLS = 50 if os.environ.get("WANGGE_SOAK") else 5
SORTS = ("web", "worker", "database", "web", "database")
CLEAN: dict[str, list[str]] = {"lost": [], "doubled": [], "not in the book": []}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    shared = tmp_path_factory.getbasetemp()
    where = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    with installation(where, tmp_path_factory.mktemp("kills") / "home") as made:
        made.start()
        yield made


def victims(house: House, chance: random.Random, sort: str) -> list[int]:
    """The leader of that sort and one of its own; none while it is coming back from what was killed before."""
    leader = house.leaders().get(sort)
    others = [pid for pid in house.processes()[sort] if pid != leader]
    return [pid for pid in (leader, chance.choice(others) if others else None) if pid]


def kill_one(house: House, chance: random.Random, sort: str) -> float:
    """Kill one process of that sort; return the seconds until the house serves again."""
    assert until(lambda: len(house.leaders()) == 3, 60), house.said()
    time.sleep(chance.uniform(0.1, 2.0))
    while not (found := victims(house, chance, sort)):  # a worker leaves when its database was killed before it
        assert until(lambda: sort in house.leaders(), 60), house.said()
    begun = time.monotonic()
    os.kill(chance.choice(found), signal.SIGKILL)
    time.sleep(0.3)
    assert until(lambda: house.health() is not None and len(house.leaders()) == 3, 90), house.said()
    return time.monotonic() - begun


def merged(reporters: list[Reporter]) -> Book:
    """All that was sent, after every report without a receipt was sent once more under its own key."""
    book = Book()
    for reporter in reporters:
        reporter.ended.set()
        reporter.join(30)
        for key in set(reporter.book.sent) - set(reporter.book.numbers):
            assert until(lambda: reporter.send(key), 60), reporter.book.strange  # noqa: B023 - used at once
        for key in list(reporter.book.numbers)[-20:]:
            assert reporter.send(key), "the same key a second time"
        book.sent |= reporter.book.sent
        book.numbers |= reporter.book.numbers
        book.strange += reporter.book.strange
        book.away += reporter.book.away
        book.broken += reporter.book.broken
    return book


@pytest.mark.soak(minutes=5)
@pytest.mark.parametrize("kills", [KILLS])
def test_what_was_acknowledged_survives_every_kill_and_nothing_is_doubled(house: House, kills: int) -> None:
    seed = int(os.environ.get("WANGGE_TEST_SEED", "20260301"))
    chance, places = random.Random(seed), house.places()
    reporters = [Reporter(house, places, seed + at) for at in range(3)]
    for reporter in reporters:
        reporter.start()
    again = [kill_one(house, chance, SORTS[at % len(SORTS)]) for at in range(kills)]
    book = merged(reporters)
    found = lost_and_doubled(house, book)
    print(
        f"\n  C1 seed {seed}: {kills} kills, {len(book.numbers)} reports acknowledged, {book.broken} lines broken,"
        f" {book.away} times told to wait; lost {len(found['lost'])}, doubled {len(found['doubled'])};"
        f" serving again after {sorted(again)[len(again) // 2]:.1f} s (median), {max(again):.1f} s (longest)"
    )
    assert (found, book.strange) == (CLEAN, [])
    assert len(book.numbers) > 20
    assert until(lambda: (house.health() or {}).get("unsealed_seconds", 99) < 30, 60), house.health()
    verdict = wangge(house.home, "verify")
    assert (verdict.returncode, verdict.stdout.splitlines()[-1]) == (0, "The book is whole."), verdict.stdout


FAULTS: tuple[Fault, ...] = ("none", "refuse", "cut request", "cut answer", "half open", "slow", "twice")


def test_a_report_over_a_spoilt_line_arrives_once(house: House) -> None:
    with Proxy(house.port) as line:
        reporter = Reporter(house, house.places(), 7, port=line.port)
        for at, fault in enumerate(FAULTS):
            line.fault = fault
            key = f"line-{fault.replace(' ', '-')}-padding-{at}"
            reporter.book.sent[key] = (reporter.places[at], f"楼道漏水 {fault}")
            heard = reporter.send(key)
            assert heard is (fault in {"none", "slow", "twice"}), fault
            line.fault = "none"
            assert reporter.send(key), fault
    assert (lost_and_doubled(house, reporter.book), reporter.book.strange) == (CLEAN, [])
    print(f"\n  C6 lines: {len(FAULTS)} faults, each report there once, each with one number")
