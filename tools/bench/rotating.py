"""A key exchanged while another process searches, opens and corrects: rows a second, and what that process felt.

As a program it is the other process: it works until its input ends and says what it saw.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from select import select
from typing import Any

import django
from django.utils import timezone

from tools.bench.figures import Figure, percentile

ROOT = Path(__file__).parents[2]
QUIET = 5.0
SOURCE = "list:invented"


def measure(database: int) -> tuple[Figure, ...]:
    """Exchange the registry's key; the old one is destroyed at the end, as after a theft."""
    from tools.bench import servers  # noqa: PLC0415 - app ready
    from wangge.jobs.system import as_system  # noqa: PLC0415 - app ready
    from wangge.people.words import COMPARTMENT  # noqa: PLC0415 - app ready
    from wangge.vault import queries, rotation  # noqa: PLC0415 - app ready
    from wangge.vault.rotation import SETTLING  # noqa: PLC0415 - app ready

    with _others() as quiet:
        time.sleep(QUIET)
    with as_system("bench"):
        rotation.begin(COMPARTMENT, now=timezone.now() - SETTLING * 2, keep=timedelta(0))
    queries.forget()
    rows = chunks = 0
    with _others() as busy:
        begun, own, there = time.perf_counter(), time.process_time(), servers.cpu_of(database)
        while True:
            with as_system("bench"):
                done = rotation.step(COMPARTMENT, now=timezone.now())
            rows, chunks = rows + done.rows, chunks + 1
            if done.waits or done.is_done:
                break
        took, spent = time.perf_counter() - begun, time.process_time() - own
        served = servers.cpu_of(database) - there
    while not done.is_done:
        time.sleep(0.2)
        with as_system("bench"):
            done = rotation.step(COMPARTMENT, now=timezone.now())
    with as_system("bench"):
        gone = rotation.destroy_due(now=timezone.now())
    assert len(gone) == 1, gone
    wrong = busy["wrong"] + quiet["wrong"]
    felt = f"{busy['done']:,} searches and corrections meanwhile"
    return (
        Figure("rows sealed anew a second, while others work", rows / took, "rows", ">= 5000",
               f"{rows:,} rows in {took:.1f} s, {chunks} transactions, CPU {spent:.1f} s of that process,"
               f" {served:.1f} s of PostgreSQL for it and the others; {felt}"),
        Figure("a search or correction meanwhile, p95", busy["p95"], "ms", "",
               f"p50 {busy['p50']:.1f} ms; in quiet p50 {quiet['p50']:.1f} ms, p95 {quiet['p95']:.1f} ms"),
        Figure("wrong or missing answers meanwhile", wrong, "", "<= 0"),
        Figure("corrections told to try again, the row was held for too long", busy["held"], "", "<= 0"),
    )  # fmt: skip


@contextmanager
def _others() -> Iterator[dict[str, Any]]:
    """The other process at work during the block; what it saw stands in the dictionary afterwards."""
    seen: dict[str, Any] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "tools.bench.rotating"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=ROOT, env=dict(os.environ),
    ) as other:  # fmt: skip
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "at work\n"
        yield seen
        other.stdin.close()
        seen |= json.loads(other.stdout.read())


def _work() -> None:
    from tools.bench.residents import Invented  # noqa: PLC0415 - app ready
    from wangge.jobs.system import as_system  # noqa: PLC0415 - app ready
    from wangge.people.models import Person  # noqa: PLC0415 - app ready
    from wangge.people.words import COMPARTMENT, number_of  # noqa: PLC0415 - app ready
    from wangge.vault import queries  # noqa: PLC0415 - app ready
    from wangge.vault.queries import rows  # noqa: PLC0415 - app ready

    with as_system("bench"):
        rows.without_hurry()
        ids = list(Person.objects.filter(source=SOURCE).order_by("pk").values_list("pk", flat=True))
    chance, waits, wrong, held_up = Random(3), list[float](), 0, 0  # noqa: S311 - an order of people
    print("at work", flush=True)
    while not select([sys.stdin], [], [], 0)[0]:
        at = chance.randrange(len(ids))
        pk, one, begun = ids[at], Invented(at), time.perf_counter()
        with as_system("bench"):
            sought = queries.blind_indexes(COMPARTMENT, number_of(one.document))
            held = Person.objects.filter(document_index__in=sought).first()
            place = {"table": "people_person", "column": "name", "row": str(pk)}
            if held is None or held.pk != pk:
                wrong += 1
            else:
                wrong += queries.open_sealed(COMPARTMENT, bytes(held.name), **place) != one.name
        if len(waits) % 10 == 0:
            held_up += not _corrected(pk, one)
        waits.append(1000 * (time.perf_counter() - begun))
    seen = {"done": len(waits), "wrong": wrong, "held": held_up}
    print(json.dumps(seen | {"p50": percentile(waits, 0.5), "p95": percentile(waits, 0.95)}))


def _corrected(pk: int, one: Any) -> bool:
    """Write somebody's number anew; false when the row was held longer than a request may wait."""
    from django.db import OperationalError  # noqa: PLC0415 - app ready

    from wangge.jobs.system import as_system  # noqa: PLC0415 - app ready
    from wangge.people.models import Person  # noqa: PLC0415 - app ready
    from wangge.people.words import COMPARTMENT  # noqa: PLC0415 - app ready
    from wangge.vault import actions  # noqa: PLC0415 - app ready

    try:
        with as_system("bench"):
            sealed = actions.seal(COMPARTMENT, one.phone, table="people_person", column="phone", row=str(pk))
            index = actions.blind_index(COMPARTMENT, one.phone)
            return Person.objects.filter(pk=pk).update(phone=sealed, phone_index=index) == 1
    except OperationalError:
        return False


if __name__ == "__main__":
    django.setup()
    _work()
