"""The second process of a large list: `python -m wangge.exchange.lanes`."""

import json
import os
import signal
import sys
from datetime import datetime
from typing import Any

import django

IDLE = 60
"""Seconds after which nobody asks any more; whoever does begins another process."""


def main() -> None:
    """Work on one piece after the other until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is asked to stop, and ends this one
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever else is printed is no answer
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415 - app ready

    connection.settings_dict.update(json.loads(sys.stdin.readline()))
    while line := _question():
        answers.write(json.dumps(worked(**json.loads(line))) + "\n")
        answers.flush()


def _question() -> str:
    """The next line; while nobody asks, an alarm ends the process."""
    signal.alarm(IDLE)
    line = sys.stdin.readline()
    signal.alarm(0)
    return line


def worked(*, work: str, of: int, place: int, token: str, now: str) -> tuple[int, int] | None:
    """One piece, in the name of whoever asked; None when there is none or it failed."""
    import structlog  # noqa: PLC0415 - app ready
    from django.utils.module_loading import import_string  # noqa: PLC0415 - app ready

    from wangge.access.context import acting  # noqa: PLC0415 - app ready
    from wangge.exchange.heap import calm  # noqa: PLC0415 - app ready
    from wangge.exchange.models import Import  # noqa: PLC0415 - app ready
    from wangge.exchange.queries import staging  # noqa: PLC0415 - app ready

    given: dict[str, Any] = {"now": datetime.fromisoformat(now)}
    try:
        with calm(), acting(token) as actor:
            staging.take_time()
            done: tuple[int, int] | None = import_string(work)(Import.objects.get(pk=of), place, by=actor, **given)
            return done
    except Exception:  # noqa: BLE001 - the first process does the piece itself, and tells what is wrong if it fails as well
        structlog.get_logger().exception("a piece failed beside", of=of, work=work)
        return None


if __name__ == "__main__":
    main()
