"""Django's name card of the app; at the start the ciphers prove themselves."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "wangge.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.vault.queries import check_ciphers  # noqa: PLC0415 - app ready

        check_ciphers()
