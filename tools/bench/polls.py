"""The change poll over HTTP, each in the session of somebody at a desk."""

from tools.bench import servers
from tools.bench.browsers import cookie_of, signed_in
from tools.bench.figures import Figure, Part
from tools.bench.ground import PEOPLE
from wangge.jobs.system import as_system
from wangge.web.environment import Environment
from wangge.web.postgres.cluster import Cluster

CONNECTIONS = 50
HOW = (
    f"{CONNECTIONS} connections ask `/changes?since=` in the sessions of {len(PEOPLE)} people from the whole county to"
    " one grid; nothing changed, so every answer is 204: what 2,000 open desks ask for every 2 seconds at this rate."
)


def measure(environment: Environment, cluster: Cluster, port: int, seconds: float) -> Part:
    database = cluster.pid()
    assert database is not None
    cookies = [cookie_of(signed_in(who)) for who in PEOPLE]
    with servers.web(environment, port) as pid:
        with as_system("bench") as system:
            address = f"/changes?since={system.stamp}"
        calls = [(address, cookie) for cookie in cookies]
        found = servers.load(
            pid, database, good=204, seconds=seconds, kind="gets", port=port, connections=CONNECTIONS, calls=calls
        )
    return Part("Change poll", HOW, (Figure("polls answered", found.rate, "/s", ">= 1000", str(found)),))
