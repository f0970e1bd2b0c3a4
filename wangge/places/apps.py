"""Django's name card of the app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wangge.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.places.imports import register_all  # noqa: PLC0415 - app ready

        register_all()
