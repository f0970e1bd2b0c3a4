"""A task carries its actor: signed when it is deferred, checked and put into the transaction when it runs."""

import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job, JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import Task as Queued

from wangge.access.actor import Actor
from wangge.access.context import acting
from wangge.access.sessions import close_session, open_session, sign

JOB_SESSION = timedelta(minutes=15)

log = structlog.get_logger()


class ForgedJob(PermissionError):
    """The job's signature is not ours: somebody wrote into the queue by hand."""


class Patience(RetryStrategy):
    """Eight tries with longer and longer pauses; a forged job gets none."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, ForgedJob):
            return None
        return super().get_retry_decision(exception=exception, job=job)


HERE = JobManager(DjangoConnector())
"""Jobs are put into the present transaction, in the worker too, whose own connector has connections of its own."""
RETRY = Patience(max_attempts=8, exponential_wait=3)


def _seal(name: str, account_id: int, purpose: str, arguments: dict[str, Any]) -> str:
    text = json.dumps([name, account_id, purpose, arguments], sort_keys=True, ensure_ascii=False)
    return sign("job|" + text).hex()


class Task:
    """A function to be run later in the name of whoever defers it. Arguments are ids and codes only."""

    def __init__(self, name: str, queued: Queued[Any, Any, Any], function: Callable[..., None]) -> None:
        self.name = name
        self.queued = queued
        self.function = function

    def __call__(self, actor: Actor, **arguments: Any) -> None:
        """Run it at once, in the transaction the actor is in."""
        self.function(actor, **arguments)

    def defer(self, actor: Actor, *, lock: str | None = None, after: int = 0, **arguments: Any) -> int:
        """Queue the task in the present transaction; it vanishes if that is rolled back."""
        return self.defer_as(actor.account_id, actor.purpose, lock=lock, after=after, **arguments)

    def defer_as(
        self, account_id: int, purpose: str, *, lock: str | None = None, after: int = 0, **arguments: Any
    ) -> int:
        mac = _seal(self.name, account_id, purpose, arguments)
        settings: dict[str, Any] = {"lock": lock} if lock else {}
        if after:
            settings["schedule_in"] = {"seconds": after}
        deferrer = JobDeferrer(HERE, self.queued.configure(**settings).job)
        return int(deferrer.defer(account_id=account_id, purpose=purpose, arguments=arguments, mac=mac))


def task(name: str) -> Callable[[Callable[..., None]], Task]:
    """Register `function(actor, **arguments)` as a task that runs in one transaction as the actor."""

    def decorate(function: Callable[..., None]) -> Task:
        @wraps(function)
        def run(context: JobContext, account_id: int, purpose: str, arguments: dict[str, Any], mac: str) -> None:
            if not hmac.compare_digest(mac, _seal(name, account_id, purpose, arguments)):
                log.error("forged job", task=name, job=context.job.id)
                raise ForgedJob(name)
            label = f"job {context.job.id}"
            token = open_session(
                account_id, kind="job", purpose=purpose, now=timezone.now(), lasts=JOB_SESSION, label=label
            )
            try:
                with acting(token) as actor:
                    function(actor, **arguments)
            finally:
                close_session(token)

        return Task(name, app.task(name=name, pass_context=True, retry=RETRY)(run), function)

    return decorate
