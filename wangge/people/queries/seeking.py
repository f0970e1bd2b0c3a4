"""Finding a person by a number or, in one community, by name, without opening anything."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from wangge.core.identifiers import BadIdentifier, DocumentKind, document, phone
from wangge.core.personal_names import normal
from wangge.people.models import Person
from wangge.people.words import COMPARTMENT, folded, number_of
from wangge.vault import queries as vault


def known_by_document(kept: str) -> QuerySet[Person]:
    """Persons whom the actor may see with this document, given as `kind:number` or as the bare number."""
    return Person.objects.filter(document_index__in=_indexes(number_of(kept)))


def seek(typed: str, communities: Iterable[int], *, today: date) -> QuerySet[Person]:
    """Persons whom the actor may see by document, telephone, or whole name in the given communities."""
    found = Q(pk__in=())
    for number in _numbers(typed, today):
        found |= Q(document_index__in=_indexes(number))
    try:
        found |= Q(phone_index__in=_indexes(phone(typed)))
    except BadIdentifier:
        name = folded(normal(typed))
        by_name = [index for area in communities for index in _indexes(name, area)]
        found |= Q(name_index__in=by_name)
    return Person.objects.filter(found)


def _numbers(typed: str, today: date) -> set[str]:
    """What the typed would be as a document of each kind that it can be."""
    numbers = set()
    for kind in DocumentKind:
        try:
            numbers.add(document(kind, typed, today=today))
        except BadIdentifier:
            continue
    return numbers


def _indexes(value: str, area: int | None = None) -> list[bytes]:
    return vault.blind_indexes(COMPARTMENT, value, area=area)
