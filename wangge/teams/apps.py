"""Django's name card of the app."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "wangge.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.teams.imports import register_all  # noqa: PLC0415 - app ready

        register_all()
