"""Django's name card of the app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "wangge.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.delivery.keeping import register_all  # noqa: PLC0415 - app ready
        from wangge.vault import sealed  # noqa: PLC0415 - app ready

        register_all()
        sealed.register(sealed.Sealed("delivery_message", "id", columns=("recipient",), named_by="key"))
