"""An exchange of a key, killed in the middle of its work again and again: nothing is lost, the next worker goes on."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from tests.cast import Cast
from tests.home import HOME
from tests.jobs.conftest import until
from tools.bench.residents import Invented, fill
from wangge.jobs.system import as_system
from wangge.people.models import Person
from wangge.people.words import COMPARTMENT, folded, number_of
from wangge.vault import queries, rotation
from wangge.vault.keys import KeyDestroyed, KeyStore
from wangge.vault.models import Resealing
from wangge.vault.rotation import SETTLING
from wangge.web.postgres.cluster import Cluster

SOAK = bool(os.environ.get("WANGGE_SOAK"))
PEOPLE = 100_000 if SOAK else 10_000
KILLS = 12 if SOAK else 2
Start = Callable[..., "subprocess.Popen[bytes]"]
KEYS = "select count(*) filter (where encode(substring(phone from 3 for 16), 'hex') = %s), count(*) from people_person"
NUDGE = """
insert into procrastinate_jobs (task_name, queue_name, queueing_lock, args)
 values ('jobs.reseal', 'default', 'jobs.reseal', '{"timestamp": 0}') on conflict do nothing
"""
"""What the next full minute does by itself; the long run waits for it with the first worker and with the last."""


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Path]:
    """A copy of the tests' installation but for its database: keys may die here."""
    for name in ("secrets", "keys", "keys-copy", "destroyed", "log", "anchors"):
        shutil.copytree(HOME / name, tmp_path / name) if (HOME / name).exists() else (tmp_path / name).mkdir()
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path})):
        queries.forget()
        yield tmp_path
    queries.forget()


def rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else []


def moved() -> int:
    with as_system("test"):
        return sum(Resealing.objects.filter(table="people_person").values_list("rows", flat=True))


def killed_in_the_middle(worker: Start, home: Path, chance: Random, *, by_itself: bool) -> int:
    """Kill a worker when it has committed a chunk more, at some moment of the next; the rows done by then."""
    before = moved()
    process = worker(home=str(home))
    if not by_itself:
        rows(NUDGE)
    assert until(lambda: moved() > before, 90), "nothing was sealed anew"
    time.sleep(chance.uniform(0, 0.3))
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    return moved()


def ended(store: KeyStore, old: str) -> bool:
    if not SOAK:
        rows(NUDGE)
    return old in store.destroyed()


def all_found(held: dict[int, Invented], community: int, step: int) -> int:
    """How many of every so many are found by each of their three indexes, and by nothing else."""
    good = 0
    with as_system("test"):
        for pk, one in list(held.items())[::step]:
            sought = (
                ("name_index", queries.blind_indexes(COMPARTMENT, folded(one.name), area=community)),
                ("document_index", queries.blind_indexes(COMPARTMENT, number_of(one.document))),
                ("phone_index", queries.blind_indexes(COMPARTMENT, one.phone)),
            )
            found = [list(Person.objects.filter(**{f"{c}__in": i}).values_list("pk", flat=True)) for c, i in sought]
            good += found == [[pk]] * 3
    return good


def all_opened(held: dict[int, Invented]) -> int:
    """How many of them open, all three fields, with the very values that were sealed."""
    good = 0
    with as_system("test"):
        people = Person.objects.filter(pk__range=(min(held), max(held)))
        for pk, *sealed in people.values_list("pk", "name", "document", "phone").iterator(chunk_size=5_000):
            fields = zip(sealed, ("name", "document", "phone"), strict=True)
            places = [(bytes(value or b""), "people_person", column, str(pk)) for value, column in fields]
            good += tuple(queries.open_many(COMPARTMENT, places)) == held[pk].values()
    return good


@pytest.mark.soak
@pytest.mark.parametrize("kills", [KILLS])
def test_a_worker_killed_while_it_exchanges_a_key_loses_nothing_and_the_next_one_goes_on(
    cluster: Cluster, cast: Cast, own_home: Path, worker: Start, kills: int
) -> None:
    chance = Random(20260301)
    with as_system("test"):
        old = queries.key_of(COMPARTMENT).id.hex()
        held = fill(_superuser(cluster), [Invented(n) for n in range(PEOPLE)], cast.grid_id, cast.grid_id)
    with as_system("test"):
        begun = timezone.now() - 2 * SETTLING
        new = rotation.begin(COMPARTMENT, now=begun, keep=timedelta(0)).key_id
    queries.forget()
    middles = []
    for at in range(kills):
        done = killed_in_the_middle(worker, own_home, chance, by_itself=SOAK and not at)
        with psycopg.connect(_superuser(cluster)) as server:
            assert server.execute(KEYS, [new]).fetchone() == (done, PEOPLE), "a chunk without its progress"
        if done < PEOPLE:
            middles.append(done)
        assert all_found(held, cast.grid_id, PEOPLE // 40) == 40
    worker(home=str(own_home))
    store: KeyStore = queries.store()
    waits = 600 if SOAK else 120
    assert until(lambda: ended(store, old), waits), rows("select * from vault_resealing")
    queries.forget()
    with psycopg.connect(_superuser(cluster)) as server:
        assert server.execute(KEYS, [new]).fetchone() == (PEOPLE, PEOPLE)
    opened, found = all_opened(held), all_found(held, cast.grid_id, PEOPLE // 200)
    with pytest.raises(KeyDestroyed):
        store.read(old)
    print(
        f"\n  C1 exchange of a key: {kills} kills of the worker at {middles} of {PEOPLE} rows; opened {opened},"
        f" found by index {found} of 200, lost {PEOPLE - opened}, rows sealed anew {moved()}"
    )
    assert (opened, found, moved(), len(middles) > 0) == (PEOPLE, 200, PEOPLE, True)


def _superuser(cluster: Cluster) -> str:
    return cluster.dsn("wg_super", str(connection.settings_dict["NAME"]))
