"""Django's name card of the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "wangge.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.cases import exports, reactions  # noqa: F401, PLC0415 - app ready

        exports.register_all()
