"""Bare connections to the test's database, by role."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.layout import Role

Connection = psycopg.Connection[tuple[Any, ...]]
Connect = Callable[[Role], Connection]


@pytest.fixture
def connect(cluster: Cluster, db: str) -> Iterator[Connect]:
    """`connect("wg_app")` opens a connection of that role; all are closed at the end."""
    opened: list[Connection] = []

    def open_(role: Role) -> Connection:
        connection = psycopg.connect(cluster.dsn(role, db))
        opened.append(connection)
        return connection

    yield open_
    for connection in opened:
        connection.close()
