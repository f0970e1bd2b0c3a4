"""A page's persons, opened and masked in one batch; what is masked is made for the page and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

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
    wanted = [(person, field) for person in persons for field in kept if getattr(person, field.value) is not None]
    table = Person._meta.db_table
    places = [(bytes(getattr(one, field.value)), table, field.value, str(one.pk)) for one, field in wanted]
    masks = {field.value: partial(mask, field) for field in kept}
    shown = vault.open_masked(COMPARTMENT, places, masks)
    found: dict[int, dict[Kept, str]] = {person.pk: {} for person in persons}
    for (person, field), value in zip(wanted, shown, strict=True):
        found[person.pk][field] = value or ""
    return found


def mask(field: Kept, value: str) -> str:
    """One value as it is shown before it is opened."""
    match field:
        case Kept.NAME:
            return masked_name(value)
        case Kept.PHONE:
            return masked_phone(value)
        case Kept.DOCUMENT:
            kind, number = told_apart(value)
            return masked_id(number) if kind.value == Document.CITIZEN_ID else masked_permit(number)


def fields_of(person: Person, shown: Mapping[Kept, str]) -> list[Field]:
    """What is kept of a person, each with who told it and when."""
    return [
        Field(kept, shown[kept], *person.told.get(kept.value, (person.source, person.confirmed_on.isoformat())))
        for kept in Kept
        if kept in shown
    ]
