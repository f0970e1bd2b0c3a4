"""The demo, loaded once in a run; every test that starts a whole installation gets a copy."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.house import House, free_port, wangge


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def demo_home(shared: Path) -> Path:
    """The loaded demo in the folder that all processes of the run share."""
    home = shared / "demo home"
    with locked(shared / "demo home.lock"):
        if not (home / "DONE").exists():
            done = wangge(home, "demo", "--size", "small", "--load-only", "--port", str(free_port()))
            assert done.returncode == 0, done.stdout + done.stderr
            (home / "DONE").touch()
    return home


def copy_of(home: Path, target: Path) -> Path:
    shutil.copytree(home, target, symlinks=True, ignore=shutil.ignore_patterns("lock", "run", "postmaster.pid"))
    return target


@contextmanager
def installation(shared: Path, target: Path) -> Iterator[House]:
    """A copy of the demo, not started yet; nothing of it is left afterwards."""
    house = House(copy_of(demo_home(shared), target))
    try:
        yield house
    finally:
        house.end()
        shutil.rmtree(target, ignore_errors=True)
