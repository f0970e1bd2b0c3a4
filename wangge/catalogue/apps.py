"""Django's name card of the app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "wangge.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
