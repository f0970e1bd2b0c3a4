"""A connection that served somebody serves nobody afterwards, however the transaction ended."""

import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.access.conftest import Connect, Connection
from tests.cast import Cast
from wangge.access.context import acting
from wangge.places.models import Dwelling

ROUNDS = 1_000 if os.environ.get("WANGGE_SOAK") else 50
COUNT = "select count(*) from places_dwelling"


def commits(app: Connection, token: str) -> None:
    with app.transaction():
        begin(app, token)


def errs(app: Connection, token: str) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), app.transaction():
        begin(app, token)
        app.execute("select 1 / 0")


def is_cancelled(app: Connection, token: str) -> None:
    with pytest.raises(psycopg.errors.QueryCanceled), app.transaction():
        begin(app, token)
        with cancelling(app):
            app.execute("select pg_sleep(60)")


@contextmanager
def cancelling(app: Connection) -> Iterator[None]:
    """Cancel whatever runs, again and again: the first try may come before it runs."""
    over = threading.Event()

    def cancel() -> None:
        while not over.wait(0.01):
            app.cancel_safe()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    try:
        yield
    finally:
        over.set()
        canceller.join()


def times_out(app: Connection, token: str) -> None:
    with pytest.raises(psycopg.errors.QueryCanceled), app.transaction():
        begin(app, token)
        app.execute("set local statement_timeout = 10")
        app.execute("select pg_sleep(5)")


def breaks_out(app: Connection, token: str) -> None:
    """An injection that tries to leave something behind."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
        begin(app, token)
        app.execute("create temp table left_behind (a int)")


ENDS: tuple[Callable[[Connection, str], None], ...] = (commits, errs, is_cancelled, times_out, breaks_out)


def begin(app: Connection, token: str) -> None:
    app.execute("select set_config('wg.token', %s, true)", [token])
    row = app.execute(COUNT).fetchone()
    assert row is not None
    assert row[0] > 0


def left_behind(app: Connection) -> tuple[str | None, int]:
    """The token and the temporary tables the next transaction finds."""
    row = app.execute(
        "select nullif(current_setting('wg.token', true), ''),"
        " (select count(*) from pg_class where relpersistence = 't')"
    ).fetchone()
    assert row is not None
    return row[0], row[1]


@pytest.mark.soak
def test_nothing_is_left_for_the_next_one_however_it_ended(cast: Cast, connect: Connect) -> None:
    app, token, draw = connect("wg_app"), cast.lin.token(), random.Random(7)
    for _ in range(ROUNDS):
        draw.choice(ENDS)(app, token)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no open session"), app.transaction():
            app.execute(COUNT)
        with app.transaction():
            assert left_behind(app) == (None, 0)
    print(f"I2: {ROUNDS} rounds on one connection, 0 rows, 0 temporary objects, 0 settings")


def test_a_killed_client_leaves_its_row_unwritten_and_its_token_unused(cast: Cast, connect: Connect) -> None:
    app, token = connect("wg_app"), cast.lin.token()
    begin(app, token)
    connect("wg_super").execute("select pg_terminate_backend(%s)", [app.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        app.execute(COUNT)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("wg_app").execute(COUNT)


def test_a_token_set_for_the_whole_connection_does_not_survive_the_next_actor(cast: Cast) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('wg.token', %s, false)", [cast.lin.token()])
    with cast.zhou.acting():
        assert not Dwelling.objects.filter(area_id=cast.grid_id).exists()
        assert Dwelling.objects.filter(area_id=cast.far_grid_id).exists()


def test_djangos_own_connection_raises_after_an_actor_left(cast: Cast) -> None:
    with acting(cast.lin.token()):
        assert Dwelling.objects.exists()
    with pytest.raises(ZeroDivisionError), acting(cast.lin.token()):
        raise ZeroDivisionError
    with pytest.raises(DatabaseError, match="no open session"), transaction.atomic():
        Dwelling.objects.count()
