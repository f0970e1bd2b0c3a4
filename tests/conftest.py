"""The installation of the tests, and the people in them."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count

import psycopg
import pytest
from hypothesis import settings as examples

from tests.cast import Cast
from tests.home import HOME
from wangge.web.postgres import binaries, roles
from wangge.web.postgres.cluster import Cluster

examples.register_profile("wangge", deadline=None)  # how long an example takes is the machine's affair
examples.load_profile("wangge")

TEMPLATE = "wangge"
NUMBERS = count(1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that say how many minutes they take at full size begin first, lest one of them runs alone at the end."""
    items.sort(key=lambda item: -sum(mark.kwargs.get("minutes", 0) for mark in item.iter_markers("soak")))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server, with the template database settled and the invented town loaded."""
    from wangge.web.settings import WANGGE

    server = Cluster(HOME, binaries.find(WANGGE.pg_bin), memory=256, scratch=True)
    server.init()
    with server:
        roles.settle(server)
        _use(TEMPLATE)
        _furnish()
        _close()
        yield server


def _furnish() -> None:
    from django.utils import timezone

    from tests.town import load_invented_town
    from wangge.web import house

    house.folders(HOME)
    house.settle(timezone.now())
    load_invented_town(timezone.now())


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """A million rounds for each password and PIN are for thieves of a database; a test's are thrown away."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1_000


def _use(name: str) -> None:
    """Point both connections at a database; passwords exist only now."""
    from django.conf import settings
    from django.db import connections

    from wangge.web.databases import databases

    for alias, fresh in databases(settings.WANGGE).items():
        connection = connections[alias]
        connection.close()
        connection.settings_dict.update(fresh | {"NAME": name})


def _close() -> None:
    from django.core.cache import cache

    from wangge.cases.queries import watch

    watch.watch.open.clear()
    watch.LOOK_EVERY = 0.0  # a test asks at once
    from django.db import connections

    from wangge.catalogue import queries as catalogue
    from wangge.clocks import queries as clocks
    from wangge.web.middleware import public_session

    connections.close_all()
    cache.clear()
    catalogue.forget()
    clocks.forget()
    public_session.forget()


@contextmanager
def fresh(cluster: Cluster) -> Iterator[str]:
    """A copy of the template, with real commits; dropped afterwards."""
    name = f"wg_test_{os.getpid()}_{next(NUMBERS)}"  # never twice: memories are kept by name
    with psycopg.connect(cluster.dsn("wg_super", "postgres"), autocommit=True) as server:
        server.execute(f"create database {name} template {TEMPLATE} owner wg_owner strategy file_copy")
        server.execute(f"revoke all on database {name} from public")
        server.execute(f"grant connect on database {name} to wg_app, wg_owner")
        server.execute(f"alter database {name} set search_path = public")
        _use(name)
        (HOME / "anchors" / "anchors.jsonl").unlink(missing_ok=True)  # seals of another test's book
        try:
            yield name
        finally:
            _close()
            server.execute(f"drop database {name} with (force)")


@pytest.fixture
def db(cluster: Cluster) -> Iterator[str]:
    """A database of the test's own."""
    with fresh(cluster) as name:
        yield name


@pytest.fixture
def system(db: str) -> Iterator[None]:
    """The whole test in the system's own name."""
    from wangge.jobs.system import as_system

    with as_system("test"):
        yield


QueriesOf = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def queries_of(monkeypatch: pytest.MonkeyPatch) -> QueriesOf:
    """Give `queries_of(3)`: the block fails unless the block asks the database exactly three times.

    The calendar, the catalogue, the names of places and the vault's keys, which are looked at anew each second, are
    looked at once in the whole test.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wangge.catalogue import queries as catalogue
    from wangge.clocks import queries as clocks
    from wangge.places.queries import register
    from wangge.vault import queries as vault

    for remembered in (catalogue, clocks, register, vault):
        monkeypatch.setattr(remembered, "monotonic", lambda: 0.0)

    @contextmanager
    def counted(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as seen:
            yield
        asked = [query["sql"] for query in seen.captured_queries]
        assert len(asked) == number, "\n".join(asked)

    return counted


@pytest.fixture
def cast(db: str) -> Cast:
    """The same people in every test."""
    return Cast.of_the_invented_town()
