"""Django's name card of the app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "wangge.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"
