"""Where the machine code of loops is kept: one folder for each state of their sources, so that none is ever stale.

numba looks at a loop's own file alone: one compiled into another from a changed file would stay as it was. The name of
the folder therefore stands for all files loops are compiled from, for numba and for the processor. It lies beside the
sources, or in the folder of the installation where these are read-only. Nothing here loads numba.
"""

import hashlib
import os
import platform
import shutil
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

CORE = Path(__file__).parent
SOURCES = ("loops.py", "partition/*.py", "rounds/*.py")
PREFIX, READY = "loops-", "ready"
SORT = ("vendor_id", "model name", "flags", "CPU implementer", "CPU part", "Features")
"""Lines of /proc/cpuinfo that say which machine code a processor takes."""


def mark(core: Path = CORE) -> str:
    """Return a short hash of everything the machine code of these sources depends on."""
    found = hashlib.sha256("\n".join((version("numba"), platform.python_version(), _processor())).encode())
    for path in sorted(path for pattern in SOURCES for path in core.glob(pattern)):
        found.update(f"\n{path.relative_to(core).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return found.hexdigest()[:16]


def _processor() -> str:
    told = ""
    with suppress(OSError):
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").partition("\n\n")[0]
    return "\n".join([platform.machine(), *(line for line in told.splitlines() if line.startswith(SORT))])


def at_home() -> Path:
    """Return the folder of the installation, as the settings read it."""
    return Path(os.environ.get("WANGGE_HOME") or "var").resolve()


def places(core: Path, home: Path) -> tuple[Path, Path]:
    """Return where the machine code of these sources may lie, the first choice first."""
    name = PREFIX + mark(core)
    return core / "__pycache__" / name, home / name


def is_ready(core: Path = CORE, home: Path | None = None) -> bool:
    """Say whether every loop of these sources was compiled and kept."""
    return any((place / READY).exists() for place in places(core, home or at_home()))


def folder(core: Path = CORE, home: Path | None = None) -> Path | None:
    """Return where machine code is read and kept: where it is ready, else where it can be written; None for nowhere.

    What belongs to older sources is dropped where a folder is made. A home that is not there is not made.
    """
    home = home or at_home()
    beside, away = places(core, home)
    ready = next((place for place in (beside, away) if (place / READY).exists()), None)
    if ready is not None or _is_made(beside):
        return ready or beside
    return away if home.is_dir() and _is_made(away) else None


def _is_made(place: Path) -> bool:
    """Make a folder that can be written and say whether that went well."""
    is_new = not place.is_dir()
    try:
        place.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=place).close()
    except OSError:
        return False
    for other in place.parent.glob(f"{PREFIX}*") if is_new else ():
        if other != place:
            shutil.rmtree(other, ignore_errors=True)
    return True


def note_ready(kept: Path | None) -> None:
    """Note that every loop was compiled into a folder; where nothing can be kept this is forgotten."""
    if kept is not None:
        with suppress(OSError):
            (kept / READY).touch()
