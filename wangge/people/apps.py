"""Django's name card of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wangge.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.people.words import COMPARTMENT, folded, number_of  # noqa: PLC0415 - app ready
        from wangge.vault.sealed import Index, Sealed, register  # noqa: PLC0415 - app ready

        register(
            Sealed(
                "people_person", "id", columns=("name", "document", "phone", "wishes"),
                indexes=(
                    Index("name_index", of="name", normal=folded, area_column="community_id"),
                    Index("document_index", of="document", normal=number_of),
                    Index("phone_index", of="phone"),
                ),
                compartment_column=None, compartment=COMPARTMENT,
            )
        )  # fmt: skip
