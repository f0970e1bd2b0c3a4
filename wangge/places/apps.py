"""Django's name card of the app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wangge.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.places import exports, imports  # noqa: PLC0415 - app ready

        imports.register_all()
        exports.register_all()
