"""Django's name card of the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "wangge.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
