"""With a whole county in the registry: somebody found by number, and the card of a dwelling."""

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice
from random import Random

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from tools.bench.browsers import signed_in, timed
from tools.bench.figures import Figure, percentile
from wangge.access.context import acting
from wangge.access.sessions import open_session
from wangge.jobs.system import as_system
from wangge.people.actions.seeking import seek_person
from wangge.people.queries.masked import masked
from wangge.places.models import Area, Dwelling
from wangge.teams.models import Account
from wangge.web.postgres.cluster import Cluster

POST = """
insert into access_post (account_id, role, area_id, valid_from)
select a.id, 'secretary', g.parent_id, now() - interval '1 day'
  from teams_account a, places_area g where a.username = 'bench_secretary' and g.name = '新苑'
   and not exists (select from access_post p where p.account_id = a.id and p.area_id = g.parent_id)
"""
SOUGHT, CARDS, WARM = 150, 400, 10
"""Under the budget of a day."""


def _posted(client: Client, number: str) -> float:
    begun = time.perf_counter()
    said = client.post("/people/", {"term": number, "purpose": "on_site", "task": ""})
    taken = 1000 * (time.perf_counter() - begun)
    assert said.status_code == 200, (said.status_code, said.content[:2000])
    assert "/homes/" in said.content.decode(), said.content.decode()[:2000]
    return taken


def _sought(number: str, account: int, communities: set[int]) -> float:
    """Milliseconds of one search in a session of its own transaction: rule, budget, index, names opened, the entry."""
    now = timezone.now()
    token = open_session(account, kind="web", purpose="duty", now=now, lasts=timedelta(hours=1))
    begun = time.perf_counter()
    with acting(token) as actor:
        found = seek_person(
            term=number, purpose="on_site", communities=communities, today=localdate(now), by=actor, now=now
        )
        assert masked(found.persons)
    return 1000 * (time.perf_counter() - begun)


def measure(cluster: Cluster, people: Iterable[Sequence[str]]) -> tuple[Figure, ...]:
    """For the secretary of the community: the search by number and its whole page, and the card of a dwelling."""
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute(POST)
        server.execute("vacuum analyze")
    chance, client = Random(3), signed_in("secretary")  # noqa: S311 - the same doors each time
    numbers = [row[5 + at % 2] for at, row in enumerate(islice(people, 0, None, 5_003)) if row[6]][: SOUGHT + WARM]
    with as_system("bench"):
        account = Account.objects.get(username="bench_secretary").pk
        community = Area.objects.get(name="新苑").parent_id or 0
    sought = [_sought(number, account, {community}) for number in numbers[: SOUGHT // 2 + WARM]]
    pages = [_posted(client, number) for number in numbers[SOUGHT // 2 + WARM :]]
    with as_system("bench"):
        doors = list(Dwelling.objects.filter(building__compound__name__startswith="新苑").values_list("pk", flat=True))
    shown = [timed(client, f"/homes/{pk}/") for pk in chance.sample(doors, CARDS + WARM)]
    with CaptureQueriesContext(connection) as seen:
        timed(client, f"/homes/{doors[0]}/")
    return (
        Figure("somebody found by document or telephone, p95", percentile(sought[WARM:], 0.95), "ms", "<= 20",
               f"{len(sought)} sought, p50 {percentile(sought[WARM:], 0.5):.0f} ms; rule, budget and entry included"),
        Figure("the same as a whole page, p95", percentile(pages, 0.95), "ms", "",
               f"{len(pages)} pages, p50 {percentile(pages, 0.5):.0f} ms"),
        Figure("card of a dwelling, page, p95", percentile(shown[WARM:], 0.95), "ms", "<= 60",
               f"{CARDS} cards, p50 {percentile(shown[WARM:], 0.5):.0f} ms, {len(seen)} database questions"),
    )  # fmt: skip
