"""Django's name card of the app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "wangge.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.exchange.keeping import register_all  # noqa: PLC0415 - app ready

        register_all()
