"""What of residents lies sealed where: the exchange of a key finds every value by it."""

from wangge.people.models.rights import SEALED
from wangge.people.words import COMPARTMENT, folded, number_of
from wangge.vault.sealed import Index, Sealed, register

INDEXES = (
    Index("name_index", of="name", normal=folded, area_column="community_id"),
    Index("document_index", of="document", normal=number_of),
    Index("phone_index", of="phone"),
)
TABLES = {
    "people_careneed": ("need", "note", "grounds", "carer_outside", "deputy_outside"),
    "people_firmcontact": ("name", "phone"),
    "people_lookreview": ("note",),
    "people_rightsrequest": SEALED,
    "people_sheetline": ("name", "phone", "said", "answer"),
}


def register_all() -> None:
    """Called when the app is ready. Rows of lists are sealed for the person they will be, merged ones as before."""
    register(_of("people_person", ("name", "document", "phone", "wishes"), INDEXES))
    register(
        _of("people_arrival", ("name", "document", "phone"), INDEXES, "coalesce(record_id, id)::text", "people_person")
    )
    register(_of("people_mergedperson", ("name", "document", "phone", "wishes"), (), "person::text", "people_person"))
    for table, columns in TABLES.items():
        register(_of(table, columns))


def _of(
    table: str, columns: tuple[str, ...], indexes: tuple[Index, ...] = (), named_by: str = "", bound_to: str = ""
) -> Sealed:
    return Sealed(
        table, "id", columns, indexes, compartment_column=None, compartment=COMPARTMENT, named_by=named_by,
        bound_to=bound_to,
    )  # fmt: skip
