"""The work on imports in the background: one chunk a job, in the name of whoever began it, until a person is asked."""

from django.utils import timezone

from wangge.access.actor import Actor
from wangge.exchange.actions import PURPOSE, advance
from wangge.jobs.task import task


@task("exchange.advance")
def work(actor: Actor, *, pk: int) -> None:
    """Do the next chunk and queue the one after it; both or neither are in the database."""
    if advance(pk, by=actor, now=timezone.now()):
        go_on(actor, pk)


def go_on(actor: Actor, pk: int) -> None:
    """Queue the next piece of work in a session that may write the register."""
    work.defer_as(actor.account_id, PURPOSE, lock=f"import:{pk}", pk=pk)
