"""The list of a backup's files with their digests: what makes a folder a backup and shows damage."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Literal

from wangge.web.postgres.layout import sync_folder
from wangge.web.trouble import Trouble, gettext_noop

NAME = "backup.json"
FORMAT = 1
Kind = Literal["installation", "keys"]


class BadBackup(Trouble):
    """The folder is no whole backup, or not the one meant."""


@dataclass(frozen=True)
class Entry:
    """One file: its size in bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`system` is the identifier PostgreSQL gives a cluster at birth; `backup` tells the sets of one moment."""

    kind: Kind
    backup: str
    system: str
    postgres: int
    taken_at: str
    files: dict[str, Entry] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=0, sort_keys=True) + "\n", encoding="utf-8")
        sync_folder(folder)

    def check(self, folder: Path) -> None:
        """Raise BadBackup with a sentence naming the first missing, changed or surplus file."""
        present = set(walk(folder)) - {NAME}
        for name, entry in self.files.items():
            path = folder / name
            if name not in present:
                missing = gettext_noop("The backup %(folder)s is incomplete: %(name)s is missing.")
                raise BadBackup(missing, folder=folder, name=name)
            if path.stat().st_size != entry.size or digest(path) != entry.sha256:
                changed = gettext_noop("The backup %(folder)s is damaged: %(name)s is not as it was when it was saved.")
                raise BadBackup(changed, folder=folder, name=name)
        for name in sorted(present - self.files.keys()):
            surplus = gettext_noop("The backup %(folder)s holds a file that is not on its list: %(name)s.")
            raise BadBackup(surplus, folder=folder, name=name)


def read(folder: Path, kind: Kind) -> Manifest:
    """Read the list of a backup; raise BadBackup when the folder is none of this kind."""
    try:
        text = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {name: Entry(**entry) for name, entry in text.pop("files").items()}
        manifest = Manifest(files=files, **text)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        none = gettext_noop("%(folder)s is not a backup made by wangge: its list %(name)s is missing or unreadable.")
        raise BadBackup(none, folder=folder, name=NAME) from error
    if manifest.kind != kind or manifest.format != FORMAT or any(_leaves(name) for name in files):
        other = gettext_noop("%(folder)s is another kind of backup, or was made by another release of wangge.")
        raise BadBackup(other, folder=folder)
    return manifest


def listing(folder: Path) -> dict[str, Entry]:
    return {name: Entry((folder / name).stat().st_size, digest(folder / name)) for name in walk(folder)}


def walk(folder: Path) -> list[str]:
    """Names of all files below a folder, in order; links are refused."""
    names = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            link = gettext_noop("%(path)s is a link; a backup holds plain files only.")
            raise BadBackup(link, path=path)
        if path.is_file():
            names.append(path.relative_to(folder).as_posix())
    return names


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _leaves(name: str) -> bool:
    return Path(name).is_absolute() or ".." in Path(name).parts
