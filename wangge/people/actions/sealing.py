"""What somebody says of a person, checked and sealed field by field for the row it will stand in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.core.identifiers import BadIdentifier, DocumentKind, document, explain, phone
from wangge.core.personal_names import normal
from wangge.people.models import Person
from wangge.people.words import COMPARTMENT, Kept, Relation, Tenure, folded, number_of
from wangge.vault import actions as vault

LONGEST = 80


@dataclass(frozen=True)
class Member:
    """What is said of somebody who lives in a dwelling, as it was typed. Nothing but the name is asked for."""

    name: str
    tenure: Tenure
    relation: Relation | str = ""
    phone: str = ""
    document_kind: str = ""
    document: str = ""
    wishes: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None


def plain(member: Member, *, today: date) -> dict[Kept, str]:
    """Return the fields that were given, in normal form; a document as `kind:number`. Raises Refused."""
    return {
        kept: normal_form(kept, value, today=today)
        for kept, value in (
            (Kept.NAME, member.name),
            (Kept.PHONE, member.phone),
            (Kept.DOCUMENT, f"{member.document_kind}:{member.document}" if member.document else ""),
        )
        if value or kept is Kept.NAME
    }


def normal_form(kept: Kept, value: str, *, today: date) -> str:
    """Return one field in normal form. Raises Refused with what is wrong with it."""
    try:
        match kept:
            case Kept.NAME:
                if not (name := normal(value)) or len(name) > LONGEST:
                    raise Refused(_("A name has between 1 and %(most)s characters.") % {"most": LONGEST})
                return name
            case Kept.PHONE:
                return phone(value)
            case Kept.DOCUMENT:
                kind, _colon, number = value.partition(":")
                if kind not in set(DocumentKind):
                    raise Refused(_("Say what kind of document the number stands on."))
                return f"{kind}:{document(DocumentKind(kind), number, today=today)}"
    except BadIdentifier as wrong:
        raise Refused(explain(wrong, "en" if (get_language() or "").startswith("en") else "zh-Hans")) from wrong


def columns(pk: int, fields: Mapping[Kept, str], community: int) -> dict[str, bytes]:
    """Return the sealed values and blind indexes of the given fields of one person, by column."""
    made: dict[str, bytes] = {}
    for kept, value in fields.items():
        made[kept.value] = seal(pk, kept.value, value)
        made[f"{kept.value}_index"] = blind(kept, value, community)
    return made


def seal(pk: int, column: str, value: str) -> bytes:
    """Seal one value of a person for its place."""
    return vault.seal(COMPARTMENT, value, table=Person._meta.db_table, column=column, row=str(pk))


def wishes(pk: int, given: Mapping[str, Any]) -> bytes | None:
    """Seal how somebody wants to be reached; nothing said, nothing kept."""
    said = {key: value for key, value in given.items() if value}
    return seal(pk, "wishes", json.dumps(said, sort_keys=True, ensure_ascii=False)) if said else None


def blind(kept: Kept, value: str, community: int) -> bytes:
    """The index to find a field by: a name within one community, lest its frequency give it away."""
    return vault.blind_index(COMPARTMENT, spelled(kept, value), area=community if kept is Kept.NAME else None)


def spelled(kept: Kept, value: str) -> str:
    """What an index is made of: numbers of documents without their kind, names without case."""
    match kept:
        case Kept.NAME:
            return folded(value)
        case Kept.DOCUMENT:
            return number_of(value)
        case Kept.PHONE:
            return value


def repeated(fields: Sequence[Mapping[Kept, str]]) -> str | None:
    """Return a reason when two members of one household have the same document."""
    numbers = [each[Kept.DOCUMENT] for each in fields if Kept.DOCUMENT in each]
    return _("Two of them have the same document number.") if len(numbers) != len(set(numbers)) else None
