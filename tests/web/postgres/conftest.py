"""Servers for the tests of the runner: each PostgreSQL of this machine, each way to step down from root."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wangge.web.postgres import binaries, roles
from wangge.web.postgres.binaries import Binaries
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.privilege import Privilege, Way, choose

WAYS: tuple[Way, ...] = ("namespace", "setpriv") if os.geteuid() == 0 else ("plain",)
DEBIAN = Path("/usr/lib/postgresql/15/bin")


def find_programs(kind: str) -> Binaries:
    if kind == "shipped":
        return binaries.find()
    if not DEBIAN.is_dir():
        pytest.skip(f"no PostgreSQL 15 of the system in {DEBIAN}")
    return binaries.find(DEBIAN)


def step_down(way: Way, shelter: Path) -> Privilege:
    privilege = choose(way, shelter)
    if not privilege.reaches("true"):
        pytest.skip(f"stepping down by {way} does not work on this machine")
    return privilege


@pytest.fixture(scope="session")
def shelter() -> Iterator[Path]:
    """An open folder for copies of server programs, instead of the system's."""
    with tempfile.TemporaryDirectory(prefix="wangge-shelter-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def shipped() -> Binaries:
    return find_programs("shipped")


@pytest.fixture(scope="session")
def debian() -> Binaries:
    return find_programs("debian")


@pytest.fixture(
    scope="session",
    params=[("shipped", WAYS[0]), ("shipped", WAYS[-1]), ("debian", WAYS[-1])][-len(WAYS) - 1 :],
    ids="-".join,
)
def cluster(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shelter: Path
) -> Iterator[Cluster]:
    """A running scratch server with its three roles."""
    kind, way = request.param
    privilege = step_down(way, shelter)
    home = tmp_path_factory.mktemp("home")
    made = Cluster(home, find_programs(kind), privilege=privilege, memory=128, scratch=True)
    made.init()
    with made:
        roles.settle(made)
        yield made


@pytest.fixture(params=WAYS)
def privilege(request: pytest.FixtureRequest, shelter: Path) -> Privilege:
    return step_down(request.param, shelter)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, shipped: Binaries, shelter: Path) -> Path:
    """A home with an empty database of the shipped server, to be copied: five times faster than making one."""
    made = Cluster(tmp_path_factory.mktemp("template"), shipped, privilege=choose(shelter=shelter), scratch=True)
    made.init()
    return made.home.root


@pytest.fixture
def new(template: Path, shipped: Binaries, shelter: Path) -> Iterator[Callable[..., Cluster]]:
    """Makes clusters that end with the test: `new(home)` is a scratch one on the shipped server, not yet started."""
    made: list[Cluster] = []

    def make(home: Path, *, privilege: Privilege | None = None, scratch: bool = True) -> Cluster:
        one = Cluster(home, shipped, privilege=privilege or choose(shelter=shelter), memory=128, scratch=scratch)
        if not one.exists():
            shutil.copytree(template, home, dirs_exist_ok=True)
        made.append(one)
        return one

    yield make
    for one in made:
        one.stop()
