"""`wangge demo` and `wangge up` from outside: start, refuse, watch, stop, leave nothing behind."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.house import House, free_port, until, wangge
from tests.installed import installation
from wangge.web.supervisor import Pause


@pytest.fixture
def house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    shared = tmp_path_factory.getbasetemp()
    with installation(shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared, tmp_path / "a home") as made:
        yield made


def test_a_second_start_keeps_the_data_and_ctrl_c_stops_everything(house: House) -> None:
    took = house.start("demo", "--size", "small")
    cases = house.rows("select count(*) from cases_case")
    assert until(lambda: "Ctrl-C stops everything." in house.said(), 10), house.said()
    print(f"\n  start of an installed demo: {took:.1f} s (at most 15)")
    assert took < (15 if os.getloadavg()[0] < 3 else 60)
    assert "Playing the reports" not in house.said()
    assert cases[0][0] > 20

    same_home = wangge(house.home, "demo", "--size", "small", "--port", str(free_port()))
    assert (same_home.returncode, same_home.stderr.strip()) == (
        1, f"Another wangge already works in {house.home}. Stop it first, or name another folder in WANGGE_HOME.",
    )  # fmt: skip
    elsewhere = house.home.with_name("another home")
    same_port = wangge(elsewhere, "up", "--port", str(house.port))
    assert (same_port.returncode, same_port.stderr.strip()) == (
        1,
        f"Another program already answers on 127.0.0.1 port {house.port}. Stop it, or choose another port.",
    )
    in_chinese = wangge(elsewhere, "up", "--port", str(house.port), lang="zh_CN.UTF-8")
    assert f"{house.port}" in in_chinese.stderr
    assert in_chinese.stderr.strip() != same_port.stderr.strip()
    assert "Traceback" not in same_home.stdout + same_home.stderr + same_port.stdout + same_port.stderr
    assert house.health() is not None

    assert (house.stop(), house.is_empty()) == (0, True)
    house.start("demo", "--size", "small")
    assert house.rows("select count(*) from cases_case") == cases
    assert house.stop(signal.SIGTERM) == 0
    assert house.is_empty()


def test_what_dies_is_started_again(house: House) -> None:
    house.start()
    assert until(lambda: set(house.leaders()) == {"web", "worker", "database"}, 20)
    for sort in ("worker", "web", "database"):
        before = house.leaders()[sort]
        begun = time.monotonic()
        os.kill(before, signal.SIGKILL)
        assert until(lambda: house.leaders().get(sort, before) != before, 20), (sort, house.said())  # noqa: B023 - used at once
        assert until(lambda: house.health() is not None, 30), (sort, house.said())
        print(f"\n  {sort} killed: serving again after {time.monotonic() - begun:.1f} s")
    web = house.processes()["web"]
    assert len(web) <= 4, "workers of the killed web server are left over"
    assert house.stop() == 0
    assert house.is_empty()


def test_a_killed_supervisor_leaves_no_orphan(house: House) -> None:
    house.start()
    house.stop(signal.SIGKILL)
    assert until(house.is_empty, 15), house.processes()
    house.start()
    assert house.stop(signal.SIGHUP) != 0
    assert until(house.is_empty, 15), house.processes()


def test_ctrl_c_during_the_start_leaves_nothing_either(house: House) -> None:
    for wait in (0.5, 2.0, 4.0):
        house.begin()
        time.sleep(wait)
        house.stop()
        assert until(house.is_empty, 15), house.processes()


def test_a_demo_is_not_served_to_the_public_and_real_data_get_no_demo(house: House) -> None:
    public = wangge(house.home, "up", "--port", str(free_port()), hosts="wangge.example")
    assert (public.returncode, public.stderr.strip()) == (
        1, f"{house.home} holds the demo with its known passwords. Choose an empty folder in WANGGE_HOME.",
    )  # fmt: skip
    (house.home / "DEMO").unlink()
    real = wangge(house.home, "demo", "--port", str(free_port()))
    assert (real.returncode, real.stderr.strip()) == (
        1, f"{house.home} holds an installation that is no demo. Choose an empty folder in WANGGE_HOME.",
    )  # fmt: skip


def test_a_database_whose_writes_are_not_safe_is_not_served(house: House) -> None:
    """B1: an acknowledged report survives the power cut, or there is no start."""
    house.start()
    house.rows("select 1")
    import psycopg

    from wangge.web.postgres.layout import Home

    with psycopg.connect(Home(house.home).dsn("wg_super"), autocommit=True) as connection:
        connection.execute("alter role wg_app set synchronous_commit = off")
    assert house.stop() == 0
    refused = wangge(house.home, "up", "--port", str(house.port))
    assert (refused.returncode, "synchronous_commit" in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr
    assert house.is_empty()


def test_pauses_grow_with_the_deaths_and_end_with_the_quiet() -> None:
    pause, now, waits = Pause(), 100.0, []
    for _ in range(9):
        pause.after_a_death(now)
        waits.append(pause.until - now)
        now = pause.until + 1
    assert waits == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0]
    pause.after_a_death(now + 61)
    assert (pause.deaths, pause.until) == (1, now + 61)
