"""Work in the background: the grids are watched every night; drafts are drawn by `wangge.places.actions.drafts`."""

from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.jobs.system import as_system
from wangge.places.actions.outlining import draw_missing
from wangge.places.actions.watching import count, propose


@app.periodic(cron="41 2 * * *")
@app.task(name="places.watch", queueing_lock="places.watch")
def watch(timestamp: int) -> None:
    """Count the homes of all grids; propose the smallest repair where one left its limits; draw outlines not there."""
    with as_system("grids") as system:
        propose(count(by=system).found, by=system, now=timezone.now())
    with as_system("grids") as system:
        draw_missing(by=system)
