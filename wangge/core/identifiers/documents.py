"""Identity documents of all kinds: one normal form, the kind written before the number."""

from datetime import date
from enum import StrEnum

from wangge.core.identifiers.citizen import citizen_id, residence_permit
from wangge.core.identifiers.passports import passport
from wangge.core.identifiers.permits import home_permit, permanent_residence, strait_permit


class DocumentKind(StrEnum):
    """Which document a number stands on."""

    CITIZEN_ID = "citizen_id"
    RESIDENCE_PERMIT = "residence_permit"
    HOME_PERMIT = "home_permit"
    STRAIT_PERMIT = "strait_permit"
    PERMANENT_RESIDENCE = "permanent_residence"
    PASSPORT = "passport"


def document(kind: DocumentKind, typed: str, *, today: date) -> str:
    """Return the number of a document of this kind in its normal form. Raises BadIdentifier."""
    match kind:
        case DocumentKind.CITIZEN_ID:
            return citizen_id(typed, today=today)
        case DocumentKind.RESIDENCE_PERMIT:
            return residence_permit(typed, today=today)
        case DocumentKind.PERMANENT_RESIDENCE:
            return permanent_residence(typed, today=today)
        case DocumentKind.HOME_PERMIT:
            return home_permit(typed)
        case DocumentKind.STRAIT_PERMIT:
            return strait_permit(typed)
        case DocumentKind.PASSPORT:
            return passport(typed)


def told_apart(kept: str) -> tuple[DocumentKind, str]:
    """Split `kind:number`, as it is sealed, into its two parts."""
    kind, _, number = kept.partition(":")
    return DocumentKind(kind), number
