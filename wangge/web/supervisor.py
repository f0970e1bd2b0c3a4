"""The supervisor: starts database, worker and web server, watches them, stops them in order."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path

import click
import psycopg
import structlog
from django.db import connections

from wangge.core import machine_code
from wangge.web import house, ports
from wangge.web.databases import databases
from wangge.web.environment import Environment
from wangge.web.postgres import binaries, process, roles
from wangge.web.postgres.checks import check_durable
from wangge.web.postgres.cluster import Cluster
from wangge.web.trouble import Trouble, gettext_noop

PATIENCE = 10.0
ANSWERS_WITHIN = 60.0
LONGEST_PAUSE = 5.0
QUIET = 60.0
LOG_LIMIT = 20_000_000
THREADS = 2  # of each web process: one computes while the other waits for the database; more only wait for each other
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask ourselves when we serve everywhere

log = structlog.get_logger()


class Died(Trouble):
    """A process of the house does not come up."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    click.echo(f"· {title} … ", nl=False)
    begun = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - begun:.1f} s")


@dataclass
class Pause:
    """How long to wait before a process is started again: the more often it died lately, the longer."""

    deaths: int = 0
    last: float = 0.0
    until: float = 0.0

    def after_a_death(self, now: float) -> None:
        self.deaths = self.deaths + 1 if now - self.last < QUIET else 1
        self.last = now
        self.until = now + min(LONGEST_PAUSE, 0.25 * 2 ** (self.deaths - 1) if self.deaths > 1 else 0.0)


@dataclass
class Running:
    """The processes of one installation."""

    environment: Environment
    host: str
    port: int
    cluster: Cluster | None
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    pauses: dict[str, Pause] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)
    core: Path = machine_code.CORE
    compiling: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.environment.public_url or f"http://{host}:{self.port}/"

    def serve(self) -> None:
        """Start the web server and the worker, and return when the web server answers: pages come first."""
        connections.close_all()
        ports.claim(self.host, self.port)
        self._start("web")
        with step("Web server"):
            self._until_it_answers()
        self._start("worker")
        self.compile_loops()

    def wait(self) -> None:
        """Watch until Ctrl-C or SIGTERM; what dies is started again, at longer and longer intervals."""
        if self.ended.is_set():
            raise KeyboardInterrupt  # it came during the start, while a library was at work that swallowed it
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.ended.set())
        while not self.ended.wait(0.25):
            self._revive()
            self.note_compiled()

    def compile_loops(self) -> None:
        """Compile the loops of divisions where `make setup` did not: once, in a process nobody waits for."""
        if not machine_code.is_ready(self.core, self.environment.home):
            self.compiling = self._spawned("loops", [sys.executable, "-m", "wangge.web.compiling"])
            log.info("loops of divisions: compiled in the background, log in loops.log")

    def note_compiled(self) -> None:
        if self.compiling is not None and self.compiling.poll() is not None:
            log.info("loops of divisions: compiling ended", code=self.compiling.returncode)
            self.compiling = None

    def interrupt(self, *_signal: object) -> None:
        """Ctrl-C or SIGTERM during the start: remembered too, since not everything lets the exception through."""
        self.ended.set()
        raise KeyboardInterrupt

    def stop(self) -> None:
        """End everything in order; what does not end in time is killed, with all it started."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        children = [*self.children.values(), *([self.compiling] if self.compiling else [])]
        for child in children:
            child.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, until - time.monotonic()))
            bury(child)

    def _command(self, name: str) -> list[str]:
        return worker_command() if name == "worker" else web_command(self.environment, self.host, self.port)

    def _start(self, name: str) -> None:
        self.children[name] = self._spawned(name, self._command(name))

    def _spawned(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        path = self.environment.home / "log" / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as out:
            path.chmod(0o600)
            return process.spawn(command, out, ())

    def _until_it_answers(self) -> None:
        until = time.monotonic() + ANSWERS_WITHIN
        while time.monotonic() < until and self.children["web"].poll() is None:
            if self._answers() or self.ended.is_set():
                return
            time.sleep(0.05)
        silent = gettext_noop("The web server does not answer. Its log is %(log)s.")
        raise Died(silent, log=self.environment.home / "log" / "web.log")

    def _answers(self) -> bool:
        """Asked directly, past any proxy of the environment."""
        asked = http.client.HTTPConnection(EVERYWHERE.get(self.host, self.host), self.port, timeout=5)
        try:
            asked.request("GET", "/health")
            return asked.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def _revive(self) -> None:
        if self.cluster is not None and not self.cluster.is_running():
            self._again("database", self.cluster.start)
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                bury(child)
                self._again(name, partial(self._start, name))

    def _again(self, name: str, start: Callable[[], None]) -> None:
        """Start what died, unless it died too often lately; a start that fails is a death too."""
        pause, now = self.pauses.setdefault(name, Pause()), time.monotonic()
        if now < pause.until:
            return
        pause.after_a_death(now)
        log.warning("started again", process=name, deaths=pause.deaths)
        if pause.deaths == 5:
            ends = gettext_noop("%(name)s keeps ending and is started again and again. Its log is in %(folder)s.")
            click.secho(str(Died(ends, name=name, folder=self.environment.home / "log")), fg="red", err=True)
        with suppress(Trouble, OSError):
            start()


def bury(child: "subprocess.Popen[bytes]") -> None:
    """End what a child left behind: it leads a session of its own, and a killed web server leaves its workers."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def worker_command() -> list[str]:
    return [sys.executable, "-m", "wangge.web.worker"]


def web_command(environment: Environment, host: str, port: int) -> list[str]:
    static = str(files("wangge.web").joinpath("static"))
    options = {
        "--interface": "wsgi", "--host": host, "--port": str(port), "--workers": str(environment.workers),
        "--blocking-threads": str(THREADS), "--backlog": "1024",
        "--workers-kill-timeout": "5", "--log-level": "warning",
        "--static-path-route": "/static", "--static-path-mount": static, "--static-path-expires": "86400",
    }  # fmt: skip
    flat = [part for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *flat, "--respawn-failed-workers", "wangge.web.wsgi:application"]


@contextmanager
def running(environment: Environment, *, host: str | None = None, port: int | None = None) -> Iterator[Running]:
    """The database of the installation, up; whatever was started is stopped at the end."""
    host, port = host or environment.host, port or environment.port
    os.environ.update({"WANGGE_HOST": host, "WANGGE_PORT": str(port)})  # what the children serve is what was asked for
    house.folders(environment.home)
    ports.claim(host, port)
    cluster = None if environment.dsn else Cluster(environment.home, binaries.find(environment.pg_bin))
    held = Running(environment, host, port, cluster)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, held.interrupt)
    try:
        _database_up(environment, cluster)
        yield held
    finally:
        held.stop()
        connections.close_all()
        if cluster is not None:
            cluster.stop()


def _database_up(environment: Environment, cluster: Cluster | None) -> None:
    if cluster is None:
        with psycopg.connect(environment.dsn, autocommit=True) as outside:
            check_durable(outside)
        return
    with step("PostgreSQL"):
        cluster.init()
        cluster.start()
        roles.settle(cluster)
    refresh_connections(environment)


def refresh_connections(environment: Environment) -> None:
    """The passwords may have been made a moment ago: read them again."""
    for alias, fresh in databases(environment).items():
        connections[alias].close()
        connections[alias].settings_dict.update(fresh)


__all__ = ["Died", "Running", "running", "step"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
