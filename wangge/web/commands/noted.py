"""Where backups go: remembered when one is made, so that the doctor can look there."""

from pathlib import Path
from typing import Literal

from django.conf import settings

Sort = Literal["backups", "key-backups"]


def note(sort: Sort, folder: Path) -> None:
    """Remember a folder with backups of that sort."""
    known = folders(sort)
    if folder.absolute() not in known:
        _list(sort).parent.mkdir(mode=0o700, exist_ok=True)
        _list(sort).touch(mode=0o600)
        _list(sort).write_text("".join(f"{each}\n" for each in [*known, folder.absolute()]), encoding="utf-8")


def folders(sort: Sort) -> list[Path]:
    """The folders that were ever noted, in that order."""
    if not _list(sort).exists():
        return []
    return [Path(line) for line in _list(sort).read_text(encoding="utf-8").splitlines()]


def _list(sort: Sort) -> Path:
    return settings.WANGGE.home / "destroyed" / sort
