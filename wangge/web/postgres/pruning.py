"""Backups have a life: what a resident asked to have erased is gone from the last of them when it is over."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from wangge.web.postgres.manifest import BadBackup, Kind, Manifest, read


def spent(
    folder: Path, kind: Kind, *, system: str, life: timedelta, now: datetime, dead: Collection[str] = ()
) -> list[Path]:
    """The backups of one sort in a folder whose life is over, or with a destroyed key among saved keys; oldest first.

    Only whole backups of this very installation; anything else in the folder is nobody's business here.
    """
    found = []
    for path, manifest in _backups(folder, kind):
        taken_at = datetime.fromisoformat(manifest.taken_at)
        holds_dead = any(Path(name).stem in dead for name in manifest.files)
        if manifest.system == system and (taken_at + life <= now or holds_dead):
            found.append((taken_at, path))
    return [path for _taken_at, path in sorted(found)]


def system_at(home: Path) -> str:
    """The identifier of the installation in a home, or nothing where no database is."""
    control = home / "pg" / "global" / "pg_control"
    return str(int.from_bytes(control.read_bytes()[:8], "little")) if control.is_file() else ""


def remove(path: Path) -> None:
    """Remove a backup; broken off, it is no whole one any more and is not taken for one."""
    draft = path.with_name(f"{path.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    path.rename(draft)
    shutil.rmtree(draft)
    path.with_name(f"{path.name}.compared.json").unlink(missing_ok=True)


def _backups(folder: Path, kind: Kind) -> Iterator[tuple[Path, Manifest]]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink() and path.suffix != ".partial":
            with suppress(BadBackup):
                yield path, read(path, kind)
