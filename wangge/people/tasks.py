"""The registry's nights: care that is over ends and is counted; runs of retention begin and go on in chunks."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.jobs.system import as_system
from wangge.people.actions import retaining
from wangge.people.actions.alarming import watch
from wangge.people.actions.care_nights import count_needs, end_overdue
from wangge.people.actions.erasing_asked import erase_asked

log = structlog.get_logger()
A_WHILE = 40.0
"""Seconds of one turn of a run; the next turn goes on where it ended."""


@app.periodic(cron="53 2 * * *")
@app.task(name="people.care", queueing_lock="people.care", lock="people.care")
def care(timestamp: int) -> None:
    """End first, then count: both or neither."""
    with as_system("care") as system:
        now = timezone.now()
        ended = end_overdue(by=system, now=now)
        log.info("care register", ended=ended, kept=count_needs(by=system, now=now).number)


@app.periodic(cron="*/5 * * * *")
@app.task(name="people.watch", queueing_lock="people.watch", lock="people.watch")
def look_out(timestamp: int) -> None:
    """Look at what was opened: within ten minutes somebody knows (`actions.alarming.EVERY`)."""
    with as_system("watch") as system:
        if raised := watch(by=system, now=timezone.now()):
            log.warning("looks stand out", alarms=len(raised))


@app.periodic(cron="* * * * *")
@app.task(name="people.retain", queueing_lock="people.retain", lock="people.retain")
def retain(timestamp: int) -> None:
    """Begin tonight's run when its time has come, remove who asked for it, carry on every run under way."""
    with as_system("retention") as system:
        retaining.ask_tonight(by=system, now=timezone.now())
    with as_system("retention") as system:
        if carried_out := erase_asked(by=system, now=timezone.now()):
            log.info("people removed at their request", requests=len(carried_out))
    for done in retaining.carry_on(clock=timezone.now, seconds=A_WHILE):
        log.info("retention", run=done.run, category=done.category, rows=done.rows)
