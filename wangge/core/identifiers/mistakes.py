"""What can be wrong with a number, and what every number goes through first."""

import re
import unicodedata
from enum import StrEnum

_JOINTS = re.compile(r"[\s\-‐‑‒–—―−·•・.()/]+")


class Reason(StrEnum):
    """Why a number cannot be right."""

    EMPTY = "empty"
    ID_SHORT = "id_short"
    ID_LONG = "id_long"
    ID_SHAPE = "id_shape"
    ID_START = "id_start"
    ID_DATE = "id_date"
    ID_CHECK = "id_check"
    USCC_SHORT = "uscc_short"
    USCC_LONG = "uscc_long"
    USCC_SHAPE = "uscc_shape"
    USCC_CHECK = "uscc_check"
    PHONE_LETTERS = "phone_letters"
    PHONE_ABROAD = "phone_abroad"
    MOBILE_SHORT = "mobile_short"
    MOBILE_LONG = "mobile_long"
    MOBILE_START = "mobile_start"
    LANDLINE_AREA = "landline_area"
    LANDLINE_SHORT = "landline_short"
    LANDLINE_LONG = "landline_long"
    RESIDENCE_START = "residence_start"
    SETTLED_LENGTH = "settled_length"
    SETTLED_SHAPE = "settled_shape"
    PASSPORT_SHORT = "passport_short"
    PASSPORT_LONG = "passport_long"
    PASSPORT_SHAPE = "passport_shape"
    PASSPORT_SERIES = "passport_series"
    HOME_START = "home_start"
    HOME_SHAPE = "home_shape"
    STRAIT_SHAPE = "strait_shape"
    PLATE_PROVINCE = "plate_province"
    PLATE_OFFICE = "plate_office"
    PLATE_SHORT = "plate_short"
    PLATE_LONG = "plate_long"
    PLATE_LETTERS = "plate_letters"
    PLATE_ELECTRIC = "plate_electric"


class BadIdentifier(ValueError):
    """A number with a mistake in it: `reason`, and by how many characters it is too short or too long."""

    def __init__(self, reason: Reason, by: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.by = by


def plain(typed: str) -> str:
    """Fold full-width forms, drop joints and invisible characters, and write letters large. Raises BadIdentifier."""
    if typed.isascii() and typed.isalnum():
        return typed.upper()
    folded = _JOINTS.sub("", unicodedata.normalize("NFKC", typed))
    bare = "".join(char for char in folded if unicodedata.category(char) != "Cf").upper()
    if not bare:
        raise BadIdentifier(Reason.EMPTY)
    return bare


def check_length(number: str, length: int, short: Reason, long: Reason) -> None:
    """Raise BadIdentifier with the difference when the number does not have `length` characters."""
    if len(number) < length:
        raise BadIdentifier(short, length - len(number))
    if len(number) > length:
        raise BadIdentifier(long, len(number) - length)
