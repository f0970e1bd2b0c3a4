"""The worker process: runs the queue, never as anybody but who deferred a job."""

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    import django  # noqa: PLC0415 - app ready
    from django.core.management import call_command  # noqa: PLC0415 - app ready

    django.setup()
    call_command("procrastinate", "worker", "--concurrency=2", "--delete-jobs=never")


if __name__ == "__main__":
    main()
