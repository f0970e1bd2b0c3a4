"""With a moved clock: what was erased is gone from the last backup when its life is over. All people are invented."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from wangge.vault import cipher
from wangge.web.postgres import rewriting
from wangge.web.postgres.backup import system_of, take
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.manifest import read
from wangge.web.postgres.pruning import remove, spent, system_at
from wangge.web.postgres.rewriting import rewrite

BEGIN = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
DATA, KEYS = timedelta(days=30), timedelta(days=7)
PEOPLE = 200


def day(number: float) -> datetime:
    return BEGIN + timedelta(days=number)


@pytest.fixture
def residents(cluster: Cluster) -> Iterator[list[bytes]]:
    """A table of sealed numbers in a running installation; the sealed bytes, unmistakable in any file."""
    key = cipher.Key.new(cipher.INTL)
    sealed = cipher.seal_many(key, [(f"1380000{n:04d}", "vt_gone", "phone", str(n)) for n in range(PEOPLE)])
    with psycopg.connect(cluster.dsn("wg_owner"), autocommit=True) as owner:
        owner.execute("create table vt_gone (id int primary key, phone bytea not null)")
        owner.cursor().executemany("insert into vt_gone values (%s, %s)", list(enumerate(sealed)))
        yield sealed
        owner.execute("drop table vt_gone")


def erase(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute("delete from vt_gone where id = %s", [number])


def holding(folder: Path, sealed: bytes) -> list[str]:
    """Backups in which these bytes stand in any file."""
    return sorted(
        one.name for one in folder.iterdir()
        if one.is_dir() and any(sealed in path.read_bytes() for path in one.rglob("*") if path.is_file())
    )  # fmt: skip


def test_an_erasure_reaches_every_backup_within_the_stated_days(
    cluster: Cluster, residents: list[bytes], tmp_path: Path
) -> None:
    folder, system = tmp_path / "backups", system_of(cluster)
    folder.mkdir()
    for at in (0, 10):
        take(cluster, folder / f"day {at}", taken_at=day(at))
    erase(cluster, 7)
    gone, stays = residents[7], residents[8]
    take(cluster, folder / "as it lies", taken_at=day(11))
    assert "as it lies" in holding(folder, gone)
    remove(folder / "as it lies")
    assert rewrite(cluster, ["vt_gone"]) == []
    take(cluster, folder / "day 12", taken_at=day(12))
    seen = {0: holding(folder, gone)}
    for now in (29.9, 30, 39.9, 40):
        for path in spent(folder, "installation", system=system, life=DATA, now=day(now)):
            remove(path)
        seen[int(now * 10)] = holding(folder, gone)
    assert list(seen.values()) == [["day 0", "day 10"]] * 2 + [["day 10"]] * 2 + [[]]
    assert (holding(folder, stays), [path.name for path in folder.iterdir()]) == (["day 12"], ["day 12"])
    print(
        "\n  P7 erased on day 11: in 2 of 3 backups that night, in 1 on day 30, in none from day 40 on (29 days later)"
    )


def test_only_whole_backups_of_this_installation_are_removed(cluster: Cluster, tmp_path: Path) -> None:
    folder, system = tmp_path / "backups", system_of(cluster)
    keys = cluster.home.root / "keys"
    keys.mkdir(exist_ok=True)
    (keys / f"{'d' * 32}.key").write_bytes(b"wrapped")
    try:
        take(cluster, folder / "data", taken_at=day(0), keys_target=folder / "keys")
    finally:
        (keys / f"{'d' * 32}.key").unlink()
    (folder / "data.compared.json").write_text("{}")
    (folder / "photos of somebody").mkdir()
    (folder / "note").write_text("x")
    shutil.copytree(folder / "keys", folder / "broken off.partial")
    (folder / "link").symlink_to(folder / "data")

    def over(number: float, *dead: str, of: str = system) -> list[str]:
        data = spent(folder, "installation", system=of, life=DATA, now=day(number))
        keys = spent(folder, "keys", system=of, life=KEYS, now=day(number), dead=dead)
        return [path.name for path in (*data, *keys)]

    assert [over(6.9), over(7), over(30)] == [[], ["keys"], ["data", "keys"]]
    assert (over(99, of="another"), over(1, "e" * 32), over(1, "d" * 32)) == ([], [], ["keys"])
    assert spent(tmp_path / "nowhere", "keys", system=system, life=KEYS, now=day(99)) == []
    assert (system_at(cluster.home.root), system_at(tmp_path)) == (system, "")
    assert read(folder / "data", "installation").system == system
    remove(folder / "data")
    assert sorted(path.name for path in folder.iterdir()) == [
        "broken off.partial", "keys", "link", "note", "photos of somebody",
    ]  # fmt: skip


def test_a_table_in_use_is_named_and_not_waited_for_for_ever(
    cluster: Cluster, residents: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "WAIT", "50ms")
    erase(cluster, 9)
    with psycopg.connect(cluster.dsn("wg_owner")) as reader:
        reader.execute("select 1 from vt_gone").fetchone()
        assert rewrite(cluster, ["vt_gone"]) == ["vt_gone"]
    assert rewrite(cluster, ["vt_gone"]) == []
    assert residents
