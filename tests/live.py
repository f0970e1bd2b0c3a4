"""The house as a visitor meets it: the real web server and the real worker on a test database."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from tests.home import HOME
from wangge.web.postgres.cluster import Cluster

PATIENCE = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def dsn(cluster: Cluster, role: str, name: str) -> str:
    """The database of one test as an address, for processes of their own."""
    password = cluster.home.password(role)  # type: ignore[arg-type] # one of the three
    return f"postgresql://{role}:{quote(password)}@/{name}?host={quote(str(cluster.home.sockets), safe='')}"


@dataclass
class Live:
    """A served test database."""

    port: int
    environment: dict[str, str]
    log: Path
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        from wangge.web.environment import read
        from wangge.web.supervisor import web_command, worker_command

        settings = read(self.environment)
        command = worker_command() if name == "worker" else web_command(settings, "127.0.0.1", self.port)
        with (self.log / f"{name}.log").open("ab") as out:
            self.children[name] = subprocess.Popen(command, env=self.environment, stdout=out, stderr=out)

    def until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urlopen(f"{self.url}/health", timeout=2).close()  # noqa: S310 - our own address
            except (URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.log / "web.log").read_text()[-3000:])

    def stop(self) -> None:
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()


@contextmanager
def serving(cluster: Cluster, name: str, log: Path, *, worker: bool = True) -> Iterator[Live]:
    """Serve the database of a test until the block ends."""
    environment = {
        **os.environ,
        "WANGGE_HOME": str(HOME),
        "WANGGE_DSN": dsn(cluster, "wg_app", name),
        "WANGGE_OWNER_DSN": dsn(cluster, "wg_owner", name),
        "WANGGE_WORKERS": "1",
        "PYTHONPATH": str(Path.cwd()),
    }
    live = Live(free_port(), environment, log)
    try:
        live.start("web")
        if worker:
            live.start("worker")
        live.until_it_answers()
        yield live
    finally:
        live.stop()
