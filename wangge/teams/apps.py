"""Django's name card of the app."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "wangge.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"
