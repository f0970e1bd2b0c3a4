"""A whole installation as its own processes, started from outside like an operator does it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg

from wangge.web.postgres.layout import Home

WANGGE = [sys.executable, "-c", "from wangge.web.commands import main; main()"]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def until(true: Callable[[], object], seconds: float) -> bool:
    """Wait until it is true; False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return bool(true())


def environment(home: Path, **given: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WANGGE_", "DJANGO_"))}
    named = {f"WANGGE_{name.upper()}": value for name, value in given.items()}
    return kept | {"WANGGE_HOME": str(home), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"} | named


def wangge(home: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the command line and wait for its end."""
    lent = {"LANG": given.pop("lang", "C.UTF-8")}
    return subprocess.run(
        [*WANGGE, *words],
        env=environment(home, **given) | lent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def network(key: str) -> str:
    """An address of this machine in a network drawn by the key: residents do not all share one line."""
    drawn = crc32(key.encode())
    return f"127.{drawn >> 8 & 255}.{drawn & 255}.1"


@dataclass
class House:
    """One supervised installation on a port of its own."""

    home: Path
    port: int = field(default_factory=free_port)
    supervisor: "subprocess.Popen[bytes] | None" = None

    def start(self, *words: str, **given: str) -> float:
        """Start and wait until it serves; return how long that took."""
        begun = time.monotonic()
        self.begin(*words, **given)
        assert until(lambda: "Ctrl-C stops everything." in self.said() or self.ended(), 120), self.said()
        assert not self.ended(), self.said()
        return time.monotonic() - begun

    def begin(self, *words: str, **given: str) -> None:
        with self.log.open("wb") as log:
            self.supervisor = subprocess.Popen(
                [*WANGGE, *(words or ("up",)), "--port", str(self.port)],
                env=environment(self.home, **given), stdout=log, stderr=log,
            )  # fmt: skip

    @property
    def log(self) -> Path:
        return self.home.with_name(f"{self.home.name}.log")

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ended(self) -> bool:
        return self.supervisor is not None and self.supervisor.poll() is not None

    def stop(self, order: int = signal.SIGINT, *, within: float = 30) -> int:
        """Send the signal to the supervisor and return its exit code."""
        assert self.supervisor is not None
        self.supervisor.send_signal(order)
        return self.supervisor.wait(within)

    def health(self) -> dict[str, Any] | None:
        try:
            status, body = self.ask("GET", "/health")
        except (OSError, http.client.HTTPException):
            return None
        return json.loads(body) if status == 200 else None

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, port: int | None = None, source: str = "127.0.0.1",
        **headers: str,
    ) -> tuple[int, bytes]:  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=10, source_address=(source, 0))
        try:
            connection.request(
                method,
                path,
                body,
                {"Connection": "close"} | {name.replace("_", "-"): value for name, value in headers.items()},
            )
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def report(self, place: str, text: str, key: str, *, port: int | None = None) -> tuple[int, dict[str, Any]]:
        """Send one report as a program does; the key makes sending it again safe. Each comes from its own network."""
        sent = json.dumps({"place": place, "text": text}).encode()
        status, body = self.ask(
            "POST",
            "/api/v1/reports",
            sent,
            port=port,
            source=network(key),
            Content_Type="application/json",
            Idempotency_Key=key,
        )
        try:
            return status, json.loads(body)
        except ValueError:
            return status, {}

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database past the application, as its superuser."""
        with psycopg.connect(Home(self.home).dsn("wg_super")) as connection:
            return connection.execute(question, values).fetchall()

    def places(self) -> list[str]:
        return [token for (token,) in self.rows("select token from places_building order by id")]

    def processes(self) -> dict[str, list[int]]:
        """Ids of the living processes of this home: web, worker, database."""
        found: dict[str, list[int]] = {"web": [], "worker": [], "database": []}
        mine = f"WANGGE_HOME={self.home}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
                is_mine = mine in (process / "environ").read_bytes().split(b"\0")
                cwd = str((process / "cwd").readlink())
            except OSError:
                continue
            sort = "web" if b"granian" in command else "worker" if b"wangge.web.worker" in command else ""
            if cwd.startswith(str(self.home / "pg")):
                sort = "database"
            if sort and state not in "ZX" and (is_mine or sort == "database"):
                found[sort].append(int(process.name))
        return found

    def is_empty(self) -> bool:
        return not any(self.processes().values())

    def leaders(self) -> dict[str, int]:
        """The process of each sort that the supervisor started itself."""
        assert self.supervisor is not None
        found = {}
        for sort, pids in self.processes().items():
            for pid in pids:
                try:
                    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
                except OSError:
                    continue
                if parent == self.supervisor.pid:
                    found[sort] = pid
        return found

    def end(self) -> None:
        """Leave nothing behind, whatever happened in the test."""
        if self.supervisor is not None and self.supervisor.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self.stop()
            self.supervisor.kill()
            self.supervisor.wait()
        if not until(self.is_empty, 15):
            for pids in self.processes().values():
                for pid in pids:
                    os.kill(pid, signal.SIGKILL)
