"""Django's name card of the app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "wangge.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.insight import exports  # noqa: PLC0415 - app ready

        exports.register_all()
