"""Django's name card of the app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "wangge.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
