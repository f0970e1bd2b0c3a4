"""Numbers of people, firms and vehicles: normal forms, what is wrong with them, and how that is said."""

from wangge.core.identifiers.citizen import birth_date, citizen_id, grouped_id, id_check, residence_permit
from wangge.core.identifiers.counties import Doubt, county_doubt, explain_doubt
from wangge.core.identifiers.credit import credit_check, credit_code
from wangge.core.identifiers.documents import DocumentKind, document, told_apart
from wangge.core.identifiers.mistakes import BadIdentifier, Reason
from wangge.core.identifiers.passports import Series, chinese_passport, passport, series_of
from wangge.core.identifiers.permits import home_permit, permanent_residence, strait_permit
from wangge.core.identifiers.plates import plate
from wangge.core.identifiers.sentences import explain
from wangge.core.identifiers.telephone import grouped_phone, phone

__all__ = [
    "BadIdentifier",
    "DocumentKind",
    "Doubt",
    "Reason",
    "Series",
    "birth_date",
    "chinese_passport",
    "citizen_id",
    "county_doubt",
    "credit_check",
    "credit_code",
    "document",
    "explain",
    "explain_doubt",
    "grouped_id",
    "grouped_phone",
    "home_permit",
    "id_check",
    "passport",
    "permanent_residence",
    "phone",
    "plate",
    "residence_permit",
    "series_of",
    "strait_permit",
    "told_apart",
]
