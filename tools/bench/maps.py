"""The map at full size: what the server takes for a view, and what a browser takes to paint the first one."""

import os
import time
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import psycopg
from django.test import Client
from playwright.sync_api import sync_playwright

from tools.bench import servers
from tools.bench.browsers import cookie_of, signed_in
from tools.bench.figures import Figure, Part, percentile
from wangge.cases.forms.map import At
from wangge.places.queries.drawing import BUILDINGS_FROM
from wangge.web.environment import Environment
from wangge.web.postgres.cluster import Cluster

HERE = Path(__file__).parent
BUILDINGS, VIEWS = 120_000, 300
WEST, SOUTH, EAST, NORTH = 121.2, 31.4, 121.5, 31.66
ZOOMS = (9.5, 18.5)
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1440, "height": 900}
PAINTED = {
    "the county at once": "/map/",
    "streets": "/map/?at=121.35,31.53,14.5",
    "houses": "/map/?at=121.35,31.53,16.5",
}
FOUND, REFUSED = 200, 413
HOW = (
    f"{VIEWS} views of a screen of 900 by 600 points, their middle and scale drawn over {BUILDINGS:,} buildings of"
    f" 5 to 12 corners and zooms {ZOOMS[0]:g} to {ZOOMS[1]:g}: time from request to complete answer inside one process,"
    " for somebody of the whole county. The pieces are the ground and, from zoom 14, the buildings; the list is"
    " list, legend and marks. Painting: Chromium without a graphics card, 1,440 by 900, from the address to the map at"
    " rest; the main thread's CPU is TaskDuration of CDP, the other figure all that Chromium's processes took."
)


def lay(cluster: Cluster) -> float:
    """Draw the county of the bench unless it is drawn; the seconds it took."""
    begun = time.monotonic()
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute("set search_path = public")
        drawn = "select from places_area where sort_key like 'bench%' and outline is not null limit 1"
        if server.execute(drawn).fetchone() is None:  # other parts have buildings of their own, without a county round
            text = (HERE / "maps.sql").read_text(encoding="utf-8").replace(":buildings", str(BUILDINGS))
            server.execute(text.encode())
            server.execute("vacuum analyze")
    return time.monotonic() - begun


def views() -> list[At]:
    chance = Random(1)  # noqa: S311 - places of a map
    return [
        At(chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH), chance.uniform(*ZOOMS)) for _view in range(VIEWS)
    ]


def timed(client: Client, address: str, **headers: str) -> tuple[float, int, bytes]:
    begun = time.perf_counter()
    answer = client.get(address, headers=headers)
    return 1000 * (time.perf_counter() - begun), answer.status_code, answer.content


def measure(environment: Environment, cluster: Cluster, port: int) -> Part:
    laid = lay(cluster)
    figures = [Figure("120,000 buildings, 2,000 outlines and roads made and drawn", laid, "s")] if laid > 1 else []
    database = cluster.pid()
    assert database is not None
    return Part("Map, 120,000 buildings", HOW, (*figures, *served(database), *painted(environment, port)))


def served(database: int) -> list[Figure]:
    """The server's share, each view once; the first one warms the process only."""
    client = signed_in("acceptor")
    pieces: list[float] = []
    lists: list[float] = []
    features, sizes, refused, spent, listing = [0], [0], 0, 0.0, 0.0
    for at in [At(121.35, 31.53, 15), *views()]:
        box = {"bbox": str(at.box), "z": f"{at.zoom:.1f}"}
        names = ["ground", *(["buildings"] if at.zoom >= BUILDINGS_FROM else [])]
        before = time.process_time() + servers.cpu_of(database)
        answers = [timed(client, f"/map/{name}.json?{urlencode(box)}") for name in names]
        spent += time.process_time() + servers.cpu_of(database) - before
        assert {status for _ms, status, _body in answers} <= {FOUND, REFUSED}
        refused += sum(status == REFUSED for _ms, status, _body in answers)
        held = [body for _ms, status, body in answers if status == FOUND]
        features.append(sum(body.count(b'"type":"Feature"') for body in held))
        sizes.append(sum(map(len, held)))
        pieces.append(sum(ms for ms, _status, _body in answers))
        asked = urlencode({"at": f"{at.lon},{at.lat},{at.zoom}", "bbox": str(at.box)})
        before = time.process_time() + servers.cpu_of(database)
        ms, status, _body = timed(client, f"/map/?{asked}", **{"HX-Request": "true"})
        listing += time.process_time() + servers.cpu_of(database) - before
        assert status == FOUND
        lists.append(ms)
    pieces, lists = pieces[1:], lists[1:]
    said = (
        f"p50 {percentile(pieces, 0.5):.0f} ms, p99 {percentile(pieces, 0.99):.0f} ms; CPU of Python and PostgreSQL"
        f" {1000 * spent / VIEWS:.0f} ms a view; {refused} of {VIEWS} refused"
    )
    return [
        Figure("pieces of a view, p95", percentile(pieces, 0.95), "ms", "<= 60", said),
        Figure("list, legend and marks of a view, p95", percentile(lists, 0.95), "ms", "<= 150",
               f"p50 {percentile(lists, 0.5):.0f} ms, p99 {percentile(lists, 0.99):.0f} ms; CPU"
               f" {1000 * listing / VIEWS:.0f} ms a view"),
        Figure("features of a view, most", max(features), "", "<= 7000"),
        Figure("bytes of a view, most", max(sizes) / 1000, "kB", "<= 1500"),
    ]  # fmt: skip


def painted(environment: Environment, port: int) -> list[Figure]:
    """The browser's share: the first view of the map in a fresh browser."""
    cookie = cookie_of(signed_in("acceptor"))
    cookies = [dict(zip(("name", "value"), part.split("=", 1), strict=True)) for part in cookie.split("; ")]
    figures = []
    with servers.web(environment, port), sync_playwright() as playwright:
        for name, address in PAINTED.items():
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type] # a size
            context.add_cookies([{**each, "url": f"http://127.0.0.1:{port}"} for each in cookies])  # type: ignore[typeddict-item] # cookies
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})  # CPU of the thread, not time on the wall
            before = servers.cpu_of(os.getpid(), "chrom")
            page.goto(f"http://127.0.0.1:{port}{address}")
            page.locator("body[data-map=idle]").wait_for(timeout=120_000)
            metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
            whole = servers.cpu_of(os.getpid(), "chrom") - before
            note = f"script {metrics['ScriptDuration']:.2f} s; all processes of the browser {whole:.1f} s"
            figures.append(Figure(f"first paint, {name}: main thread", metrics["TaskDuration"], "s", "<= 1", note))
            browser.close()
    return figures
