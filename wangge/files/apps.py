"""Django's name card of the app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wangge.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
