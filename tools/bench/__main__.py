"""`python -m tools.bench [name ...]`: the benches by name, or all, written to docs/benchmarks."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tools.bench import figures

ROOT = Path(__file__).parents[2]
NAMES = (
    "lists", "cockpit", "polls", "reports", "price", "sealed", "search", "map", "imports", "persons", "start", "city",
)  # fmt: skip
PACKAGES = ("django", "psycopg", "granian")


def main() -> None:
    """Lay the ground once, run what was asked for, write the page when all of it was run."""
    given = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    given.add_argument("names", nargs="*", choices=[*NAMES, []], help="which benches; all without a name")
    given.add_argument("--home", type=Path, help="keep the ground here for the next run instead of a temporary folder")
    given.add_argument("--cases", type=int, default=200_000, help="in the county; lists also with 1000000")
    given.add_argument("--seconds", type=float, default=10.0, help="of the change poll's load")
    given.add_argument("--page", help="keep what was run by name as docs/benchmarks/<day>-<page>.md")
    given.add_argument("--port", type=int, default=8140, help="and the two after it")
    asked = given.parse_args()
    home = asked.home or Path(tempfile.mkdtemp(prefix="wangge-bench-"))
    for name in [name for name in os.environ if name.startswith("WANGGE_") and name != "WANGGE_PG_BIN"]:
        del os.environ[name]
    os.environ["WANGGE_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(home), "wangge.web.settings"
    django.setup()
    try:
        run(asked)
    finally:
        if not asked.home:
            shutil.rmtree(home, ignore_errors=True)


def _measured(name: str, measure: Callable[[], "figures.Part"]) -> "figures.Part":
    print(f"· {name}", flush=True)
    return measure()


def run(asked: argparse.Namespace) -> None:
    from django.conf import settings  # noqa: PLC0415 - app ready
    from django.utils import timezone  # noqa: PLC0415 - app ready

    from tools.bench import (  # noqa: PLC0415 - app ready
        city,
        cockpit,
        figures,
        ground,
        imports,
        lists,
        maps,
        persons,
        polls,
        price,
        reports,
        sealed,
        search,
        servers,
        starting,
    )  # fmt: skip
    from wangge.web import house, supervisor  # noqa: PLC0415 - app ready

    environment, port, names = settings.WANGGE, asked.port, asked.names or NAMES
    shape = figures.machine()
    house.folders(environment.home)
    cluster = ground.cluster_of(environment)
    parts, counted = list[figures.Part](), (0, 0.0)
    together: dict[str, Callable[[], figures.Part]] = {
        "lists": lists.measure,
        "cockpit": lambda: cockpit.measure(counted),
        "polls": lambda: polls.measure(environment, cluster, port, asked.seconds),
        "reports": lambda: reports.measure(environment, cluster, (port, port + 1, port + 2)),
        "price": lambda: price.measure(cluster),
        "search": lambda: search.measure(cluster),
        "map": lambda: maps.measure(environment, cluster, port),
        "imports": lambda: imports.measure(environment, cluster),
        "persons": lambda: persons.measure(environment, cluster),
    }
    apart = {
        "start": lambda: starting.measure(environment, port),
        "city": lambda: city.measure(environment, port),
    }
    if set(names) - {"city"}:
        cluster.init()
        with cluster:
            ground.lay(environment, cluster, asked.cases)
            counted = cockpit.keep_all()  # else the worker would, beside the first of the benches
            # without a worker, which would seal anew as well
            parts += [_measured(name, lambda: sealed.measure(cluster)) for name in names if name == "sealed"]
            with servers.started(supervisor.worker_command(), environment.home / "log" / "worker.log"):
                parts += [_measured(name, together[name]) for name in names if name in together]
    parts += [_measured(name, apart[name]) for name in names if name in apart]
    text = figures.page(
        parts, at=timezone.localtime(), shape=shape, versions=_versions(cluster.binaries.version),
        settings=_settings(asked, environment.workers, supervisor.THREADS, cluster.memory),
    )  # fmt: skip
    print(text)
    if page := asked.page or ("house" if not asked.names and asked.cases >= 200_000 else ""):
        _write(ROOT / "docs" / "benchmarks" / f"{timezone.localdate():%Y-%m-%d}-{page}.md", text)


def _versions(postgres: tuple[int, ...]) -> str:
    others = (f"{name} {version(name)}" for name in PACKAGES)
    return ", ".join([f"PostgreSQL {'.'.join(map(str, postgres))}", *others])


def _settings(asked: argparse.Namespace, workers: int, threads: int, memory: int) -> str:
    return (
        "the shipped ones: fsync and synchronous_commit on,"
        f" {workers} web processes of {threads} threads, one worker, server memory {memory} MB;"
        f" {asked.cases:,} cases, {asked.seconds:.0f} s of polls"
    )


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
