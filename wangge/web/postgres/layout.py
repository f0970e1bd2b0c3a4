"""Where the database keeps its files in an installation's home, and the passwords of its roles."""

import fcntl
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Literal

from psycopg.conninfo import make_conninfo

from wangge.web.trouble import Trouble, gettext_noop

Role = Literal["wg_super", "wg_owner", "wg_app"]
ROLES: tuple[Role, ...] = ("wg_super", "wg_owner", "wg_app")
DATABASE = "wangge"
PORT = 5432
SHORT = Path("/tmp")  # noqa: S108 - the same for every process and environment; the folder in it is checked
LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel takes 107 with "/.s.PGSQL.5432.lock" behind it


class HomeTaken(Trouble):
    """Another instance holds this home."""


class SecretLost(Trouble):
    """A password file is missing."""


@dataclass(frozen=True)
class Home:
    """Paths of one installation as far as the database is concerned."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.absolute())

    @property
    def data(self) -> Path:
        return self.root / "pg"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def log(self) -> Path:
        return self.root / "log" / "postgres.log"

    @property
    def sockets(self) -> Path:
        """Folder of the server's socket: in the home, or under a short hashed name when that path is too long."""
        near = self.root / "run"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
            return near
        return SHORT / f"wangge-{sha256(os.fsencode(self.root)).hexdigest()[:16]}"

    def dsn(self, role: Role, dbname: str = DATABASE) -> str:
        """Connection string of a role over the socket, password included: never print it."""
        password = self.password(role)
        return make_conninfo(host=str(self.sockets), port=PORT, user=role, password=password, dbname=dbname)

    def password(self, role: Role) -> str:
        try:
            return (self.secrets / role).read_text(encoding="ascii").strip()
        except FileNotFoundError as error:
            lost = gettext_noop(
                "The password of %(role)s is missing: %(path)s. Bring it back from a backup of the secrets folder."
            )
            raise SecretLost(lost, role=role, path=self.secrets / role) from error

    def make_password(self, role: Role) -> str:
        """The role's password, drawn and stored for its owner's eyes only when there is none yet."""
        private_folder(self.secrets)
        path = self.secrets / role
        if not path.exists():
            draft = path.with_name(f".{role}.new")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(token_urlsafe(32) + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
            sync_folder(self.secrets)
        return self.password(role)

    def hold(self) -> int:
        """Lock the home for one instance; closing the descriptor, or dying, lets go."""
        private_folder(self.root)
        descriptor = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            taken = gettext_noop(
                "Another wangge already works in %(home)s. Stop it first, or name another folder in WANGGE_HOME."
            )
            raise HomeTaken(taken, home=self.root) from error
        return descriptor


def private_folder(path: Path) -> Path:
    """Make a folder for its owner alone."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
