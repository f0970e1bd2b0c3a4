"""Django's name card of the app."""

from datetime import timedelta

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "wangge.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.cases import exports, keeping, reactions  # noqa: F401, PLC0415 - app ready
        from wangge.cases.actions.intake import COMPARTMENT  # noqa: PLC0415 - app ready
        from wangge.vault import sealed  # noqa: PLC0415 - app ready

        exports.register_all()
        keeping.register_all()
        sealed.register(
            sealed.Sealed(
                "cases_contact", "case_id", columns=("phone", "original"),
                indexes=(sealed.Index("phone_index", of="phone"),),
                named_by="(select number from cases_case c where c.id = case_id)",
            )
        )  # fmt: skip
        sealed.register_passing(COMPARTMENT, timedelta(days=7))  # answers to be repeated, see jobs.tidy
