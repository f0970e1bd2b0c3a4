"""The house's own periodic work: seal the book, hand its news on, make next month's partition, tidy up."""

from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from wangge.access.actor import Actor
from wangge.jobs.keys import steps
from wangge.jobs.system import as_system
from wangge.jobs.task import task
from wangge.ledger import outbox, seals
from wangge.vault import rotation
from wangge.vault.actions import copy_tombstones

log = structlog.get_logger()
SILENT = 15
"""Seconds without a sign of life after which a worker counts as dead; it gives one every five (web/worker.py)."""

A_WHILE = 40.0
"""Seconds in which one turn seals anew before it lets others in; the next turn goes on where it ended."""


@task("jobs.react")
def react(_actor: Actor, *, entry: int) -> None:
    """Run the reactions to one entry of the book."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, at, actor_id, verb, subject, area_id, facts from ledger_entry where id = %s", [entry]
        )
        outbox.react(outbox.news_of(cursor.fetchone()))


@app.periodic(cron="* * * * * */2")
@app.task(name="jobs.drain", queueing_lock="jobs.drain", pass_context=False)
def drain(timestamp: int) -> None:
    with as_system("outbox") as actor:
        outbox.drain(lambda news: react.defer(actor, entry=news.id))


@app.periodic(cron="* * * * * */5")
@app.task(name="jobs.seal", queueing_lock="jobs.seal")
def seal(timestamp: int) -> None:
    with as_system("seal"):
        seals.seal()


@app.periodic(cron="* * * * * */10")
@app.task(name="jobs.revive", queueing_lock="jobs.revive")
async def revive(timestamp: int) -> None:
    """Queue again what a killed worker had begun: its transaction was rolled back with it."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        if job.queueing_lock:  # periodic: the next one is on its way
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        else:
            await app.job_manager.retry_job(job)
        log.warning("job revived", job=job.id, task=job.task_name)


@app.periodic(cron="*/15 * * * *")
@app.task(name="jobs.anchor", queueing_lock="jobs.anchor")
def anchor(timestamp: int) -> None:
    """Send the newest seal off the machine, to every folder the operator named (a mount of a second host).

    The list of destroyed keys travels with it: what `restore` obeys must not lie in the backup alone. A folder that is
    away stops neither the others nor the next time.
    """
    with as_system("anchor"):
        for folder in (settings.WANGGE.home / "anchors", *settings.WANGGE.anchor_folders):
            try:
                seals.export(Path(folder) / "anchors.jsonl", now=timezone.now())
                copy_tombstones(Path(folder))
            except OSError as problem:
                log.error("seal not exported", folder=str(folder), errno=problem.errno)  # noqa: TRY400 - no fault of ours


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.tidy", queueing_lock="jobs.tidy")
def tidy(timestamp: int) -> None:
    """Make the coming months' partitions; forget receipts after 7 days and budgets after their window."""
    now = timezone.now()
    with as_system("tidy"), connection.cursor() as cursor:
        for months in range(1, 4):
            cursor.execute("select ledger_partition((%s::date + make_interval(months => %s))::date)", [now, months])
        cursor.execute("delete from access_receipt where at < %s", [now - timedelta(days=7)])
        cursor.execute("select wg_tidy_budgets()")


@app.periodic(cron="47 3 * * *")
@app.task(name="jobs.forget", queueing_lock="jobs.forget")
async def forget(timestamp: int) -> None:
    """Finished jobs are gone after 7 days: their arguments are ids, but a list of ids is a register too."""
    await app.job_manager.delete_old_jobs(nb_hours=7 * 24, include_failed=True, include_cancelled=True)


@app.periodic(cron="* * * * *")
@app.task(name="jobs.reseal", queueing_lock="jobs.reseal")
def reseal(timestamp: int) -> None:
    """Carry on every exchange of a key, then destroy the old keys whose time is over."""
    with as_system("reseal"):
        codes = rotation.under_way()
    for code in codes:
        rows = sum(done.rows for done in steps(code, seconds=A_WHILE))
        log.info("sealed anew", compartment=code, rows=rows)
    with as_system("reseal"):
        gone = rotation.destroy_due(now=timezone.now())
    for key in gone:
        log.info("old key destroyed", key=key)
