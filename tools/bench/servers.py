"""Servers of the bench as `wangge up` starts them, the load on them, and the CPU each took."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tools.bench.figures import percentile
from wangge.web import supervisor
from wangge.web.environment import Environment

TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[2]
WARM = 6.0  # seconds not counted: each process reads definitions and templates once


@contextmanager
def started(command: list[str], log: Path, **more: str) -> Iterator[int]:
    """A process of the house, ended with the block."""
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **more}, cwd=ROOT)
    try:
        yield child.pid
    finally:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(15)
        child.kill()
        child.wait()


@contextmanager
def web(environment: Environment, port: int, *, rival: str = "") -> Iterator[int]:
    """The web server with the shipped options; for a rival ("same", "bare") with another application."""
    command = supervisor.web_command(environment, "127.0.0.1", port)
    if rival:
        command[-1] = "tools.bench.rival:application"
    more = {"BENCH_RIVAL": rival, "PYTHONPATH": str(ROOT)} if rival else {}
    with started(command, environment.home / "log" / "bench.log", **more) as pid:
        until_it_answers(port, "/bare/" if rival else "/health")
        yield pid


def until_it_answers(port: int, path: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).close()
            return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(path)


def cpu_of(pid: int, only: str = "") -> float:
    """CPU seconds of a process and all below it, or only of those whose name holds a word."""
    parents: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                name, _end, rest = (entry / "stat").read_text(encoding="utf-8").rpartition(")")
                fields = rest.split()
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
                spent[int(entry.name)] = sum(map(int, fields[11:15])) / TICKS if only in name else 0.0
    waiting, total = [pid], 0.0
    while waiting:
        one = waiting.pop()
        total += spent.get(one, 0.0)
        waiting += parents.get(one, [])
    return total


@dataclass(frozen=True)
class Load:
    """What a load saw, and what it cost."""

    rate: float
    p50: float
    p95: float
    p99: float
    errors: int
    good_in_all: int
    web: float
    database: float
    client: float

    def __str__(self) -> str:
        return (
            f"p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms, p99 {self.p99:.0f} ms, {self.errors} errors; CPU a request:"
            f" web {self.web:.1f} ms, PostgreSQL {self.database:.1f} ms; the client took {self.client:.0%} of a core"
        )


def load(pid: int, database: int, *, good: int, seconds: float, **task: Any) -> Load:
    """Put a load on a server and count good answers as `rate`."""
    given = {"warm": WARM, "seconds": seconds, "good": good, **task}
    with subprocess.Popen(
        [sys.executable, "-m", "tools.bench.client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as client:
        assert client.stdin is not None
        client.stdin.write(json.dumps(given))
        client.stdin.close()
        time.sleep(WARM)
        before, there = cpu_of(pid), cpu_of(database)
        time.sleep(seconds)
        after, thereafter = cpu_of(pid), cpu_of(database)
        assert client.stdout is not None
        seen = json.load(client.stdout)
    counted = sum(seen["statuses"].values())
    right = seen["statuses"].get(str(good), 0)
    waits = [1000 * each for each in seen["waits"]]
    return Load(
        rate=right / seconds, p50=percentile(waits, 0.5), p95=percentile(waits, 0.95), p99=percentile(waits, 0.99),
        errors=counted - right, good_in_all=seen["good_in_all"], web=1000 * (after - before) / max(counted, 1),
        database=1000 * (thereafter - there) / max(counted, 1), client=seen["cpu"] / (seconds + WARM),
    )  # fmt: skip
