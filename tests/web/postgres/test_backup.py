"""What was saved comes back equal; what is in the way is refused with a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from wangge.web.postgres import backup, roles
from wangge.web.postgres.backup import BackupRefused, restore, take, verify
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.layout import ROLES

NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
QUESTION = "select count(*), md5(string_agg(n::text || note, ',' order by n)) from told"


KEYS = ("keys/master.bin", "keys/registry.key", "keys/typhoon-1.key", "keys/typhoon-2.key")
FILES = ("media/2026/a.jpg", "media/b.jpg", *KEYS)


@dataclass(frozen=True)
class Saved:
    """A running installation, its backup and the place of its keys."""

    cluster: Cluster
    data: Path
    keys: Path
    rows: tuple[object, ...] | None


@pytest.fixture(scope="module")
def saved(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    home, place = cluster.home.root, tmp_path_factory.mktemp("saved")
    for name in (
        "media/2026/a.jpg",
        "media/b.jpg",
        "keys/master.bin",
        "keys/registry.key",
        "keys/typhoon-1.key",
        "keys/typhoon-2.key",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(name.encode() * 1000)
    with psycopg.connect(cluster.dsn("wg_owner")) as connection:
        connection.execute("create table told (n int, note text)")
        connection.execute("insert into told select n, '桂花社区第' || n || '件' from generate_series(1, 5000) n")
    rows = _rows(cluster)
    take(cluster, place / "data", taken_at=NIGHT, keys_target=place / "keys")
    with psycopg.connect(cluster.dsn("wg_owner")) as connection:
        connection.execute("insert into told values (0, '备份之后才写的')")
    yield Saved(cluster, place / "data", place / "keys", rows)
    with psycopg.connect(cluster.dsn("wg_owner")) as connection:
        connection.execute("drop table told")


def _rows(cluster: Cluster) -> tuple[object, ...] | None:
    with psycopg.connect(cluster.dsn("wg_owner")) as connection:
        return connection.execute(QUESTION).fetchone()


def test_a_backup_comes_back_equal(saved: Saved, tmp_path: Path) -> None:
    home = tmp_path / "home"
    answer = restore(saved.data, home, destroyed=(), keys=saved.keys)
    assert (answer.keys, answer.refused_keys) == (("registry", "typhoon-1", "typhoon-2"), ())
    assert (answer.manifest.taken_at, answer.manifest.kind) == ("2026-03-01T02:00:00+00:00", "installation")
    before = saved.cluster.home.root
    for part in ("media", "keys", "secrets"):
        assert _contents(home / part) == _contents(before / part)
    assert sorted(path.name for path in home.iterdir()) == ["keys", "media", "pg", "secrets"]
    binaries, privilege = saved.cluster.binaries, saved.cluster.privilege
    with Cluster(home, binaries, privilege=privilege, memory=128, scratch=True) as again:
        assert _rows(again) == saved.rows
        assert backup.system_of(again) == answer.manifest.system
        for role in ROLES:
            psycopg.connect(again.dsn(role)).close()
        roles.settle(again)
    assert _rows(saved.cluster) != saved.rows


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_is_proven_by_a_started_copy(saved: Saved) -> None:
    seen: list[tuple[object, ...] | None] = []
    cluster = saved.cluster
    verify(saved.data, cluster.binaries, privilege=cluster.privilege, check=lambda copy: seen.append(_rows(copy)))
    assert seen == [saved.rows]


def test_destroyed_keys_do_not_come_back(saved: Saved, tmp_path: Path) -> None:
    answer = restore(saved.data, tmp_path / "home", destroyed={"typhoon-1", "never-saved"}, keys=saved.keys)
    assert (answer.keys, answer.refused_keys) == (("registry", "typhoon-2"), ("typhoon-1",))
    files = sorted(path.name for path in (tmp_path / "home" / "keys").iterdir())
    assert files == ["master.bin", "registry.key", "typhoon-2.key"]


def test_keys_are_not_in_the_data_and_the_data_not_with_the_keys(saved: Saved) -> None:
    key = b"keys/registry.key" * 1000
    assert [name for name, content in _contents(saved.data).items() if key in content] == []
    assert sorted(path.name for path in saved.keys.iterdir()) == ["backup.json", "keys"]
    assert [folder.stat().st_mode & 0o777 for folder in (saved.data, saved.keys)] == [0o700, 0o700]


def test_nothing_is_overwritten(saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "anything").touch()
    with pytest.raises(BackupRefused, match="home is not empty"):
        restore(saved.data, tmp_path / "home", destroyed=())
    with pytest.raises(BackupRefused, match="is already there"):
        take(saved.cluster, saved.data, taken_at=NIGHT)
    with pytest.raises(BackupRefused, match="lie in each other"):
        take(saved.cluster, tmp_path / "b", taken_at=NIGHT, keys_target=tmp_path / "b" / "keys")
    assert [path.name for path in tmp_path.rglob("*")] == ["home", "anything"]


def test_a_stopped_server_is_not_saved(saved: Saved, tmp_path: Path) -> None:
    restore(saved.data, tmp_path / "home", destroyed=())
    idle = Cluster(tmp_path / "home", saved.cluster.binaries, privilege=saved.cluster.privilege, scratch=True)
    with pytest.raises(BackupRefused, match="is not running"):
        take(idle, tmp_path / "b", taken_at=NIGHT)
    assert (tmp_path / "b").exists() is False
