"""A job runs in the name of whoever deferred it, sees what they see, and is refused when written by hand."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast
from wangge.access.actor import Actor
from wangge.access.context import NoSession
from wangge.jobs.system import SYSTEM, account_of, as_system
from wangge.jobs.task import ForgedJob, Task, task
from wangge.places.models import Dwelling
from wangge.web.postgres.cluster import Cluster

seen: list[Any] = []


@task("tests.look")
def look(actor: Actor, *, area: int) -> None:
    """Note whose doors the job sees."""
    areas = Dwelling.objects.values_list("area_id", flat=True).distinct()
    seen.append((actor.account_id, actor.kind, actor.purpose, area in set(areas), len(set(areas)) > 0))


@task("tests.fail")
def fail(actor: Actor) -> None:
    """Write and fail."""
    seen.append(actor.token)
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def nothing_seen() -> Iterator[None]:
    seen.clear()
    yield
    seen.clear()


class Context:
    """What procrastinate hands a task; of the job only its number."""

    class job:  # noqa: N801 - stands where the row is
        id = 1


def run(job: int) -> None:
    """Run a queued job as the worker does: its function with what stands in the queue."""
    with as_system("test"):
        row = ProcrastinateJob.objects.get(pk=job)
    queued: Callable[..., None] = app.tasks[row.task_name].func
    queued(Context(), **row.args)


def defer(cast: Cast, wanted: Task, **arguments: Any) -> int:
    with cast.lin.acting() as lin:
        return wanted.defer(lin, **arguments)


def forge(sql: str, *values: str | int) -> int:
    """Write into the queue as the app role could by injected SQL."""
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: int = cursor.fetchone()[0]
        return found


def test_a_job_sees_what_its_actor_sees_and_nothing_else(cast: Cast) -> None:
    run(defer(cast, look, area=cast.grid_id))
    run(defer(cast, look, area=cast.far_grid_id))
    assert seen == [(cast.lin.account_id, "job", "duty", True, True), (cast.lin.account_id, "job", "duty", False, True)]


def test_the_hidden_doors_are_there_for_somebody_else(cast: Cast) -> None:
    with cast.zhou.acting() as zhou:
        job = look.defer(zhou, area=cast.far_grid_id)
    run(job)
    assert seen == [(cast.zhou.account_id, "job", "duty", True, True)]


def test_a_job_of_a_rolled_back_transaction_was_never_queued(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), cast.lin.acting() as lin:
        job = look.defer(lin, area=1)
        raise ZeroDivisionError
    with as_system("test"):
        assert not ProcrastinateJob.objects.filter(pk=job).exists()


def test_a_job_written_into_the_queue_by_hand_is_refused(cast: Cast) -> None:
    arguments = {"account_id": account_of(SYSTEM), "purpose": "duty", "arguments": {"area": cast.grid_id}}
    for mac in ("", "0" * 64, "é"):
        job = forge(
            "insert into procrastinate_jobs (queue_name, task_name, args, status) values ('default', 'tests.look',"
            " %s, 'todo') returning id",
            json.dumps({**arguments, "mac": mac}),
        )
        with pytest.raises((ForgedJob, TypeError)):
            run(job)
    assert seen == []


@pytest.mark.parametrize(
    ("path", "value"),
    [("{account_id}", "1"), ("{purpose}", '"other"'), ("{arguments,area}", "99"), ("{arguments,more}", "1")],
)
def test_a_job_changed_in_the_queue_is_refused(cast: Cast, path: str, value: str) -> None:
    job = defer(cast, look, area=cast.grid_id)
    forge(
        "update procrastinate_jobs set args = jsonb_set(args, %s::text[], %s::jsonb) where id = %s returning id",
        path, value, job,
    )  # fmt: skip
    with pytest.raises(ForgedJob):
        run(job)
    assert seen == []


def test_a_jobs_seal_fits_no_other_task(cast: Cast) -> None:
    job = defer(cast, fail)
    forge("update procrastinate_jobs set task_name = 'tests.look' where id = %s returning id", job)
    with pytest.raises(ForgedJob):
        run(job)


def test_the_jobs_own_session_ends_with_it_also_when_it_fails(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError):
        run(defer(cast, fail))
    from wangge.access.context import acting

    with pytest.raises(NoSession), acting(seen[0]):
        pass


def test_after_a_job_its_connection_serves_nobody(cast: Cast) -> None:
    run(defer(cast, look, area=cast.grid_id))
    with pytest.raises(DatabaseError, match="no open session"), transaction.atomic():
        Dwelling.objects.count()


def test_the_queue_holds_ids_and_codes_only(cast: Cast) -> None:
    with cast.lin.acting() as lin:
        job = look.defer(lin, area=cast.grid_id)
    with as_system("test"):
        args = ProcrastinateJob.objects.get(pk=job).args
    assert set(args) == {"account_id", "purpose", "arguments", "mac"}
    assert lin.token not in json.dumps(args)


def test_what_listeners_hear_is_the_jobs_number_only(cast: Cast, cluster: Cluster, db: str) -> None:
    with psycopg.connect(cluster.dsn("wg_app", db), autocommit=True) as listener:
        channels = ("procrastinate_any_queue_v1", "procrastinate_queue_v1#default")
        for channel in channels:
            listener.execute(f'listen "{channel}"'.encode())
        defer(cast, look, area=4711)
        heard = [note.payload for note in listener.notifies(timeout=timedelta(seconds=0.5).total_seconds())]
    assert heard
    assert not any("4711" in payload or "tests.look" in payload for payload in heard)
