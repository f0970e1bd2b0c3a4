"""Django's name card of the app."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "wangge.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"
