"""Save an installation as it stands, bring it back, and prove that what was saved comes back.

A set is a physical copy of the database with its write-ahead log, the photos and the passwords.
The vault's keys go to a place of their own, so that nobody holds both by holding one.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

import psycopg

from wangge.web.postgres import process
from wangge.web.postgres.binaries import Binaries
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.layout import PORT, private_folder
from wangge.web.postgres.manifest import BadBackup, Kind, Manifest, listing, read
from wangge.web.postgres.privilege import Privilege
from wangge.web.trouble import Trouble, gettext_noop

CARRIED = ("media", "secrets")


class BackupRefused(Trouble):
    """The backup was not taken or brought back; nothing that was there has changed."""


@dataclass(frozen=True)
class Restored:
    """What came back: the backup's list, and the destroyed keys that were left out."""

    manifest: Manifest
    keys: tuple[str, ...]
    refused_keys: tuple[str, ...]


def take(cluster: Cluster, target: Path, *, taken_at: datetime, keys_target: Path | None = None) -> Manifest:
    """Save a running installation into the new folder `target`, and its vault keys into `keys_target`.

    The database comes first: photos saved after it can only be more than it knows. A backup that was
    broken off stays under the name `<target>.partial` and is never taken for a whole one.
    """
    _must_be_free(target)
    if keys_target is not None:
        _must_be_free(keys_target)
        if _within(keys_target, target) or _within(target, keys_target):
            apart = gettext_noop("Keys and data are saved in two places: %(keys)s and %(target)s lie in each other.")
            raise BackupRefused(apart, keys=keys_target, target=target)
    draft = _draft(target)
    _base_backup(cluster, draft / "pg")
    for name in CARRIED:
        _copy_tree(cluster.home.root / name, draft / name)
    mark = token_hex(16)
    manifest = _sign(cluster, draft, "installation", mark, taken_at)
    if keys_target is not None:
        keys_draft = _draft(keys_target)
        _copy_keys(cluster.home.root / "keys", keys_draft / "keys")
        _sign(cluster, keys_draft, "keys", mark, taken_at)
        _publish(keys_draft, keys_target)
    _publish(draft, target)
    return manifest


def restore(
    source: Path,
    home: Path,
    *,
    destroyed: Collection[str],
    keys: Path | None = None,
    system: str | None = None,
) -> Restored:
    """Bring a backup into an empty home; refuse with a sentence before anything is written.

    `keys` is the folder of the saved vault keys; ids in `destroyed` are left out and named in the answer
    (the file of a key is `<id>.key`). `system` is the identifier the backup must have.
    """
    _must_be_empty(home)
    manifest = _checked(source, "installation", system)
    if int.from_bytes((source / "pg/global/pg_control").read_bytes()[:8], "little") != int(manifest.system):
        raise BadBackup(gettext_noop("The list in %(source)s belongs to another backup."), source=source)
    saved_keys = {keys / name: name for name in _checked(keys, "keys", manifest.system).files} if keys else {}
    refused = [name for name in saved_keys.values() if Path(name).stem in destroyed]
    kept = {path: name for path, name in saved_keys.items() if name not in refused}
    private_folder(home)
    draft = private_folder(home / ".restoring")
    _copy_tree(source, draft, leave=("backup.json",))
    for path, name in kept.items():
        _copy_file(path, draft / name)
    os.sync()
    for part in sorted(draft.iterdir(), key=lambda path: path.name == "pg"):
        part.rename(home / part.name)
    draft.rmdir()
    os.sync()
    return Restored(manifest, _ids(kept.values()), _ids(refused))


def verify(
    source: Path,
    binaries: Binaries,
    *,
    keys: Path | None = None,
    destroyed: Collection[str] = (),
    privilege: Privilege | None = None,
    space: Path | None = None,
    check: Callable[[Cluster], None] | None = None,
) -> Manifest:
    """Prove a backup: digests, PostgreSQL's own verification, and a server started on a restored copy.

    `check` gets that running copy, to compare row counts and seals. Nothing of the copy stays; it needs
    room for a second installation in `space` (default: the system's folder for temporary files).
    """
    manifest = _checked(source, "installation", None)
    tool = binaries.bin / "pg_verifybackup"
    if tool.is_file():
        _run([str(tool), "--quiet", str(source / "pg")], process.environment())
    with tempfile.TemporaryDirectory(prefix="wangge-verify-", dir=space) as folder:
        restore(source, Path(folder, "home"), keys=keys, destroyed=destroyed)
        with Cluster(Path(folder, "home"), binaries, privilege=privilege, memory=256, scratch=True) as copy:
            with psycopg.connect(copy.dsn("wg_super")) as connection:
                connection.execute("select count(*) from pg_class")
            if check is not None:
                check(copy)
    return manifest


def system_of(cluster: Cluster) -> str:
    """The identifier PostgreSQL gave this installation's data at birth; a restored copy keeps it."""
    with psycopg.connect(cluster.dsn("wg_super", "postgres")) as connection:
        row = connection.execute("select system_identifier::text from pg_control_system()").fetchone()
    return str(row[0]) if row else ""


def _base_backup(cluster: Cluster, target: Path) -> None:
    command = [cluster.binaries.tool("pg_basebackup"), "-D", str(target), "-X", "stream", "-c", "fast"]
    command += ["--manifest-checksums=SHA256", "--no-password"]
    address = {
        "PGHOST": str(cluster.home.sockets),
        "PGPORT": str(PORT),
        "PGUSER": "wg_super",
        "PGPASSWORD": cluster.home.password("wg_super"),
    }
    if not cluster.is_running():
        idle = gettext_noop("The database in %(home)s is not running. Start wangge first: a backup is taken at work.")
        raise BackupRefused(idle, home=cluster.home.root)
    _run(command, process.environment() | address)


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        failed = gettext_noop("%(program)s ended with an error: %(reason)s")
        raise BackupRefused(failed, program=Path(command[0]).name, reason=done.stderr.strip())


def _sign(cluster: Cluster, folder: Path, kind: Kind, mark: str, taken_at: datetime) -> Manifest:
    major = cluster.binaries.version[0]
    manifest = Manifest(kind, mark, system_of(cluster), major, taken_at.isoformat(), listing(folder))
    manifest.write(folder)
    return manifest


def _checked(folder: Path, kind: Kind, system: str | None) -> Manifest:
    manifest = read(folder, kind)
    if system is not None and manifest.system != system:
        foreign = gettext_noop("%(folder)s is a backup of another installation.")
        raise BadBackup(foreign, folder=folder)
    manifest.check(folder)
    return manifest


def _must_be_free(target: Path) -> None:
    if target.exists():
        there = gettext_noop("%(target)s is already there. A backup goes into a new folder; nothing is overwritten.")
        raise BackupRefused(there, target=target)


def _must_be_empty(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        full = gettext_noop("%(home)s is not empty. A backup comes back into an empty folder; nothing is overwritten.")
        raise BackupRefused(full, home=home)


def _within(inner: Path, outer: Path) -> bool:
    return inner.absolute().is_relative_to(outer.absolute())


def _draft(target: Path) -> Path:
    draft = target.with_name(f"{target.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    return private_folder(draft)


def _publish(draft: Path, target: Path) -> None:
    os.sync()
    draft.rename(target)
    os.sync()


def _copy_tree(source: Path, target: Path, leave: Collection[str] = ()) -> None:
    private_folder(target)
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if path.is_dir():
            private_folder(target / name)
        elif name.as_posix() not in leave:
            _copy_file(path, target / name)


def _copy_file(source: Path, target: Path) -> None:
    private_folder(target.parent)
    shutil.copyfile(source, target)
    target.chmod(0o600)


def _copy_keys(source: Path, target: Path) -> None:
    """Copy until nothing moved meanwhile: a destruction rewraps every key under a new master."""
    for _ in range(5):
        with suppress(FileNotFoundError):
            _copy_tree(source, target)
            if listing(source) == listing(target):
                return
        shutil.rmtree(target, ignore_errors=True)
    raise BackupRefused(gettext_noop("The keys in %(folder)s kept changing. Take the backup again."), folder=source)


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(Path(name).stem for name in names if name.endswith(".key"))
