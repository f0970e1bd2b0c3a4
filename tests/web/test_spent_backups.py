"""Backups beside a new one go when their life is over; until then the doctor names them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from wangge.vault.queries import store
from wangge.web.commands import doctor, noted, saving
from wangge.web.commands.doctor import BAD
from wangge.web.environment import BadSetting, read
from wangge.web.postgres.manifest import Entry, Kind, Manifest

DEAD, ALIVE = "d" * 32, "a" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Data of 29 and 31 days ago; keys of 6 and 8 days ago, and of today with one that was destroyed since."""
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path / "home"})):
        made: tuple[tuple[str, Kind, int, str], ...] = (
            ("data 29", "installation", 29, ALIVE), ("data 31", "installation", 31, DEAD), ("keys 6", "keys", 6, ALIVE),
            ("keys 8", "keys", 8, ALIVE), ("keys 0", "keys", 0, DEAD),
        )  # fmt: skip
        for name, kind, days, key_id in made:
            (tmp_path / "mnt" / name).mkdir(parents=True)
            taken = (timezone.now() - timedelta(days=days)).isoformat()
            files = {f"keys/{key_id}.key": Entry(1, "")}
            Manifest(kind, "mark", "", 18, taken, files).write(tmp_path / "mnt" / name)
        store().destroy(DEAD, now=timezone.now())
        yield tmp_path / "mnt"


def test_the_doctor_names_them_where_backups_were_made(folder: Path) -> None:
    assert list(doctor.backups()) == []
    noted.note("backups", folder)
    noted.note("backups", folder)
    found = list(doctor.backups())
    assert [(one.state, one.mend) for one in found] == [
        (BAD, f"rm -r '{folder / name}'") for name in ("data 31", "keys 8", "keys 0")
    ]


def test_saved_keys_go_only_when_others_were_saved(folder: Path) -> None:
    saving._remove_spent(folder / "new", None, "another")
    assert len(list(folder.iterdir())) == 5
    saving._remove_spent(folder / "new", None, "")
    assert sorted(path.name for path in folder.iterdir()) == ["data 29", "keys 0", "keys 6", "keys 8"]
    saving._remove_spent(folder / "new", folder / "new keys", "")
    assert sorted(path.name for path in folder.iterdir()) == ["data 29", "keys 6"]


def test_an_exchanged_key_stays_as_long_as_the_backups_that_need_it() -> None:
    with pytest.raises(BadSetting, match="WANGGE_OLD_KEY_DAYS"):
        read({"WANGGE_OLD_KEY_DAYS": "20"})
    assert read({"WANGGE_OLD_KEY_DAYS": "20", "WANGGE_BACKUP_DAYS": "20"}).old_key_days == 20
