"""The supervisor: starts database, worker and web server, watches them, stops them in order."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import click
from django.db import connections

from wangge.web import house, ports
from wangge.web.environment import Environment
from wangge.web.postgres import binaries, process, roles
from wangge.web.postgres.cluster import Cluster
from wangge.web.trouble import Trouble, gettext_noop

PATIENCE = 10.0


class Died(Trouble):
    """A process of the house ended by itself, again and again."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    click.echo(f"· {title} … ", nl=False)
    begun = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - begun:.1f} s")


@dataclass
class Running:
    """The processes of one installation."""

    environment: Environment
    host: str
    port: int
    cluster: Cluster | None
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    restarts: dict[str, list[float]] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return self.environment.public_url or f"http://{self.host}:{self.port}/"

    def serve(self) -> None:
        """Start the worker and the web server, and return when the web server answers."""
        connections.close_all()
        ports.claim(self.host, self.port)
        self._start("worker", worker_command())
        self._start("web", web_command(self.environment, self.host, self.port))
        with step("Web server"):
            self._until_it_answers()

    def _start(self, name: str, command: list[str]) -> None:
        log = self.environment.home / "log" / f"{name}.log"
        with log.open("ab") as out:
            self.children[name] = process.spawn(command, out, ())

    def _until_it_answers(self) -> None:
        from urllib.error import URLError  # noqa: PLC0415 - slow import
        from urllib.request import urlopen  # noqa: PLC0415 - slow import

        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(URLError, OSError):
                urlopen(f"http://{self.host}:{self.port}/health", timeout=2).close()
                return
            time.sleep(0.1)
        raise Died(gettext_noop("The web server does not answer. Its log is %(log)s."),
                   log=self.environment.home / "log" / "web.log")  # fmt: skip

    def wait(self) -> None:
        """Watch until Ctrl-C or SIGTERM; a process that dies is started again, five times a minute at most."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.ended.set())
        while not self.ended.wait(0.5):
            self._revive()

    def _revive(self) -> None:
        if self.cluster is not None and not self.cluster.is_running():
            self.cluster.stop()
            self.cluster.start()
        for name, child in list(self.children.items()):
            if child.poll() is None:
                continue
            now = time.monotonic()
            recent = [at for at in self.restarts.get(name, []) if now - at < 60]
            if len(recent) >= 5:
                raise Died(gettext_noop("%(name)s ended five times in a minute. Its log is in %(folder)s."),
                           name=name, folder=self.environment.home / "log")  # fmt: skip
            self.restarts[name] = [*recent, now]
            command = worker_command() if name == "worker" else web_command(self.environment, self.host, self.port)
            self._start(name, command)

    def stop(self) -> None:
        for child in self.children.values():
            child.send_signal(signal.SIGTERM)
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(PATIENCE)
            if child.poll() is None:
                child.kill()


def worker_command() -> list[str]:
    return [sys.executable, "-m", "wangge.web.worker"]


def web_command(environment: Environment, host: str, port: int) -> list[str]:
    static = str(files("wangge.web").joinpath("static"))
    options = {
        "--interface": "wsgi", "--host": host, "--port": str(port), "--workers": str(environment.workers),
        "--blocking-threads": "4", "--backlog": "1024", "--workers-kill-timeout": "5", "--log-level": "warning",
        "--static-path-route": "/static", "--static-path-mount": static, "--static-path-expires": "86400",
    }  # fmt: skip
    flat = [part for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *flat, "--respawn-failed-workers", "wangge.web.wsgi:application"]


@contextmanager
def running(environment: Environment, *, host: str | None = None, port: int | None = None) -> Iterator[Running]:
    """The database of the installation, up; whatever was started is stopped at the end."""
    host, port = host or environment.host, port or environment.port
    house.folders(environment.home)
    ports.claim(host, port)
    cluster = None if environment.dsn else Cluster(environment.home, binaries.find(environment.pg_bin))
    held = Running(environment, host, port, cluster)
    try:
        if cluster is not None:
            with step("PostgreSQL"):
                cluster.init()
                cluster.start()
                roles.settle(cluster)
            refresh_connections(environment)
        yield held
    finally:
        held.stop()
        connections.close_all()
        if cluster is not None:
            cluster.stop()


def refresh_connections(environment: Environment) -> None:
    """The passwords may have been made a moment ago: read them again."""
    from wangge.web.databases import databases  # noqa: PLC0415 - read late on purpose: app ready

    for alias, fresh in databases(environment).items():
        connections[alias].close()
        connections[alias].settings_dict.update(fresh)


def home_of(environment: Environment) -> Path:
    return environment.home


__all__ = ["Died", "Running", "running", "step"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
