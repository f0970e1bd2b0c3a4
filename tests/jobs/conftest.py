"""A real worker process on the test's own database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from tests.home import HOME
from wangge.web.postgres.cluster import Cluster

Start = Callable[..., "subprocess.Popen[bytes]"]


def until(true: Callable[[], object], seconds: float = 20.0) -> bool:
    """Wait until it is true; False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return bool(true())


def dsn(cluster: Cluster, database: str) -> str:
    password = quote(cluster.home.password("wg_app"), safe="")
    return f"postgresql://wg_app:{password}@/{database}?host={quote(str(cluster.home.sockets), safe='')}"


@pytest.fixture
def worker(cluster: Cluster, db: str) -> Iterator[Start]:
    """`worker()` starts one and gives its process; settings by keyword."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**given: str) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WANGGE_")}
        environment |= {"WANGGE_HOME": str(HOME), "WANGGE_DSN": dsn(cluster, db)}
        environment |= {f"WANGGE_{name.upper()}": value for name, value in given.items()}
        log = (HOME / "log" / "worker.log").open("ab")
        process = subprocess.Popen([sys.executable, "-m", "wangge.web.worker"], env=environment, stdout=log, stderr=log)
        log.close()
        started.append(process)
        return process

    yield start
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.wait()
    (HOME / "anchors" / "anchors.jsonl").unlink(missing_ok=True)  # other books follow
