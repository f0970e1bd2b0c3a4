"""Server processes: start one that dies with us, and tell whether one is at work on a folder."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def spawn(command: list[str], log: IO[bytes], inherit: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Start a server as a child that shuts down cleanly when the calling thread ends, however it ends.

    It gets a session of its own: Ctrl-C in the terminal reaches the supervisor alone, who stops things in order.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def follow() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=environment(),
        pass_fds=inherit,
        start_new_session=True,
        preexec_fn=follow,  # noqa: PLW1509 - only system calls between fork and exec
    )


def environment() -> dict[str, str]:
    """Our environment without anything that would steer PostgreSQL or its language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C.UTF-8"}


def recorded(data: Path) -> int | None:
    """The process id in the folder's postmaster.pid."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def serves(pid: int, data: Path) -> bool:
    """Whether the process lives, is a postgres and works on this folder (process ids are given out again)."""
    if sys.platform != "linux":
        return _alive(pid)
    process = Path("/proc", str(pid))
    try:
        name = (process / "comm").read_text().strip()
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    if state in "ZX" or not name.startswith("postgres"):
        return False
    try:
        return (process / "cwd").samefile(data)
    except PermissionError:
        return True
    except OSError:
        return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
