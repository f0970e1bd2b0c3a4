"""A county of 200,000 cases in an installation of its own, as durable as a real one."""

import time
from pathlib import Path

import psycopg
from django.db import connections
from django.utils import timezone

from wangge.cases.models import Case
from wangge.jobs.system import as_system
from wangge.places.models import Area
from wangge.web import house, supervisor
from wangge.web.commands.demo import give_second_factors
from wangge.web.demo import mark
from wangge.web.demo.generate import generate
from wangge.web.demo.load import load
from wangge.web.demo.plan import plan_for
from wangge.web.environment import Environment
from wangge.web.postgres import binaries, roles
from wangge.web.postgres.cluster import Cluster

HERE = Path(__file__).parent
PEOPLE = ("acceptor", "chief", "town_staff", "secretary", "grid_worker", "handler")


def cluster_of(environment: Environment) -> Cluster:
    """The server of the bench: the shipped settings, nothing switched off."""
    return Cluster(environment.home, binaries.find(environment.pg_bin))


def lay(environment: Environment, cluster: Cluster, cases: int) -> None:
    """Make the database, the demo town and the county round it, unless they are there."""
    roles.settle(cluster)
    supervisor.refresh_connections(environment)
    house.settle(timezone.now())
    mark.path().touch()
    town = generate(plan_for("town"), 1, "town")
    with as_system("bench") as system:
        there = Case.objects.count()
        if not Area.objects.exists():
            load(town, by=system, now=timezone.now())
            give_second_factors()
    if there < cases:
        _fill(cluster, cases, [(report.text, report.place) for report in town.reports])
    connections.close_all()


def _fill(cluster: Cluster, cases: int, told: list[tuple[str, str]]) -> None:
    begun = time.monotonic()
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute("set search_path = public")
        server.execute("select set_config(name, '0', false) from pg_settings where name = 'transaction_timeout'")
        server.execute("create temp table bench_text (n bigint generated always as identity, text text, place text)")
        with server.cursor() as cursor:
            cursor.executemany("insert into bench_text (text, place) values (%s, %s)", told)
        for name in ("ground.sql", "people.sql"):
            text = (HERE / name).read_text(encoding="utf-8").replace(":count", str(cases))
            server.execute(text.encode())
        server.execute("vacuum analyze")
        server.execute("checkpoint")  # what the disk still owes is not charged to the first bench
    print(f"· {cases:,} cases … {time.monotonic() - begun:.1f} s", flush=True)
