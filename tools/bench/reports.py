"""The resident's report over HTTP, accepted durably, beside three bare inserts on the same server."""

import secrets
from itertools import count
from statistics import median

import psycopg
from django.test import Client

from tools.bench import rival, servers
from tools.bench.figures import Figure, Part
from wangge.jobs.system import as_system
from wangge.places.models import Building
from wangge.web.environment import Environment
from wangge.web.postgres.cluster import Cluster

CONNECTIONS, ROUNDS = 50, 3
HOW = (
    f"{CONNECTIONS} connections post the report form of {{places}} buildings, each report with its own key and words;"
    " every answer (redirect to the receipt) comes after the commit. The rival stands on the same server with the same"
    " options and the same PostgreSQL: Django without middleware, one transaction of three inserts into plain tables."
    f" {ROUNDS} rounds in turn, medians."
)


def measure(environment: Environment, cluster: Cluster, ports: tuple[int, int], seconds: float) -> Part:
    """Ours and the rival in turn; what was accepted must stand in the database, once."""
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute(rival.TABLES.encode())
    with as_system("bench"):
        paths = [f"/r/{token}/" for token in Building.objects.order_by("id").values_list("token", flat=True)]
    database = cluster.pid()
    assert database is not None
    here, there, first = list[servers.Load](), list[servers.Load](), count(0, 1_000_000)
    before = _kept(cluster)
    csrf = Client()
    csrf.get(paths[0])
    token = csrf.cookies["csrftoken"].value
    with servers.web(environment, ports[0]) as ours, servers.web(environment, ports[1], rival=True) as bare:
        for _ in range(ROUNDS):
            task = {"kind": "reports", "connections": CONNECTIONS, "run": secrets.token_hex(8), "first": next(first)}
            for pid, port, asked, found in ((ours, ports[0], paths, here), (bare, ports[1], ["/bare/"], there)):
                more = {**task, "port": port, "paths": asked, "csrf": token}
                found.append(servers.load(pid, database, good=302, seconds=seconds, **more))
    lost = sum(one.good_in_all for one in here) - (_kept(cluster) - before)
    return Part("Public report", HOW.format(places=len(paths)), _figures(here, there, lost))


def _kept(cluster: Cluster) -> int:
    with psycopg.connect(cluster.dsn("wg_super")) as server:
        row = server.execute("select count(*) from cases_case where text like '%（测速 %'").fetchone()
        assert row is not None
        return int(row[0])


def _figures(here: list[servers.Load], there: list[servers.Load], lost: int) -> tuple[Figure, ...]:
    ours, bare = (sorted(loads, key=lambda one: one.rate)[len(loads) // 2] for loads in (here, there))
    ratio = median(a.rate / b.rate for a, b in zip(here, there, strict=True))
    cpu = median((b.web + b.database) / (a.web + a.database) for a, b in zip(here, there, strict=True))
    return (
        Figure("reports accepted durably", ours.rate, "/s", ">= 100", str(ours)),
        Figure("rival, three bare inserts", bare.rate, "/s", "", str(bare)),
        Figure("ours to rival", ratio, "×", ">= 0.4", f"rates; by CPU seconds {cpu:.2f} ×"),
        Figure("accepted but not in the database, or twice", abs(lost), "", "<= 0", ""),
    )
