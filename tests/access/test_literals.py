"""What people wrote travels as parameters: no other session and no log of the server sees it."""

import threading
from pathlib import Path
from time import sleep

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access.conftest import Connect
from tests.cast import Cast
from wangge.cases.models import Case
from wangge.web.postgres.cluster import Cluster

SECRET = "孙奶奶 13800001111"


def forced_errors() -> None:
    """Errors in which a client that binds by itself would spell the value out."""
    questions = (
        "select cast(%s as integer)",
        "select 1 / (length(%s) - length(%s))",
        "insert into cases_step (note) values (%s)",
        "insert into no_such_table values (%s)",
    )
    for question in questions:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question, [SECRET] * question.count("%s"))


def log_of(cluster: Cluster) -> str:
    return Path(cluster.home.log).read_text(encoding="utf-8", errors="replace")


def test_the_servers_log_holds_no_words_after_errors(cast: Cast, cluster: Cluster) -> None:
    with cast.lin.acting():
        forced_errors()
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.create(text=SECRET, number="x" * 50)
    assert "13800001111" not in log_of(cluster)
    assert "孙奶奶" not in log_of(cluster)


def test_another_session_sees_the_question_without_its_words(cast: Cast, connect: Connect) -> None:
    seen: list[str] = []
    watcher = connect("wg_super")
    watcher.autocommit = True

    def watch() -> None:
        for _ in range(40):
            rows = watcher.execute("select query from pg_stat_activity where query like '%pg_sleep%'").fetchall()
            seen.extend(str(row[0]) for row in rows if "pg_stat_activity" not in str(row[0]))
            sleep(0.01)

    thread = threading.Thread(target=watch)
    thread.start()
    with cast.lin.acting(), connection.cursor() as cursor:
        cursor.execute("select pg_sleep(0.3), %s::text", [SECRET])
    thread.join()
    assert seen
    assert {"$1" in text for text in seen} == {True}
    assert not any("13800001111" in text for text in seen)


def test_a_client_that_binds_by_itself_would_be_seen(cast: Cast, connect: Connect) -> None:
    watcher, careless = connect("wg_super"), connect("wg_app")
    watcher.autocommit = True
    with careless.transaction():
        careless.execute(f"select '{SECRET}'".encode())
        rows = watcher.execute(
            "select query from pg_stat_activity where pid = %s", [careless.info.backend_pid]
        ).fetchall()
    assert any("13800001111" in str(row[0]) for row in rows)
