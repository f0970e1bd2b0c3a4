"""The demo city at full size: drawn and loaded in a process of its own, its time, its processor time and its memory."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools.bench.figures import Figure, Part
from wangge.web.environment import Environment
from wangge.web.postgres import binaries
from wangge.web.postgres.cluster import Cluster

HOW = (
    "`wangge demo --size city --load-only` in an empty home: PostgreSQL made and started, schema and definitions, the"
    " county drawn, loaded through the actions under row-level security, two years of cases kept, this morning's"
    " reports played. Processor time is that of the command alone; the server has the other core."
)
LATE = "select 100.0 * count(*) filter (where due_at < now()) / count(*) from cases_case where done_at is null"
COUNTS = (
    ("communities", "select count(*) from places_area where level = 'community'", "", "wanted 160"),
    ("buildings", "select count(*) from places_building", "", "wanted about 120,000"),
    ("dwellings", "select count(*) from places_dwelling", "", "wanted about 460,000"),
    ("cases", "select count(*) from cases_case", "", "wanted 200,000 and this morning's"),
    ("steps", "select count(*) from cases_step", "", ""),
    ("open", "select 100.0 * count(*) filter (where done_at is null) / count(*) from cases_case", "%", ""),
    ("late among the open", LATE, "%", ""),
)  # fmt: skip


@contextmanager
def empty_home() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="wangge-city-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(environment: Environment, port: int) -> Part:
    """Load once into a home of its own and count what is there."""
    code = "from wangge.web.commands.main import main; main()"
    command = [sys.executable, "-c", code, "demo", "--size", "city", "--load-only", "--port", str(port)]
    with empty_home() as home:
        begun = time.perf_counter()
        with subprocess.Popen(command, env=os.environ | {"WANGGE_HOME": str(home)}) as child:
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        taken = time.perf_counter() - begun
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, command)
        own = used.ru_utime + used.ru_stime
        counted = tuple(_counted(home, environment))
    return Part("City", HOW, (
        Figure("full-size city generated and loaded", taken, "s", "<= 180", f"command {own:.0f} s of processor"),
        Figure("memory of the loading process, at most", used.ru_maxrss / 1024, "MB", "<= 1024"),
        *counted,
    ))  # fmt: skip


def _counted(home: Path, environment: Environment) -> Iterator[Figure]:
    cluster = Cluster(home, binaries.find(environment.pg_bin))
    with cluster, psycopg.connect(cluster.dsn("wg_super")) as server:
        for name, question, unit, note in COUNTS:
            row = server.execute(question.encode()).fetchone()
            assert row is not None
            yield Figure(name, float(row[0]), unit, "", note)
