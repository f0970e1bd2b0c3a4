"""The worker process: runs the queue, never as anybody but who deferred a job."""

import os
import signal
import threading
import time

OPTIONS = {
    "concurrency": 2, "delete_jobs": "successful", "shutdown_graceful_timeout": 5.0, "update_heartbeat_interval": 5.0,
    "stalled_worker_timeout": 60.0, "fetch_job_polling_interval": 2.0,
}  # fmt: skip
GRACE = 8.0


def main() -> None:
    threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    import django  # noqa: PLC0415 - app ready

    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - app ready

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined] # Django's
        working.run_worker(**OPTIONS)


def follow(parent: int) -> None:
    """End when the supervisor is gone: waiting for a database that ended as well could take minutes."""
    while os.getppid() == parent:
        time.sleep(0.5)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
