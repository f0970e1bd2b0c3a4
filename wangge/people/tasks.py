"""The care register's night: what is over ends, what is kept is counted."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.jobs.system import as_system
from wangge.people.actions.care_nights import count_needs, end_overdue

log = structlog.get_logger()


@app.periodic(cron="53 2 * * *")
@app.task(name="people.care", queueing_lock="people.care", lock="people.care")
def care(timestamp: int) -> None:
    """End first, then count: both or neither."""
    with as_system("care") as system:
        now = timezone.now()
        ended = end_overdue(by=system, now=now)
        log.info("care register", ended=ended, kept=count_needs(by=system, now=now).number)
