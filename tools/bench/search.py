"""The one box at full size: 500 searches of all kinds, as suggestions, page and API, by people of each reach."""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tools.bench.browsers import signed_in
from tools.bench.figures import Figure, Part, percentile
from wangge.cases.models import Case
from wangge.jobs.system import as_system
from wangge.places.actions import name_places
from wangge.places.models import Building, Compound, Grid, Name
from wangge.web.postgres.cluster import Cluster

HERE = Path(__file__).parent
SEARCHES, LIMIT = 500, "<= 60"
TYPING = {"HX-Request": "true"}
DOORS = {"suggestions": "/search/suggestions/", "page": "/search/", "API": "/api/v1/search"}
WHO = ("acceptor", "secretary", "grid_worker")


def lay(cluster: Cluster) -> float:
    """Build the homes, unless they are there, and write their names; the seconds the names took."""
    with as_system("bench"):
        there = Compound.objects.filter(sort_key__startswith="bench").exists()
    if not there:
        with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
            server.execute("set search_path = public")
            server.execute((HERE / "search.sql").read_bytes())
    begun = time.monotonic()
    with as_system("bench") as system:
        name_places(by=system)
    taken = time.monotonic() - begun
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute("vacuum analyze")
    return taken


def texts(chance: Random) -> Iterator[str]:
    """What people type, by turns: names, parts, pinyin, addresses in spellings, points, codes, typos, numbers."""
    with as_system("bench"):
        names = list(Name.objects.filter(kind="compound", how="name").order_by("id")[:600])
        houses = list(
            Building.objects.filter(compound__sort_key__startswith="bench", compound__kind="walk_up")
            .select_related("compound").defer("footprint").order_by("id")[:50_000:100]
        )  # fmt: skip
        grids = list(Grid.objects.order_by("area_id").values_list("number", "area__name")[:500])
        codes = list(Name.objects.filter(how="code").values_list("text", flat=True)[:200])
        spots = list(Building.objects.order_by("id").values_list("lat", "lon")[:100_000:500])
        numbers = list(Case.objects.order_by("id").values_list("number", flat=True)[:500])
    while True:
        name, house, room = (
            chance.choice(names),
            chance.choice(houses),
            f"{chance.randint(1, 3)}0{chance.randint(1, 2)}",
        )
        assert house.compound is not None
        compound, number = house.compound.name, house.name.removesuffix("幢")
        yield name.text
        yield name.text[:2]
        yield name.text[0]
        yield name.initials
        yield name.pinyin[: chance.randint(4, 12)]
        yield f"{compound}{number}幢1单元{room}室"
        yield f"{compound} {number}-1-{room}"
        yield f"{compound[:2]}{number}号楼"
        yield f"{name.initials}{number}-{room}"
        yield f"{name.text[0]}口{name.text[2:]}"
        yield chance.choice(("小区", "网格", "第3网格", "社区", "路", "测速镇3", "花园", "没有这个地方"))
        yield chance.choice(grids)[chance.randint(0, 1)]
        yield chance.choice(codes)[: chance.randint(5, 12)]
        yield "{:.5f}, {:.5f}".format(*chance.choice(spots))
        yield chance.choice(numbers)[: chance.randint(8, 13)]


def timed(client: Client, door: str, text: str) -> float:
    """Milliseconds of one answer, the database's share included."""
    begun = time.perf_counter()
    response = client.get(door, {"q": text}, headers=TYPING if door == DOORS["suggestions"] else None)
    taken = 1000 * (time.perf_counter() - begun)
    assert response.status_code == 200, (door, text, response.status_code)
    return taken


def measure(cluster: Cluster) -> Part:
    """Every search at every door by everybody; the first of each person warms the process only."""
    named = lay(cluster)
    chance = Random(1)  # noqa: S311 - an order of searches
    asked = [text for text, _ in zip(texts(chance), range(SEARCHES), strict=False)]
    waits: dict[str, list[float]] = {door: [] for door in DOORS}
    slowest = dict.fromkeys(DOORS, (0.0, ""))
    most = 0
    for who in WHO:
        client = signed_in(who)
        for name, door in DOORS.items():
            for text in asked[:5]:
                timed(client, door, text)
            for text in asked:
                taken = timed(client, door, text)
                waits[name].append(taken)
                slowest[name] = max(slowest[name], (taken, f"{who} {text}"))
        for text in asked[:15]:
            with CaptureQueriesContext(connection) as seen:
                timed(client, DOORS["suggestions"], text)
            most = max(most, len(seen))
    figures = [
        Figure(f"{name}, p95", percentile(held, 0.95), "ms", LIMIT,
               f"{len(held)} answers, p50 {percentile(held, 0.5):.1f} ms, p99 {percentile(held, 0.99):.0f} ms;"
               f" slowest {slowest[name][0]:.0f} ms: {slowest[name][1]}")
        for name, held in waits.items()
    ]  # fmt: skip
    figures.append(
        Figure("database questions of one list of suggestions, at most", most, "", "", "transaction included")
    )
    figures.append(Figure("names written by the action", named, "s", "", "nought when they were there"))
    return Part("Search, 120,000 buildings and 460,000 dwellings", HOW, tuple(figures))


HOW = (
    "Time from request to complete answer inside one process (middleware, session, row-level security), one request at"
    " a time: 500 searches by turns for names, parts of two characters and of one, initials, pinyin, addresses in four"
    " spellings, typos, grids, codes, points and case numbers, each by the whole county, a community and a grid."
)
