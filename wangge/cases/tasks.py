"""The midnight job: puts every approved change of areas in force whose date has come."""

from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.cases.actions.handover import catch_up


@app.periodic(cron="* * * * *")
@app.task(name="areas.take_effect", queueing_lock="areas.take_effect")
def areas(timestamp: int) -> None:
    """Asked each minute, so that a worker that slept over midnight is late by a minute and not by a day."""
    catch_up(timezone.now())
