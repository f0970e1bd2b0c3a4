"""A worker process at work: queue, periodic tasks, forged and orphaned jobs. All people are invented."""

import json
import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.cast import Cast, case
from tests.jobs.conftest import until
from wangge.cases import actions
from wangge.delivery.actions import queue, send
from wangge.delivery.models import Message
from wangge.jobs.system import account_of, as_system
from wangge.ledger import seals
from wangge.places.queries import by_token

Start = Callable[..., "subprocess.Popen[bytes]"]


def rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else []


def todo() -> list[str]:
    return [name for (name,) in rows("select task_name from procrastinate_jobs where status = 'todo' order by id")]


def message(key: str) -> Message:
    with as_system("test") as actor:
        made = queue("13800000001", "It is done.", channel="sms", subject="case:1", area_id=None, key=key, by=actor,
                     now=timezone.now())  # fmt: skip
        assert made is not None
        return made


def state_of(key: str) -> tuple[str, int]:
    with as_system("test"):
        held = Message.objects.get(key=key)
        return str(held.state), held.tries


def test_a_worker_seals_tells_the_news_and_sends_the_message(cast: Cast, worker: Start) -> None:
    now = timezone.now
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        received = actions.report(actions.Report(place, "楼道漏水", phone="13800000001"), by=sun, now=now())
    number = received.case.number
    with cast.lin.acting() as lin:
        actions.verify(case(number), outcome="exists", by=lin, now=now())
    with cast.acceptor.acting() as acceptor:
        actions.accept(case(number), category="water.burst_pipe", by=acceptor, now=now())
    worker()

    def sent() -> Any:
        return rows("select state, receipt like %s, tries from delivery_message", "console:entry-%")

    assert until(lambda: sent() and sent()[0][0] == "sent")
    assert sent() == [("sent", True, 1)]
    assert until(lambda: rows("select count(*) from ledger_seal")[0][0] > 0)
    with as_system("test"):
        found = seals.verify()
    assert (found.whole, found.entries > 0) == (True, True)
    assert rows("select count(*) from procrastinate_jobs where status = 'failed'") == [(0,)]
    assert rows("select max(attempts) from procrastinate_jobs where status in ('todo', 'doing')")[0][0] in {0, None}


def test_a_job_vanishes_with_the_transaction_it_was_deferred_in(db: str) -> None:
    with pytest.raises(ZeroDivisionError), as_system("test") as actor:
        send.defer(actor, message_id=1)
        assert todo_here() == ["delivery.send"]
        raise ZeroDivisionError
    assert todo() == []


def todo_here() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where status = 'todo'")
        return [name for (name,) in cursor.fetchall()]


def test_a_job_deferred_in_the_worker_belongs_to_the_transaction_there_too(db: str) -> None:
    """The worker's own connector has connections of its own: a message could be sent before it was there."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined] # Django's
        with pytest.raises(ZeroDivisionError), as_system("test") as actor:
            send.defer(actor, message_id=1)
            raise ZeroDivisionError
        assert todo() == []


def test_a_forged_job_is_not_run_and_not_tried_again(db: str, worker: Start) -> None:
    honest = message("honest")
    rows("delete from procrastinate_events")
    rows("delete from procrastinate_jobs")
    forged = {"account_id": account_of("system"), "purpose": "test", "arguments": {"message_id": honest.pk}}
    for mac in ("", "00" * 32):
        args = json.dumps(forged | {"mac": mac})
        rows("select procrastinate_defer_jobs_v1(array[row('default', 'delivery.send', 0, null, null, %s, null)"
             "::procrastinate_job_to_defer_v1])", args)  # fmt: skip
    worker()
    failed = "select attempts, count(*) from procrastinate_jobs where status = 'failed' group by 1"
    assert until(lambda: rows(failed) == [(1, 2)]), rows("select task_name, status, attempts from procrastinate_jobs")
    assert state_of("honest") == ("queued", 0)


def test_what_another_account_signed_is_not_run_in_the_systems_name(db: str, cast: Cast, worker: Start) -> None:
    held = message("hers")
    rows("delete from procrastinate_events")
    rows("delete from procrastinate_jobs")
    with transaction.atomic():
        send.defer_as(cast.lin.account_id, "duty", message_id=held.pk)
    rows("update procrastinate_jobs set args = jsonb_set(args, '{account_id}', %s)", json.dumps(account_of("system")))
    worker()
    assert until(lambda: rows("select count(*) from procrastinate_jobs where status = 'failed'") == [(1,)])
    assert state_of("hers") == ("queued", 0)


def test_a_job_that_a_killed_worker_had_begun_is_run_by_the_next(db: str, worker: Start) -> None:
    message("begun")
    rows("insert into procrastinate_workers (last_heartbeat) values (now() - interval '60 seconds')")
    rows("update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)")
    rows("insert into procrastinate_jobs (task_name, queue_name, status, queueing_lock, args)"
         " values ('jobs.seal', 'default', 'doing', 'jobs.seal', '{\"timestamp\": 0}')")  # fmt: skip
    worker()
    assert until(lambda: state_of("begun") == ("sent", 1), 60)
    stuck = "select count(*) from procrastinate_jobs where status = 'doing' and worker_id is null"
    assert until(lambda: rows(stuck) == [(0,)])


def test_a_worker_ends_soon_when_it_is_told_to(db: str, worker: Start) -> None:
    process = worker()
    assert until(lambda: rows("select count(*) from procrastinate_workers") == [(1,)])
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert time.monotonic() - begun < 8


def test_signatures_do_not_reach_the_log(db: str, worker: Start) -> None:
    from tests.home import HOME

    with as_system("test") as actor:
        send.defer(actor, message_id=0)
    (mac,) = (json.loads(args)["mac"] for (args,) in rows("select args from procrastinate_jobs"))
    worker()
    assert until(lambda: rows("select count(*) from procrastinate_jobs where attempts > 0") == [(1,)])
    assert [p.name for p in (HOME / "log").glob("w*.log") if mac.encode() in p.read_bytes()] == []
