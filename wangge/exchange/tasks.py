"""Work in the background: imports chunk by chunk in the name of whoever began them; files of exports, and their end."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.access.actor import Actor
from wangge.exchange.actions import PURPOSE, advance, exporting, give_up_old
from wangge.exchange.models import Export
from wangge.jobs.system import as_system
from wangge.jobs.task import task

log = structlog.get_logger()


@task("exchange.advance")
def work(actor: Actor, *, pk: int) -> None:
    """Do the next chunk and queue the one after it; both or neither are in the database."""
    if advance(pk, by=actor, now=timezone.now()):
        go_on(actor, pk)


def go_on(actor: Actor, pk: int) -> None:
    """Queue the next piece of work in a session that may write the register."""
    work.defer_as(actor.account_id, PURPOSE, lock=f"import:{pk}", pk=pk)


@task("exchange.make")
def make(actor: Actor, *, pk: int) -> None:
    """Make the file of an approved export."""
    exporting.make(pk, by=actor, now=timezone.now())


def make_soon(export: Export) -> None:
    """Queue the making of the file, in the name of who asked: not of who approved, who sees other rows."""
    make.defer_as(export.by_id, "export", lock=f"export:{export.pk}", pk=export.pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name="exchange.expire", queueing_lock="exchange.expire", lock="exchange.expire")
def expire(timestamp: int) -> None:
    """Files whose last day has passed are gone within five minutes; so are lists that nobody went on with."""
    with as_system("exports") as system:
        if ended := exporting.expire_all(by=system, now=timezone.now()):
            log.info("exports expired", number=ended)
    with as_system("import") as system:
        if given_up := give_up_old(by=system, now=timezone.now()):
            log.info("imports given up", number=given_up)
