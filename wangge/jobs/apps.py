"""Django's name card of the app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "wangge.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.jobs.keeping import register  # noqa: PLC0415 - app ready
        from wangge.jobs.old_sessions import OldSessions  # noqa: PLC0415 - app ready

        register(OldSessions())
