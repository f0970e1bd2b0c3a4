"""PostgreSQL refuses to run as root: step down to nobody, by a namespace where allowed, else by setpriv."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from wangge.web.postgres.binaries import Binaries
from wangge.web.trouble import Trouble, gettext_noop

Way = Literal["plain", "namespace", "setpriv"]
SHELTER = Path("/var/lib/wangge")


class CannotStepDown(Trouble):
    """Root has no way to run the server as somebody else."""


@dataclass(frozen=True)
class Privilege:
    """How server programs are run, and to whom their files must belong in the eyes of the kernel."""

    way: Way
    prefix: tuple[str, ...] = ()
    uid: int = field(default_factory=os.geteuid)
    gid: int = field(default_factory=os.getegid)
    shelter: Path = SHELTER

    def reaches(self, *command: str) -> bool:
        """Whether this command ends well when stepped down."""
        return _runs(*self.prefix, *command)

    def adopt(self, *trees: Path) -> None:
        """Make files and folders belong to whoever will run the server; the tops change last."""
        if self.way == "plain":
            return
        for top in trees:
            seen = top.lstat()
            if (seen.st_uid, seen.st_gid) == (self.uid, self.gid):
                continue
            for folder, _, names in os.walk(top, topdown=False):
                for name in names:
                    os.lchown(Path(folder, name), self.uid, self.gid)
                os.lchown(folder, self.uid, self.gid)

    @contextmanager
    def opened(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """A path of the folder that the stepped-down program can use, and the descriptors it must inherit.

        A home below a folder closed to nobody (mode 700) is entered through a descriptor opened
        before stepping down, so that no parent folder has to be opened to the world.
        """
        if self.way == "plain" or self.reaches("test", "-w", str(folder)):
            yield str(folder), ()
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)

    def programs(self, binaries: Binaries) -> Path:
        """The folder of the server programs, copied to where the user nobody can read it when it has to be."""
        server = str(binaries.bin / "postgres")
        # setpriv still has root's reach while it starts a program, the program no longer: so both questions.
        if self.way == "plain" or (self.reaches("test", "-x", server) and self.reaches(server, "--version")):
            return binaries.bin
        return _sheltered(binaries, self.shelter)


def choose(way: Way | None = None, shelter: Path = SHELTER) -> Privilege:
    """The way down for the present user; tests name one to force it."""
    if way == "plain" or (way is None and os.geteuid() != 0):
        return Privilege("plain")
    nobody = _nobody()
    namespace = ("unshare", "-U", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    if way == "namespace" or (way is None and _runs_once(*namespace, "true")):
        return Privilege("namespace", namespace, shelter=shelter)
    drop = ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--pdeathsig", "INT")
    if way == "setpriv" or _runs_once(*drop, "true"):
        return Privilege("setpriv", drop, nobody.pw_uid, nobody.pw_gid, shelter)
    raise CannotStepDown(
        gettext_noop(
            "PostgreSQL does not run as root, and neither user namespaces nor setpriv work here. "
            "Start wangge from an ordinary account, or name an outside server in WANGGE_DSN."
        )
    )


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError as error:
        raise CannotStepDown(
            gettext_noop(
                "This machine has no account named nobody. Start wangge from an ordinary account instead of root."
            )
        ) from error


def _runs(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@cache
def _runs_once(*command: str) -> bool:
    return _runs(*command)


def _sheltered(binaries: Binaries, shelter: Path) -> Path:
    """Copy the installation (and the libraries wheels keep beside the package) to an open place."""
    installation = binaries.bin.parent
    package = installation.parent
    mark = sha256(f"{binaries.bin}:{(binaries.bin / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    place = shelter / f"postgres-{binaries.version[0]}.{binaries.version[1]}-{mark}"
    if not place.exists():
        if not shelter.exists():
            shelter.mkdir(parents=True)
            shelter.chmod(0o755)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(installation, draft / package.name / installation.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_read(draft)
        draft.rename(place)
    if place.stat().st_uid != os.geteuid():
        foreign = gettext_noop("%(place)s belongs to somebody else. Remove it and start again.")
        raise CannotStepDown(foreign, place=place)
    return place / package.name / installation.name / binaries.bin.name


def _open_to_read(tree: Path) -> None:
    for folder, _, names in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
