"""Django's name card of the app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "wangge.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
