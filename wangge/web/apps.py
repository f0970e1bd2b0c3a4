"""Django's name card of the door."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wangge.web"
    label = "web"

    def ready(self) -> None:
        from wangge.vault import sealed  # noqa: PLC0415 - app ready
        from wangge.web.signin import receivers  # noqa: F401, PLC0415 - app ready

        factors = sealed.InJson(("secret", "seed", "migrated_codes"))
        sealed.register(
            sealed.Sealed(
                "mfa_authenticator", "id", columns=("data",), compartment_column=None, compartment="accounts",
                named_by="'secret'", holding=factors,
            )
        )  # fmt: skip
