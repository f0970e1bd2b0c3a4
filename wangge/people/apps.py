"""Django's name card of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wangge.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.people import exports, imports, keeping  # noqa: PLC0415 - app ready
        from wangge.people.models import sealed  # noqa: PLC0415 - app ready

        sealed.register_all()
        keeping.register_all()
        imports.register_all()
        exports.register_all()
