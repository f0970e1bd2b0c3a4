"""A superuser's eyes for the tests of the web."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from wangge.web.postgres.cluster import Cluster


@pytest.fixture
def connect_super(cluster: Cluster, db: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection that sees every row."""
    with psycopg.connect(cluster.dsn("wg_super", db), autocommit=True) as connection:
        yield connection
