"""What security costs (L7): the shipped path beside the same path without one of its guards. Never shipped off."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from statistics import median

from django.db import connection, connections, transaction
from django.utils import timezone

from tools.bench.figures import Figure, Part
from wangge.access import action as actions_of_the_house
from wangge.access.context import acting
from wangge.access.sessions import open_session
from wangge.cases import actions
from wangge.cases.models import Case
from wangge.jobs.system import PUBLIC, account_of, as_system
from wangge.places.models import Building
from wangge.places.queries import by_token
from wangge.teams.models import Account
from wangge.web.postgres.cluster import Cluster

ROUNDS, EACH = 7, 40
LASTS = timedelta(hours=2)
HOW = (
    "One process, one connection, real commits; rounds in turn, medians. Without row security: as the database's"
    " superuser, the same action and the same rows. Without the book: the same action, its entry left out."
)


@contextmanager
def as_superuser(cluster: Cluster) -> Iterator[None]:
    """The same connection settings with a role that no policy holds for; each side begins with a fresh connection."""
    held = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict.update(USER="wg_super", PASSWORD=cluster.home.password("wg_super"))
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(held)


@contextmanager
def without_the_book() -> Iterator[None]:
    held = getattr(actions_of_the_house, "record")  # noqa: B009 - not exported
    setattr(actions_of_the_house, "record", lambda *_given, **_more: None)  # noqa: B010 - as below
    try:
        yield
    finally:
        setattr(actions_of_the_house, "record", held)  # noqa: B010 - the price is measured without the book


def timed(times: int, work: Callable[[], object]) -> float:
    """Milliseconds of one of `times`."""
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return 1000 * (time.perf_counter() - begun) / times


def measure(cluster: Cluster) -> Part:
    now = timezone.now()
    with as_system("bench"):
        tokens = list(Building.objects.order_by("id").values_list("token", flat=True))
        account = Account.objects.get(username="bench_acceptor").pk
    public = open_session(account_of(PUBLIC), kind="public", purpose="report", now=now, lasts=LASTS)
    desk = open_session(account, kind="web", purpose="duty", now=now, lasts=LASTS)
    chance = Random(2)  # noqa: S311 - an order of places

    def report() -> None:
        with acting(public) as actor:
            place = by_token(chance.choice(tokens))
            assert place is not None
            given = actions.Report(place, f"楼道里的灯坏了三天（测速 {secrets.token_hex(6)}）")
            actions.report(given, by=actor, now=timezone.now())

    def listed() -> None:
        with acting(desk):
            list(Case.objects.filter(state__in=("reported", "verifying")).order_by("due_at", "id")[:51])

    def read_bare() -> None:
        with transaction.atomic():
            list(Case.objects.filter(state__in=("reported", "verifying")).order_by("due_at", "id")[:51])

    full, bookless, open_rows, lists, lists_bare = [], [], [], [], []
    for _ in range(ROUNDS):
        report()  # the first on a connection pays for it, on either side
        listed()
        full.append(timed(EACH, report))
        lists.append(timed(EACH, listed))
        with without_the_book():
            bookless.append(timed(EACH, report))
        with as_superuser(cluster):
            report()
            read_bare()
            open_rows.append(timed(EACH, report))
            lists_bare.append(timed(EACH, read_bare))
    note = "{:.1f} ms with, {:.1f} ms without"
    rows = (
        ("report: row security", full, open_rows, "<= 1.3"),
        ("report: the book", full, bookless, "<= 1.25"),
        ("first page of the county's intake: session and row security", lists, lists_bare, "<= 1.3"),
    )
    return Part("Price of security (L7)", HOW, tuple(
        Figure(name, median(with_it) / median(without), "×", target, note.format(median(with_it), median(without)))
        for name, with_it, without, target in rows
    ))  # fmt: skip
