"""The vault's price: a value sealed, opened and indexed; a page of masked rows; a key exchanged while people work."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import cycle
from statistics import median

import psycopg
from django.db import connection
from django.utils import timezone

from tools.bench import rotating
from tools.bench.figures import Figure, Part
from tools.bench.residents import Invented, fill
from wangge.access.context import acting
from wangge.access.sessions import open_session
from wangge.jobs.system import as_system
from wangge.people.models import Person
from wangge.people.queries.masked import masked
from wangge.people.words import Kept
from wangge.vault import cipher, rotation
from wangge.vault.queries import rows
from wangge.web.postgres.cluster import Cluster

VALUES, ROUNDS, PEOPLE, PAGE = 20_000, 7, 100_000, 50
WORKER = """
select p.account_id, p.area_id from access_post p join places_area a on a.id = p.area_id
 where p.role = 'grid_worker' and a.level = 'grid' and a.valid_to is null order by p.id limit 1
"""
HOW = (
    f"One value of eleven digits, {VALUES:,} at a time, CPU of one process, medians of {ROUNDS} rounds in turn. The"
    f" list: {PAGE} residents of a grid as its own worker, session and row-level security included, with name and"
    " telephone opened and masked, beside the same rows without the personal fields, in turn. The exchange: one"
    f" process seals {PEOPLE:,} residents anew (three values, three indexes each) by chunks of {rotation.CHUNK:,} with"
    " their entries in the book, while another process searches by number, opens what it finds and corrects numbers,"
    " one after the other without a pause; every tenth is such a correction."
)


def measure(cluster: Cluster) -> Part:
    account, grid = _worker()
    held = _people(cluster, grid)
    return Part(
        "Sealed fields", HOW, (*_values(), _list(account, grid, sorted(held)), *rotating.measure(cluster.pid() or 0))
    )


def _worker() -> tuple[int, int]:
    """A worker of a grid in force and that grid."""
    with as_system("bench"), connection.cursor() as cursor:
        cursor.execute(WORKER)
        account, grid = cursor.fetchone()
    return account, grid


def _people(cluster: Cluster, grid: int) -> dict[int, Invented]:
    with as_system("bench"):
        rows.without_hurry()
        there = Person.objects.filter(source="list:invented", area_id=grid).order_by("pk").values_list("pk", flat=True)
        if len(there) == PEOPLE:
            return {pk: Invented(n) for n, pk in enumerate(there)}
        held = fill(cluster.dsn("wg_super"), [Invented(n) for n in range(PEOPLE)], grid, grid)
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute("vacuum analyze people_person")
    return held


def _each(work: Callable[[], object], times: int = VALUES) -> float:
    """Microseconds of CPU of one of `times`."""
    begun = time.process_time()
    work()
    return 1e6 * (time.process_time() - begun) / times


def _waited(work: Callable[[], object]) -> float:
    """Milliseconds by the clock."""
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _values() -> tuple[Figure, ...]:
    found: list[Figure] = []
    given = [(f"138{n:08d}", "people_person", "phone", str(n)) for n in range(VALUES)]
    for suite in (cipher.INTL, cipher.GM):
        key = cipher.Key.new(suite)
        held = cipher.seal_many(key, given)

        def open_all(key: cipher.Key = key, held: Sequence[bytes] = held) -> None:
            for sealed, (_, table, column, row) in zip(held, given, strict=True):
                cipher.open_(key, sealed, table=table, column=column, row=row)

        def index_all(key: cipher.Key = key) -> None:
            for value, *_place in given:
                cipher.blind_index(key, value)

        def seal_all(key: cipher.Key = key) -> None:
            cipher.seal_many(key, given)

        works: dict[str, Callable[[], None]] = {"seal": seal_all, "open": open_all, "index": index_all}
        took = {name: [_each(work) for _ in range(ROUNDS)] for name, work in works.items()}
        found += [Figure(f"{name} a value, suite {suite.name}", median(each), "µs") for name, each in took.items()]
    return tuple(found)


def _list(account: int, grid: int, ids: Sequence[int]) -> Figure:
    """A page of residents as the grid's worker sees it, and the same rows with nothing personal in them."""
    token = open_session(account, kind="web", purpose="duty", now=timezone.now(), lasts=timedelta(hours=2))
    starts = cycle(range(0, PEOPLE // 2, 997))
    fields = [field for kept in Kept for field in (kept.value, f"{kept.value}_index")] + ["wishes"]

    def page(*without: str) -> list[Person]:
        after = ids[next(starts)]
        return list(Person.objects.filter(pk__gt=after, area_id=grid).defer(*without).order_by("pk")[:PAGE])

    def opened() -> None:
        with acting(token):
            assert len(masked(page(*(name for name in fields if name not in {"name", "phone"})))) == PAGE

    def bare() -> None:
        with acting(token):
            page(*fields)

    took = [(_waited(opened), _waited(bare)) for _ in range(ROUNDS * 40)]
    with_it, without = (median(each) for each in zip(*took, strict=True))
    return Figure("a list of 50 opened and masked rows beside the same without", with_it / without, "×", "<= 1.3",
                  f"{with_it:.2f} ms with, {without:.2f} ms without")  # fmt: skip
