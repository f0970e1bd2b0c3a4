"""Every minute: the counts of days are brought up to date, when there is anything to count."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.insight.actions import keep_days
from wangge.insight.queries.days import is_waiting
from wangge.jobs.system import as_system

log = structlog.get_logger()


@app.periodic(cron="* * * * *")
@app.task(name="insight.keep", queueing_lock="insight.keep", lock="insight.keep")
def keep(timestamp: int) -> None:
    """A batch in a transaction, until nothing waits: what a batch opened, the next one counts."""
    more = True
    while more:
        with as_system("figures") as system:
            now = timezone.now()
            more = is_waiting(now)
            if more:
                kept = keep_days(by=system, now=now)
                log.info("days counted", days=kept.days, mended=kept.mended)
                more = kept.more
