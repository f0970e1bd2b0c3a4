"""Is the house alive? Words and one number, for a monitor that has no account: no names, no versions, no causes."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from wangge.access.pages import open_to_all
from wangge.ledger.queries import lag

WORKER_SILENT = timedelta(seconds=60)
UNSEALED_MOST = 60.0
LOW, FULL = 0.15, 0.05


def disk() -> str:
    """`ok`, `low` below 15 % free, `full` below 5 %."""
    usage = shutil.disk_usage(settings.WANGGE.home)
    free = usage.free / usage.total
    return "full" if free < FULL else "low" if free < LOW else "ok"


def worker() -> str:
    """`ok` while one worker gave a sign of life within a minute."""
    since = timezone.now() - WORKER_SILENT
    return "ok" if ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).exists() else "silent"


@open_to_all
def health(_request: HttpRequest) -> JsonResponse:
    """200 while the database answers, 503 when it does not; `status` is `degraded` when something needs a look."""
    try:
        with transaction.atomic():
            found = {"database": "ok", "worker": worker(), "unsealed_seconds": lag().total_seconds(), "disk": disk()}
    except DatabaseError:
        connection.close()
        away = {"status": "down", "database": "away", "worker": "unknown", "unsealed_seconds": None, "disk": disk()}
        return JsonResponse(away, status=503, headers={"Retry-After": "5"})
    well = found["worker"] == found["disk"] == "ok" and float(str(found["unsealed_seconds"])) <= UNSEALED_MOST
    return JsonResponse({"status": "ok" if well else "degraded", **found})


urlpatterns = [path("health", health, name="health")]
