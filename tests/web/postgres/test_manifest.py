"""A backup that is damaged, foreign or of another kind is refused before anything is written."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wangge.web.postgres.backup import restore
from wangge.web.postgres.manifest import BadBackup, Kind, Manifest, listing

SYSTEM = "7000000000000000000"


def saved(folder: Path, kind: Kind, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    Manifest(kind, "b1", SYSTEM, 18, "2026-03-01T02:00:00+00:00", listing(folder)).write(folder)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The outline of a backup: the files that are looked at."""
    control = int(SYSTEM).to_bytes(8, "little") + b"the rest"
    database = {
        "pg/PG_VERSION": b"18",
        "pg/global/pg_control": control,
        "pg/pg_wal/000000010000000000000001": b"w" * 50,
    }
    return saved(tmp_path / "data", "installation", database | {"media/b.jpg": b"b" * 100})


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return saved(tmp_path / "keys", "keys", {"keys/k1.key": b"sealed", "keys/master.bin": b"m"})


def _truncate(data: Path) -> None:
    path = data / "media" / "b.jpg"
    path.write_bytes(path.read_bytes()[:-1])


def _flip(data: Path) -> None:
    path = data / "pg" / "global" / "pg_control"
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


def _cut_list(data: Path) -> None:
    path = data / "backup.json"
    path.write_text(path.read_text()[:-100])


def _rename(data: Path, system: str) -> None:
    path = data / "backup.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"system": system}))


def _climb(data: Path) -> None:
    path = data / "backup.json"
    text = json.loads(path.read_text())
    path.write_text(json.dumps(text | {"files": text["files"] | {"../x": {"size": 0, "sha256": ""}}}))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated file": (_truncate, "is damaged: media/b.jpg is not as it was"),
    "one bit": (_flip, "is damaged: pg/global/pg_control is not as it was"),
    "missing file": (lambda data: (data / "pg/PG_VERSION").unlink(), "is incomplete: pg/PG_VERSION is missing"),
    "missing log": (lambda data: shutil.rmtree(data / "pg/pg_wal"), "is incomplete: pg/pg_wal/.* is missing"),
    "surplus file": (lambda data: (data / "media/x").touch(), "holds a file that is not on its list: media/x"),
    "link": (lambda data: (data / "media/x").symlink_to("/etc/passwd"), "is a link"),
    "no list": (lambda data: (data / "backup.json").unlink(), "is not a backup made by wangge"),
    "cut list": (_cut_list, "is not a backup made by wangge"),
    "foreign list": (lambda data: _rename(data, "7000000000000000001"), "belongs to another backup"),
    "climbing name": (_climb, "is another kind of backup"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_refused_before_anything_is_written(data: Path, tmp_path: Path, damage: str) -> None:
    sin, sentence = DAMAGE[damage]
    sin(data)
    with pytest.raises(BadBackup, match=sentence):
        restore(data, tmp_path / "home", destroyed=())
    assert (tmp_path / "home").exists() is False


def test_keys_and_data_of_two_places_are_not_mixed(data: Path, keys: Path, tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="keys is another kind of backup"):
        restore(keys, tmp_path / "home", destroyed=())
    with pytest.raises(BadBackup, match="data is another kind of backup"):
        restore(data, tmp_path / "home", destroyed=(), keys=data)
    with pytest.raises(BadBackup, match="data is a backup of another installation"):
        restore(data, tmp_path / "home", destroyed=(), system="7000000000000000001")
    _rename(keys, "7000000000000000001")
    with pytest.raises(BadBackup, match="keys is a backup of another installation"):
        restore(data, tmp_path / "home", destroyed=(), keys=keys)
    assert (tmp_path / "home").exists() is False


def test_a_whole_backup_is_taken(data: Path, keys: Path, tmp_path: Path) -> None:
    answer = restore(data, tmp_path / "home", destroyed=(), keys=keys, system=SYSTEM)
    assert (answer.keys, answer.manifest.system) == (("k1",), SYSTEM)
    assert (tmp_path / "home" / "media" / "b.jpg").read_bytes() == b"b" * 100
