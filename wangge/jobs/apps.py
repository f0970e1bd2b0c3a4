"""Django's name card of the app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "wangge.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
