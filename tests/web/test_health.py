"""The sign of life: for anybody, without a name, a version or a cause in it."""

from django.db import connection
from django.test import Client

from tests.cast import Cast
from wangge.jobs.system import as_system
from wangge.web import health


def test_health_says_how_the_parts_are(cast: Cast) -> None:
    answer = Client().get("/health")
    told = answer.json()
    assert answer.status_code == 200
    assert sorted(told) == ["database", "disk", "status", "unsealed_seconds", "worker"]
    assert (told["database"], told["worker"], told["status"]) == ("ok", "silent", "degraded")


def test_a_worker_that_beats_makes_it_whole(cast: Cast) -> None:
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
        cursor.execute("select ledger_seal_batch()")
    told = Client().get("/health").json()
    assert (told["worker"], told["status"]) == ("ok", "ok" if health.disk() == "ok" else "degraded")


def test_without_a_database_it_is_503_and_says_nothing_of_why(cast: Cast) -> None:
    held = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere/at/all"
    try:
        answer = Client().get("/health")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = held
    assert (answer.status_code, answer.json()["database"], answer.json()["status"]) == (503, "away", "down")
    assert "nowhere" not in answer.content.decode()


def test_it_never_asks_for_a_session(cast: Cast) -> None:
    assert "wg_session" not in Client().get("/health").cookies
