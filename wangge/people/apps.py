"""Django's name card of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wangge.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
