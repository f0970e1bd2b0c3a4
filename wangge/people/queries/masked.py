"""A page's persons, opened and masked in one batch; what is masked is made for the page and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wangge.core.identifiers import told_apart
from wangge.core.masking import masked_id, masked_name, masked_permit, masked_phone
from wangge.people.models import Person
from wangge.people.words import COMPARTMENT, Document, Kept, told_by
from wangge.vault import queries as vault

SHOWN = (Kept.NAME, Kept.PHONE)


@dataclass(frozen=True)
class Field:
    """A field as it stands on a page: what it is, masked; who told it and when."""

    kept: Kept
    masked: str
    source: str
    told_on: str

    @property
    def told_by(self) -> str:
        """Who told it, in words."""
        return told_by(self.source)


def masked(persons: Sequence[Person], kept: Sequence[Kept] = SHOWN) -> dict[int, dict[Kept, str]]:
    """The given fields of each person, masked; what is not kept is left out."""
    table, columns = Person._meta.db_table, [(field, field.value) for field in kept]
    wanted: list[tuple[int, Kept]] = []
    places: list[vault.Place] = []
    for person in persons:
        row = str(person.pk)
        for field, column in columns:
            sealed = getattr(person, column)
            if sealed is not None:
                wanted.append((person.pk, field))
                places.append((sealed, table, column, row))
    shown = vault.open_masked(COMPARTMENT, places, {column: MASKS[field] for field, column in columns})
    found: dict[int, dict[Kept, str]] = {person.pk: {} for person in persons}
    for (pk, field), value in zip(wanted, shown, strict=True):
        found[pk][field] = value or ""
    return found


def masked_document(value: str) -> str:
    """A document, sealed as `kind:number`, as it is shown before it is opened."""
    kind, number = told_apart(value)
    return masked_id(number) if kind.value == Document.CITIZEN_ID else masked_permit(number)


MASKS: Mapping[Kept, vault.Mask] = {
    Kept.NAME: masked_name, Kept.PHONE: masked_phone, Kept.DOCUMENT: masked_document,
}  # fmt: skip


def mask(field: Kept, value: str) -> str:
    """One value as it is shown before it is opened."""
    return MASKS[field](value)


def fields_of(person: Person, shown: Mapping[Kept, str]) -> list[Field]:
    """What is kept of a person, each with who told it and when."""
    return [
        Field(kept, shown[kept], *person.told.get(kept.value, (person.source, person.confirmed_on.isoformat())))
        for kept in Kept
        if kept in shown
    ]
