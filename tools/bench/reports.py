"""The resident's report over HTTP, accepted durably, beside three bare inserts on the same server."""

import secrets
from contextlib import ExitStack
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

CONNECTIONS, ROUNDS, SECONDS = 50, 9, 5.0
HOW = (
    f"{CONNECTIONS} connections post the report form of {{places}} buildings, each report with its own key and words;"
    " every answer (redirect to the receipt) comes after the commit. The rival is an endpoint of the same server with"
    " the same options and the same PostgreSQL: one transaction of three inserts into plain tables, behind the same"
    " middleware (headers, session, CSRF, language, a transaction in somebody's name); and once more on the framework"
    f" alone, without any middleware. {ROUNDS} rounds of {SECONDS:.0f} s in turn, medians."
)


RIVALS = ("same", "bare")


def measure(environment: Environment, cluster: Cluster, ports: tuple[int, int, int]) -> Part:
    """Ours and the rivals in turn; what was accepted must stand in the database, once."""
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute(rival.TABLES.encode())
    with as_system("bench"):
        paths = [f"/r/{token}/" for token in Building.objects.order_by("id").values_list("token", flat=True)]
    database = cluster.pid()
    assert database is not None
    found: dict[str, list[servers.Load]] = {"": [], **{name: [] for name in RIVALS}}
    first, before = count(0, 1_000_000), _kept(cluster)
    csrf = Client()
    csrf.get(paths[0])
    token = csrf.cookies["csrftoken"].value
    with ExitStack() as stack:
        up = {
            name: (stack.enter_context(servers.web(environment, port, rival=name)), port)
            for name, port in zip(found, ports, strict=True)
        }
        for _ in range(ROUNDS):
            task = {"kind": "reports", "connections": CONNECTIONS, "run": secrets.token_hex(8), "first": next(first)}
            for name, (pid, port) in up.items():
                more = {**task, "port": port, "paths": ["/bare/"] if name else paths, "csrf": token}
                found[name].append(servers.load(pid, database, good=302, seconds=SECONDS, **more))
    lost = sum(one.good_in_all for one in found[""]) - (_kept(cluster) - before)
    return Part("Public report", HOW.format(places=len(paths)), _figures(found, lost))


def _kept(cluster: Cluster) -> int:
    with psycopg.connect(cluster.dsn("wg_super")) as server:
        row = server.execute("select count(*) from cases_case where text like '%（测速 %'").fetchone()
        assert row is not None
        return int(row[0])


def _figures(found: dict[str, list[servers.Load]], lost: int) -> tuple[Figure, ...]:
    ours, same, bare = (sorted(loads, key=lambda one: one.rate)[len(loads) // 2] for loads in found.values())
    return (
        Figure("reports accepted durably", ours.rate, "/s", ">= 100", str(ours)),
        Figure("rival, three inserts behind the same middleware", same.rate, "/s", "", str(same)),
        Figure("rival, three inserts on the framework alone", bare.rate, "/s", "", str(bare)),
        _ratio("ours to the rival behind the same middleware", found[""], found["same"], ">= 0.4"),
        _ratio("ours to the rival on the framework alone", found[""], found["bare"], ""),
        Figure("accepted but not in the database, or twice", abs(lost), "", "<= 0", ""),
    )


def _ratio(name: str, here: list[servers.Load], there: list[servers.Load], target: str) -> Figure:
    pairs = list(zip(here, there, strict=True))
    cpu = median((b.web + b.database) / (a.web + a.database) for a, b in pairs)
    return Figure(name, median(a.rate / b.rate for a, b in pairs), "×", target, f"rates; by CPU seconds {cpu:.2f} ×")
