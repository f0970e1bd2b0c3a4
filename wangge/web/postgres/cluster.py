"""One PostgreSQL of our own in an installation's home: make it, start it, stop it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from wangge.web.postgres import config, process
from wangge.web.postgres.binaries import Binaries
from wangge.web.postgres.checks import ServerTrouble, check_durable, check_trigrams
from wangge.web.postgres.layout import DATABASE, Home, Role, private_folder, sync_folder
from wangge.web.postgres.privilege import Privilege, choose
from wangge.web.trouble import gettext_noop

READY_WITHIN = 120.0  # seconds; recovery after a power cut may take its time
FREE_WITHIN = 30.0
STOP_WITHIN = 30.0
LOG_LIMIT = 20_000_000
STILL_TAKEN = ('"postmaster.pid" already exists', "shared memory block")


class Cluster:
    """The server of one home. `with cluster:` starts it and stops it; another process may use `dsn` meanwhile.

    Start it from a thread that lives as long as the server should: the server follows that thread into death.
    `memory` is in megabytes; `scratch` switches off what keeps writes safe and is for thrown-away copies only.
    """

    def __init__(
        self,
        home: Path,
        binaries: Binaries,
        *,
        privilege: Privilege | None = None,
        memory: int = 1024,
        scratch: bool = False,
    ) -> None:
        self.home = Home(home)
        self.binaries = binaries
        self.privilege = privilege or choose()
        self.memory = memory
        self.scratch = scratch
        self._server: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._log_from = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def dsn(self, role: Role, dbname: str = DATABASE) -> str:
        """Connection string of a role, password included: never print it."""
        return self.home.dsn(role, dbname)

    def exists(self) -> bool:
        return (self.home.data / "PG_VERSION").is_file()

    def pid(self) -> int | None:
        """The process id of the server at work on this home, whoever started it."""
        if self._server is not None and self._server.poll() is None:
            return self._server.pid
        pid = process.recorded(self.home.data)
        return pid if pid is not None and process.serves(pid, self.home.data) else None

    def is_running(self) -> bool:
        return self.pid() is not None

    def init(self) -> None:
        """Make the data folder when there is none; half-made ones are thrown away."""
        held = self._hold()
        try:
            if not self.exists():
                self._make()
        finally:
            if held:
                self._let_go()

    def start(self) -> None:
        """Start and wait until a real connection answers; raise HomeTaken or ServerTrouble with a plain sentence."""
        if self._server is not None and self._server.poll() is None:
            return
        self._hold()
        try:
            self._check_version()
            self._wait_for_the_last_one()
            self._prepare()
            self._launch()
            self._inspect()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shut the server down (open transactions are rolled back) and let go of the home."""
        server, self._server = self._server, None
        if server is not None:
            for order in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                server.send_signal(order)
                with suppress(subprocess.TimeoutExpired):
                    server.wait(STOP_WITHIN)
                    break
        self._let_go()

    def _hold(self) -> bool:
        if self._lock is not None:
            return False
        self._lock = self.home.hold()
        return True

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _make(self) -> None:
        draft = self.home.data.with_name("pg.new")
        shutil.rmtree(draft, ignore_errors=True)
        private_folder(draft)
        self.privilege.adopt(draft)
        password = self.home.make_password("wg_super")
        with tempfile.TemporaryDirectory(prefix="wangge-") as folder, self.privilege.opened(draft) as (data, inherit):
            note = Path(folder, "password")
            note.touch(mode=0o600)
            note.write_text(password)
            self.privilege.adopt(Path(folder))
            command = [*self.privilege.prefix, str(self.privilege.programs(self.binaries) / "initdb")]
            command += ["-D", data, f"--pwfile={note}", *self._birth_marks()]
            done = subprocess.run(
                command, capture_output=True, text=True, env=process.environment(), pass_fds=inherit, check=False
            )
        if done.returncode != 0:
            failed = gettext_noop("The database folder %(folder)s could not be made: %(reason)s")
            raise ServerTrouble(failed, folder=draft, reason=done.stderr.strip() or done.stdout.strip())
        draft.rename(self.home.data)
        sync_folder(self.home.root)

    def _birth_marks(self) -> list[str]:
        """Choices that cannot be changed later; without a UTF-8 LC_CTYPE there are no trigrams of Chinese."""
        marks = ["-U", "wg_super", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"]
        marks += ["--auth-local=scram-sha-256", "--auth-host=reject"]
        if self.binaries.version[0] >= 17:
            marks += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            marks += ["--locale-provider=libc"]
        return [*marks, "--no-sync"] if self.scratch else marks

    def _check_version(self) -> None:
        if not self.exists():
            absent = gettext_noop("There is no database in %(home)s yet. Run `wangge up`, or bring back a backup.")
            raise ServerTrouble(absent, home=self.home.root)
        made_by = (self.home.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.binaries.version[0]):
            raise ServerTrouble(
                gettext_noop(
                    "The data in %(home)s were written by PostgreSQL %(made_by)s, but the programs in %(folder)s are "
                    "version %(version)s. Name the right programs in WANGGE_PG_BIN."
                ),
                home=self.home.root,
                made_by=made_by,
                folder=self.binaries.bin,
                version=self.binaries.version[0],
            )

    def _wait_for_the_last_one(self) -> None:
        """A server left over from a killed supervisor is shutting down: give it time, then say so."""
        deadline, pause = time.monotonic() + FREE_WITHIN, 0.05
        while (pid := self.pid()) is not None:
            if time.monotonic() > deadline:
                busy = gettext_noop("A PostgreSQL (process %(pid)s) still works on %(folder)s. Stop it first.")
                raise ServerTrouble(busy, pid=pid, folder=self.home.data)
            time.sleep(pause)
            pause = min(1.0, pause * 2)
        # Nobody lives here, and we hold the lock: a note left by the dead must not stop us (small process ids recur).
        (self.home.data / "postmaster.pid").unlink(missing_ok=True)

    def _prepare(self) -> None:
        data = self.home.data
        text = config.render(self.binaries.version[0], self.memory, scratch=self.scratch)
        for name, content in (("postgresql.conf", text), ("pg_hba.conf", config.ACCESS)):
            (data / name).write_text(content)
            (data / name).chmod(0o600)
            if self.privilege.way != "plain":
                os.chown(data / name, self.privilege.uid, self.privilege.gid)
        self._check_sockets(private_folder(self.home.sockets))
        self.privilege.adopt(data, self.home.sockets)
        private_folder(self.home.log.parent)
        if self.home.log.exists() and self.home.log.stat().st_size > LOG_LIMIT:
            self.home.log.replace(self.home.log.with_suffix(".log.1"))

    def _check_sockets(self, folder: Path) -> None:
        if folder.is_relative_to(self.home.root):
            return
        seen = folder.lstat()
        if folder.is_symlink() or seen.st_uid not in {os.geteuid(), self.privilege.uid} or seen.st_mode & 0o077:
            foreign = gettext_noop(
                "%(folder)s, where the database's socket belongs, is not a private folder of ours. "
                "Remove it and start again."
            )
            raise ServerTrouble(foreign, folder=folder)

    def _launch(self) -> None:
        """Start until it answers; a predecessor not yet buried by the system is waited for."""
        deadline, pause = time.monotonic() + FREE_WITHIN, 0.1
        while not self._came_up():
            reason = self._last_words()
            if not any(sign in reason for sign in STILL_TAKEN) or time.monotonic() > deadline:
                failed = gettext_noop("PostgreSQL did not start. Its log %(log)s ends with: %(reason)s")
                raise ServerTrouble(failed, log=self.home.log, reason=reason)
            time.sleep(pause)
            pause = min(2.0, pause * 2)

    def _came_up(self) -> bool:
        programs = self.privilege.programs(self.binaries)
        with (
            self.privilege.opened(self.home.data) as (data, a),
            self.privilege.opened(self.home.sockets) as (sockets, b),
            self.home.log.open("ab") as log,
        ):
            self.home.log.chmod(0o600)
            self._log_from = self.home.log.stat().st_size
            command = [*self.privilege.prefix, str(programs / "postgres"), "-D", data, "-k", sockets]
            self._server = process.spawn(command, log, (*a, *b))
        deadline = time.monotonic() + READY_WITHIN
        while self._server.poll() is None:
            if (self.home.sockets / ".s.PGSQL.5432").exists() and self._answers():
                return True
            if time.monotonic() > deadline:
                slow = gettext_noop("PostgreSQL did not answer within %(seconds)s seconds. Its log is %(log)s.")
                raise ServerTrouble(slow, seconds=int(READY_WITHIN), log=self.home.log)
            time.sleep(0.02)
        return False

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.dsn("wg_super", "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                refused = gettext_noop(
                    "The database does not know the password in %(path)s: the folders secrets and pg do not belong "
                    "together. Bring both back from one backup."
                )
                raise ServerTrouble(refused, path=self.home.secrets / "wg_super") from error
            return False
        return True

    def _last_words(self) -> str:
        with self.home.log.open("rb") as log:
            log.seek(self._log_from)
            lines = log.read().decode(errors="replace").strip().splitlines()
        return " ".join(lines[-4:])

    def _inspect(self) -> None:
        with psycopg.connect(self.dsn("wg_super", "postgres"), autocommit=True) as connection:
            check_trigrams(connection)
            if not self.scratch:
                check_durable(connection)
