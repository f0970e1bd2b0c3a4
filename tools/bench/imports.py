"""460,000 dwellings from a CSV through the whole staged import: time and memory of the command."""

import csv
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from django.utils import timezone

from tools.bench import servers
from tools.bench.figures import Figure, Part
from wangge.jobs.system import as_system
from wangge.places.actions import keep
from wangge.places.models import Area, Building, Compound, Grid
from wangge.web.environment import Environment
from wangge.web.postgres.cluster import Cluster

COMPOUNDS, HOUSES, UNITS, FLOORS, ROOMS = 40, 240, 2, 12, 2
DWELLINGS = COMPOUNDS * HOUSES * UNITS * FLOORS * ROOMS
HOW = (
    f"`wangge import dwellings.csv --kind dwellings --yes` of {DWELLINGS:,} dwellings in {COMPOUNDS * HOUSES:,}"
    " buildings into the county of this bench: read, checked, written by chunks with before-images and digests, the"
    " same file again (nothing to change), then given back. Memory is the largest of"
    " the command with its helpers."
)


def compounds() -> None:
    """Compounds and buildings without dwellings, which the list fills."""
    with as_system("bench") as system:
        if Compound.objects.filter(name="新苑1").exists():
            return
        community = Area.objects.filter(level="community").order_by("id")[0]
        grid = keep(
            [Area(parent=community, level="grid", name="新苑", valid_from=timezone.localdate())], by=system
        ).rows[0]
        keep([Grid(area=grid, number="BENCH", token=secrets.token_hex(6))], by=system)
        made = keep([
            Compound(
                community=community, name=f"新苑{n}", kind="towers", token=secrets.token_hex(6), lon=121.1, lat=31.5
            )
            for n in range(1, COMPOUNDS + 1)
        ], by=system).rows  # fmt: skip
        keep([
            Building(
                compound=one, grid=grid, name=f"{n}幢", order=n, token=secrets.token_hex(6), floors=FLOORS, lift=True,
                lon=121.1, lat=31.5, footprint=[[121.1, 31.5], [121.1001, 31.5], [121.1001, 31.5001], [121.1, 31.5]],
            )
            for one in made for n in range(1, HOUSES + 1)
        ], by=system)  # fmt: skip


def rows() -> Iterator[tuple[str, ...]]:
    for compound in range(1, COMPOUNDS + 1):
        for house in range(1, HOUSES + 1):
            for unit in range(1, UNITS + 1):
                for floor in range(1, FLOORS + 1):
                    for room in range(1, ROOMS + 1):
                        yield f"新苑{compound}", f"{house}幢", f"{unit}单元", str(floor), f"{floor}{room:02}室"


@dataclass(frozen=True)
class Ran:
    """One run of the command: seconds by the clock and of CPU, of its own and of PostgreSQL; MB of its processes."""

    seconds: float
    own: float
    database: float
    memory: float
    said: str

    def __str__(self) -> str:
        return f"CPU: command {self.own:,.0f} s, PostgreSQL {self.database:,.0f} s"


def ran(environment: Environment, database: int, *arguments: str) -> Ran:
    """Run the command on an installation whose database has that process."""
    command = [sys.executable, "-c", "from wangge.web.commands.main import main; main()", "import", *arguments]
    begun, largest = time.perf_counter(), 0.0
    own, there = getrusage(RUSAGE_CHILDREN), servers.cpu_of(database)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "WANGGE_HOME": str(environment.home)},
    ) as running:  # fmt: skip
        while running.poll() is None:
            largest = max(largest, sum(map(_memory, [running.pid, *_children(running.pid)])))
            time.sleep(0.2)
        said, trouble = running.communicate()
    assert running.returncode == 0, (running.returncode, said, trouble)
    after = getrusage(RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime
    return Ran(time.perf_counter() - begun, spent, servers.cpu_of(database) - there, largest, said)


def _children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    return []


def _memory(process: int) -> float:
    """MB resident; nothing of a process that has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0


def measure(environment: Environment, cluster: Cluster) -> Part:
    compounds()
    path = environment.home / "dwellings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("小区", "楼栋", "单元", "楼层", "室号"), *rows()])
    given = (str(path), "--kind", "dwellings", "--source", "bench", "--yes")
    database = cluster.pid()
    assert database is not None
    first, again = ran(environment, database, *given), ran(environment, database, *given)
    back = ran(environment, database, "--undo", first.said.split()[0])
    path.unlink()
    return Part("Imports", HOW, (
        Figure("dwellings imported", DWELLINGS, "rows"),
        Figure("staged import, whole", first.seconds, "s", "<= 240", str(first)),
        Figure("dwellings a second", DWELLINGS / first.seconds, "rows"),
        Figure("the same file again", again.seconds, "s", "", f"nothing changed; {again}"),
        Figure("the whole given back", back.seconds, "s", "", str(back)),
        Figure("largest memory of the command", max(one.memory for one in (first, again, back)), "MB", "<= 1024"),
    ))  # fmt: skip
