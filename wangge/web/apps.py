"""Django's name card of the door."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wangge.web"
    label = "web"

    def ready(self) -> None:
        from wangge.web.signin import receivers  # noqa: F401, PLC0415 - app ready
