"""Django's name card of the app."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "wangge.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.teams import keeping  # noqa: PLC0415 - app ready
        from wangge.teams.imports import register_all  # noqa: PLC0415 - app ready

        keeping.register_all()
        register_all()
