"""Where backups go: remembered when one is made, so that the doctor can look there."""

from pathlib import Path

from django.conf import settings


def note(folder: Path) -> None:
    """Remember a folder with backups of the keys."""
    known = folders()
    if folder.absolute() not in known:
        _list().parent.mkdir(mode=0o700, exist_ok=True)
        _list().touch(mode=0o600)
        _list().write_text("".join(f"{each}\n" for each in [*known, folder.absolute()]), encoding="utf-8")


def folders() -> list[Path]:
    """The folders that were ever noted, in that order."""
    return [Path(line) for line in _list().read_text(encoding="utf-8").splitlines()] if _list().exists() else []


def _list() -> Path:
    return settings.WANGGE.home / "destroyed" / "key-backups"
