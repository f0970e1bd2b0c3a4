"""The server survives kills, keeps acknowledged writes, and is started once per home."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from wangge.web.postgres import roles
from wangge.web.postgres.binaries import Binaries
from wangge.web.postgres.checks import ServerTrouble
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.config import MUST_BE_ON
from wangge.web.postgres.layout import Home, HomeTaken, SecretLost
from wangge.web.postgres.privilege import Privilege, choose

New = Callable[..., Cluster]


def test_acknowledged_writes_survive_the_kill_of_the_postmaster(tmp_path: Path, new: New, privilege: Privilege) -> None:
    """Twin of B1 and C1: fsync on, four writers, SIGKILL amid their commits, every acknowledged row there once."""
    server = new(tmp_path, privilege=privilege, scratch=False)
    server.start()
    roles.settle(server)
    with psycopg.connect(server.dsn("wg_owner")) as connection:
        connection.execute("create table kept (writer int, n int)")
    acknowledged: list[tuple[int, int]] = []
    writers = [Thread(target=_write, args=(server.dsn("wg_owner"), writer, acknowledged)) for writer in range(4)]
    for writer in writers:
        writer.start()
    while len({writer for writer, _ in acknowledged}) < 4 or len(acknowledged) < 100:
        time.sleep(0.01)
    killed = server.pid()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    for writer in writers:
        writer.join()
    server.stop()
    with server, psycopg.connect(server.dsn("wg_owner")) as connection:
        rows = connection.execute("select writer, n from kept").fetchall()
    lost, doubled = set(acknowledged) - set(rows), len(rows) - len(set(rows))
    print(f"B1: {len(acknowledged)} writes acknowledged before the kill, {len(lost)} lost, {doubled} doubled")
    assert (len(acknowledged) >= 100, lost, doubled) == (True, set(), 0)


def _write(dsn: str, writer: int, acknowledged: list[tuple[int, int]]) -> None:
    with suppress(psycopg.OperationalError), psycopg.connect(dsn, autocommit=True) as connection:
        for n in range(100_000):
            connection.execute("insert into kept values (%s, %s)", [writer, n])
            acknowledged.append((writer, n))


def test_the_server_follows_a_killed_supervisor_and_the_next_start_waits_for_it(
    tmp_path: Path, new: New, privilege: Privilege
) -> None:
    server = new(tmp_path, privilege=privilege)
    program = (
        "import sys, time; from pathlib import Path\n"
        "from wangge.web.postgres import binaries; from wangge.web.postgres.cluster import Cluster\n"
        "from wangge.web.postgres.privilege import choose\n"
        "down = choose(sys.argv[2])\n"
        "server = Cluster(Path(sys.argv[1]), binaries.find(), privilege=down, memory=128, scratch=True)\n"
        "server.start(); print(server.pid(), flush=True); time.sleep(60)\n"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), privilege.way], stdout=subprocess.PIPE, env=_with_product()
    )
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    assert (server.is_running(), server.pid()) == (True, pid)
    supervisor.kill()
    supervisor.communicate()
    with server:
        assert server.pid() not in {None, pid}
    assert "received fast shutdown request" in server.home.log.read_text()
    assert "automatic recovery" not in server.home.log.read_text()


def _with_product() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in [str(Path.cwd()), *sys.path] if path)}


def test_a_second_instance_on_the_same_home_is_refused(tmp_path: Path, new: New, shipped: Binaries) -> None:
    with new(tmp_path) as first:
        second = Cluster(tmp_path, shipped, memory=128, scratch=True)
        for order in (second.start, second.init):
            with pytest.raises(HomeTaken) as refusal:
                order()
            assert str(refusal.value) == (
                f"Another wangge already works in {tmp_path}. Stop it first, or name another folder in WANGGE_HOME."
            )
        assert second.pid() == first.pid()
        psycopg.connect(second.dsn("wg_super", "postgres")).close()
    second.start()
    second.stop()
    assert second.is_running() is False


def test_starting_twice_is_starting_once(tmp_path: Path, new: New) -> None:
    with new(tmp_path) as server:
        pid = server.pid()
        server.start()
        assert server.pid() == pid
    server.stop()
    assert server.is_running() is False


def test_a_note_left_by_the_dead_does_not_stop_the_start(tmp_path: Path, new: New) -> None:
    server = new(tmp_path)
    (server.home.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.home.data}\n")
    assert server.is_running() is False
    with server:
        assert server.is_running() is True


def test_a_server_of_another_folder_is_not_taken_for_ours(tmp_path: Path, new: New) -> None:
    with new(tmp_path / "a") as running:
        other = new(tmp_path / "b")
        (other.home.data / "postmaster.pid").write_text(f"{running.pid()}\n")
        assert other.is_running() is False


def test_a_long_path_gets_a_short_private_socket_folder(tmp_path: Path, new: New) -> None:
    home = tmp_path / ("长" * 40)
    with new(home) as server:
        short = server.home.sockets
        assert (short.parent, len(str(short)) < 60, short.stat().st_mode & 0o777) == (Path("/tmp"), True, 0o700)
        psycopg.connect(server.dsn("wg_super", "postgres")).close()
    assert Home(home).sockets == short
    short.rmdir()
    short.symlink_to(tmp_path)
    with pytest.raises(ServerTrouble, match="is not a private folder of ours"):
        server.start()
    short.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
def test_closed_folders_are_entered_and_programs_in_them_copied(
    tmp_path: Path, shipped: Binaries, shelter: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    installation = shipped.bin.parent.parent
    for folder in (installation, installation.with_name(f"{installation.name}.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    hidden = Binaries(closed / installation.name / "pginstall" / "bin", shipped.version, "setting")
    privilege = choose("setpriv", shelter)
    assert privilege.reaches("test", "-x", str(hidden.bin / "postgres")) is False
    server = Cluster(closed / "home", hidden, privilege=privilege, memory=128, scratch=True)
    server.init()
    with server, psycopg.connect(server.dsn("wg_super", "postgres")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert privilege.programs(hidden).is_relative_to(shelter)
    assert (closed.stat().st_mode & 0o777, server.home.data.stat().st_uid) == (0o700, privilege.uid)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
def test_one_home_may_change_its_way_of_stepping_down(tmp_path: Path, new: New, shelter: Path) -> None:
    for way in ("setpriv", "namespace", "setpriv"):
        privilege = choose(way, shelter)
        if privilege.reaches("true"):
            with new(tmp_path, privilege=privilege) as server:
                assert server.home.data.stat().st_uid == privilege.uid


def test_a_database_deaf_to_chinese_is_refused(tmp_path: Path, shipped: Binaries) -> None:
    class Deaf(Cluster):
        def _birth_marks(self) -> list[str]:
            return [mark.replace("--locale=C.UTF-8", "--locale=C") for mark in super()._birth_marks()]

    server = Deaf(tmp_path, shipped, memory=128, scratch=True)
    server.init()
    with pytest.raises(ServerTrouble, match="cannot search Chinese text"):
        server.start()
    assert server.is_running() is False


@pytest.mark.parametrize("name", MUST_BE_ON)
def test_outside_tests_unsafe_writes_are_refused(tmp_path: Path, new: New, shipped: Binaries, name: str) -> None:
    home = new(tmp_path).home
    (home.data / "postgresql.auto.conf").write_text(f"{name} = off\n")
    with pytest.raises(ServerTrouble, match=f"Writes would not be safe here: {name} must be on"):
        Cluster(tmp_path, shipped, memory=128).start()


def test_a_role_may_not_weaken_its_writes(tmp_path: Path, new: New, shipped: Binaries) -> None:
    with new(tmp_path) as server, psycopg.connect(server.dsn("wg_super", "postgres")) as connection:
        connection.execute("alter role wg_super set synchronous_commit to off")
    with pytest.raises(ServerTrouble, match="synchronous_commit=off must be on"):
        Cluster(tmp_path, shipped, memory=128).start()


def test_data_of_another_version_are_left_alone(tmp_path: Path, new: New, debian: Binaries) -> None:
    new(tmp_path)
    with pytest.raises(ServerTrouble, match="were written by PostgreSQL 18, but the programs in .* are version 15"):
        Cluster(tmp_path, debian, memory=128).start()


def test_an_empty_home_says_what_to_do(tmp_path: Path, shipped: Binaries) -> None:
    with pytest.raises(ServerTrouble) as refusal:
        Cluster(tmp_path, shipped).start()
    assert str(refusal.value) == (f"There is no database in {tmp_path} yet. Run `wangge up`, or bring back a backup.")


def test_lost_and_foreign_passwords_are_named(tmp_path: Path, new: New) -> None:
    server = new(tmp_path)
    path = server.home.secrets / "wg_super"
    path.write_text("foreign\n")
    with pytest.raises(ServerTrouble, match="does not know the password in"):
        server.start()
    path.unlink()
    with pytest.raises(SecretLost, match=f"The password of wg_super is missing: {path}"):
        server.start()


def test_a_half_made_folder_is_made_anew(tmp_path: Path, shipped: Binaries) -> None:
    (tmp_path / "pg.new").mkdir()
    (tmp_path / "pg.new" / "PG_VERSION").write_text("18\n")
    server = Cluster(tmp_path, shipped, memory=128, scratch=True)
    server.init()
    assert (server.exists(), (tmp_path / "pg.new").exists()) == (True, False)


def test_settings_that_the_design_binds_are_in_force(cluster: Cluster) -> None:
    major = cluster.binaries.version[0]
    bound = {
        "idle_in_transaction_session_timeout": "30s",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "none",
        "wal_level": "replica",
        "max_connections": "100",
        "superuser_reserved_connections": "3",
        "server_encoding": "UTF8",
        "data_checksums": "on",
    }
    bound |= {"transaction_timeout": "10min", "allow_alter_system": "off"} if major >= 17 else {}
    bound |= {"reserved_connections": "5"} if major >= 16 else {}
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        rows = connection.execute("select name, current_setting(name) from pg_settings").fetchall()
    assert {name: value for name, value in rows if name in bound} == bound
