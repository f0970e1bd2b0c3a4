"""With a whole county in the registry: somebody found by number, and the card of a dwelling."""

import time
from collections.abc import Iterable, Sequence
from itertools import islice
from random import Random

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tools.bench.browsers import signed_in, timed
from tools.bench.figures import Figure, percentile
from wangge.jobs.system import as_system
from wangge.places.models import Dwelling
from wangge.web.postgres.cluster import Cluster

POST = """
insert into access_post (account_id, role, area_id, valid_from)
select a.id, 'secretary', g.parent_id, now() - interval '1 day'
  from teams_account a, places_area g where a.username = 'bench_secretary' and g.name = '新苑'
   and not exists (select from access_post p where p.account_id = a.id and p.area_id = g.parent_id)
"""
SOUGHT, CARDS, WARM = 150, 400, 10
"""Under the budget of a day."""


def measure(cluster: Cluster, people: Iterable[Sequence[str]]) -> tuple[Figure, ...]:
    """Whole pages for the secretary of the community: POST of the search by number, GET of the card."""
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute(POST)
        server.execute("vacuum analyze")
    chance, client = Random(3), signed_in("secretary")  # noqa: S311 - the same doors each time
    asked = [row[5 + at % 2] for at, row in enumerate(islice(people, 0, None, 5_003)) if row[6]][: SOUGHT + WARM]
    took: list[float] = []
    for number in asked:
        begun = time.perf_counter()
        said = client.post("/people/", {"term": number, "purpose": "on_site", "task": ""})
        took.append(1000 * (time.perf_counter() - begun))
        assert said.status_code == 200, (said.status_code, said.content[:2000])
        assert "/homes/" in said.content.decode(), said.content.decode()[:2000]
    with as_system("bench"):
        doors = list(Dwelling.objects.filter(building__compound__name__startswith="新苑").values_list("pk", flat=True))
    shown = [timed(client, f"/homes/{pk}/") for pk in chance.sample(doors, CARDS + WARM)]
    with CaptureQueriesContext(connection) as seen:
        timed(client, f"/homes/{doors[0]}/")
    return (
        Figure("somebody found by document or telephone, page, p95", percentile(took[WARM:], 0.95), "ms", "<= 20",
               f"{SOUGHT} sought, p50 {percentile(took[WARM:], 0.5):.0f} ms"),
        Figure("card of a dwelling, page, p95", percentile(shown[WARM:], 0.95), "ms", "<= 60",
               f"{CARDS} cards, p50 {percentile(shown[WARM:], 0.5):.0f} ms, {len(seen)} database questions"),
    )  # fmt: skip
