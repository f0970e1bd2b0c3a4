"""`wangge demo` and `wangge up` from outside: start, refuse, watch, stop, leave nothing behind."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from structlog.testing import capture_logs

from tests.chaos.house import House, free_port, until, wangge
from tests.installed import installation
from wangge.core.machine_code import folder, note_ready
from wangge.web.environment import read
from wangge.web.postgres import binaries
from wangge.web.postgres.cluster import Cluster
from wangge.web.supervisor import Pause, Running


@pytest.fixture
def house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    shared = tmp_path_factory.getbasetemp()
    with installation(shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared, tmp_path / "a home") as made:
        yield made


def refuse_twins(house: House) -> None:
    """Neither the home nor the port is shared, and the sentence says what to do, in Chinese too."""
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
    assert (in_chinese.returncode, "换一个端口" in in_chinese.stderr or "端口" in in_chinese.stderr) == (1, True)


def revive_what_dies(house: House) -> dict[str, float]:
    """Kill each process the supervisor started; return how long it took until the house served again."""
    took = {}
    assert until(lambda: len(house.leaders()) == 3, 30), house.processes()
    for sort in ("worker", "web", "database"):
        before = house.leaders()[sort]
        begun = time.monotonic()
        os.kill(before, signal.SIGKILL)
        assert until(lambda: house.leaders().get(sort, before) != before, 30), (sort, house.said())  # noqa: B023 - at once
        assert until(lambda: house.health() is not None, 60), (sort, house.said())
        took[sort] = time.monotonic() - begun
    return took


def test_a_house_starts_refuses_twins_revives_what_dies_and_stops_without_a_trace(house: House) -> None:
    first = house.start("demo", "--size", "small")
    cases = house.rows("select count(*) from cases_case")
    assert ("Playing the reports" in house.said(), cases[0][0] > 20) == (False, True)
    refuse_twins(house)
    took = revive_what_dies(house)
    assert len(house.processes()["web"]) <= 4, "workers of the killed web server are left over"
    assert (house.stop(), house.is_empty()) == (0, True)

    second = house.start("demo", "--size", "small")
    assert house.rows("select count(*) from cases_case") == cases
    house.stop(signal.SIGKILL)
    assert until(house.is_empty, 20), house.processes()
    times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items())
    print(f"\n  start of an installed demo: {first:.1f} s, {second:.1f} s; serving after a kill of {times}; orphans 0")


def test_ctrl_c_during_the_start_leaves_nothing_either(house: House) -> None:
    house.begin()
    assert until(lambda: house.processes()["database"] or house.ended(), 60)
    assert (house.stop() != 0, until(house.is_empty, 20)) == (True, True), house.processes()


def test_ctrl_c_that_something_swallowed_during_the_start_is_remembered(tmp_path: Path) -> None:
    running = Running(read({"WANGGE_HOME": str(tmp_path)}), "127.0.0.1", free_port(), None)
    with suppress(KeyboardInterrupt):  # as a library would
        running.interrupt()
    with pytest.raises(KeyboardInterrupt):
        running.wait()


def alone(tmp_path: Path) -> Running:
    """A supervisor without any process, and sources of loops of which nothing is compiled."""
    for name in ("log", "core"):
        (tmp_path / name).mkdir()
    made = read({"WANGGE_HOME": str(tmp_path)})
    return Running(made, "127.0.0.1", free_port(), None, core=tmp_path / "core")


def test_loops_nobody_compiled_are_compiled_once_at_the_lowest_priority(tmp_path: Path) -> None:
    running = alone(tmp_path)
    with capture_logs() as said:
        running.compile_loops()
        child = running.compiling
        assert child is not None
        assert until(lambda: os.getpriority(os.PRIO_PROCESS, child.pid) == 19, 300)
        running.note_compiled()
        assert (running.compiling, "loops" in running.children) == (child, False)
        child.kill()
        assert until(lambda: child.poll() is not None, 60)
        running.note_compiled()
    assert (running.compiling, [line.get("code") for line in said]) == (None, [None, -signal.SIGKILL])


def test_compiling_ends_with_the_house(tmp_path: Path) -> None:
    running = alone(tmp_path)
    running.compile_loops()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        running.stop()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert running.compiling is not None
    assert running.compiling.poll() is not None


def test_what_is_compiled_is_not_compiled_again(tmp_path: Path) -> None:
    running = alone(tmp_path)
    note_ready(folder(running.core, tmp_path))
    running.compile_loops()
    assert running.compiling is None


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


def test_an_outside_server_whose_writes_are_not_safe_is_not_served(cluster: Cluster, tmp_path: Path) -> None:
    """B1: an acknowledged report survives the power cut, or there is no start. The tests' own is unsafe."""
    refused = wangge(tmp_path, "up", "--port", str(free_port()), dsn=cluster.dsn("wg_app"))
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert refused.stderr.startswith("Writes would not be safe here: "), refused.stderr
    assert {"fsync", "full_page_writes", "synchronous_commit"} <= set(refused.stderr.replace(",", " ").split())


def test_our_own_server_on_which_a_role_does_not_wait_for_the_disk_is_not_served(house: House) -> None:
    with (
        Cluster(house.home, binaries.find(), memory=128) as server,
        psycopg.connect(server.dsn("wg_super"), autocommit=True) as connection,
    ):
        connection.execute("alter role wg_app set synchronous_commit = off")
    refused = wangge(house.home, "up", "--port", str(house.port))
    assert (refused.returncode, "synchronous_commit" in refused.stderr) == (1, True), refused.stderr
    assert ("Traceback" in refused.stderr, until(house.is_empty, 15)) == (False, True)


def test_pauses_grow_with_the_deaths_and_end_with_the_quiet() -> None:
    pause, now, waits = Pause(), 100.0, []
    for _ in range(9):
        pause.after_a_death(now)
        waits.append(pause.until - now)
        now = pause.until + 1
    assert waits == [0.0, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0, 5.0]
    pause.after_a_death(now + 61)
    assert (pause.deaths, pause.until) == (1, now + 61)
