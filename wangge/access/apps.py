"""Django's name card of the app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wangge.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
