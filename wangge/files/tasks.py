"""The nightly round through the photos: what no row names is removed."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from wangge.files.actions import sweep
from wangge.jobs.system import as_system

log = structlog.get_logger()


@app.periodic(cron="31 3 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep_photos(timestamp: int) -> None:
    with as_system("sweep"):
        log.info("photos swept", files=sweep(now=timezone.now()))
