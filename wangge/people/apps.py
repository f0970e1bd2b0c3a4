"""Django's name card of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wangge.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.people import exports, imports  # noqa: PLC0415 - app ready
        from wangge.people.models.rights import SEALED  # noqa: PLC0415 - app ready
        from wangge.people.words import COMPARTMENT, folded, number_of  # noqa: PLC0415 - app ready
        from wangge.vault.sealed import Index, Sealed, register  # noqa: PLC0415 - app ready

        indexes = (
            Index("name_index", of="name", normal=folded, area_column="community_id"),
            Index("document_index", of="document", normal=number_of),
            Index("phone_index", of="phone"),
        )
        register(
            Sealed(
                "people_person", "id", ("name", "document", "phone", "wishes"), indexes, None, compartment=COMPARTMENT
            )
        )
        register(
            Sealed(
                "people_arrival", "id", ("name", "document", "phone"), indexes, None, compartment=COMPARTMENT,
                named_by="coalesce(record_id, id)::text", bound_to="people_person",
            )
        )  # fmt: skip
        imports.register_all()
        register(
            Sealed(
                "people_careneed", "id", columns=("need", "note", "grounds", "carer_outside", "deputy_outside"),
                compartment_column=None, compartment=COMPARTMENT,
            )
        )  # fmt: skip
        register(Sealed("people_lookreview", "id", columns=("note",), compartment_column=None, compartment=COMPARTMENT))
        exports.register_all()
        for table, columns in (
            ("people_firmcontact", ("name", "phone")),
            ("people_sheetline", ("name", "phone", "said", "answer")),
        ):
            register(Sealed(table, "id", columns=columns, compartment_column=None, compartment=COMPARTMENT))
        register(
            Sealed(
                "people_rightsrequest", "id", columns=SEALED, compartment_column=None, compartment=COMPARTMENT
            )
        )  # fmt: skip
