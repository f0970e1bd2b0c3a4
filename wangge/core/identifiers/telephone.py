"""Telephone numbers of mainland China."""

import re

from wangge.core.identifiers.mistakes import BadIdentifier, Reason, check_length, plain

_ABROAD = re.compile(r"\+0*|00")
_AREA_CODE = re.compile(r"010|02[0-9]|0[3-9][0-9]{2}")
_WHOLE = re.compile(r"0|1[^0]|1$")
_MOBILE_BEHIND = re.compile(r"(?:86|0)(1[3-9][0-9]{9})")


def phone(typed: str, *, area_code: str = "") -> str:
    """Return the normal form of a telephone number of mainland China: "13800000000" or "0512-00000000".

    +86, 0086, spaces, dashes, brackets and full-width digits are understood; a landline number without its area code
    takes `area_code`. Numbers of other countries and service numbers are refused. Raises BadIdentifier.
    """
    digits = plain(typed)
    if len(digits) == 11 and digits[0] == "1" and digits.isascii() and digits.isdecimal():
        return _mobile(digits)
    if prefix := _ABROAD.match(digits):
        digits = digits[prefix.end() :]
        if not digits.startswith("86"):
            raise BadIdentifier(Reason.PHONE_ABROAD)
        digits = digits[2:] if _WHOLE.match(digits, 2) else "0" + digits[2:]
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadIdentifier(Reason.PHONE_LETTERS)
    if bare := _MOBILE_BEHIND.fullmatch(digits):
        digits = bare[1]
    if digits.startswith("1"):
        return _mobile(digits)
    return _landline(digits if digits.startswith("0") else area_code + digits)


def _mobile(digits: str) -> str:
    check_length(digits, 11, Reason.MOBILE_SHORT, Reason.MOBILE_LONG)
    if digits[1] in "012":
        raise BadIdentifier(Reason.MOBILE_START)
    return digits


def _landline(digits: str) -> str:
    area = _AREA_CODE.match(digits)
    if area is None:
        raise BadIdentifier(Reason.LANDLINE_AREA)
    local = digits[area.end() :]
    if len(local) < 7:
        raise BadIdentifier(Reason.LANDLINE_SHORT, 7 - len(local))
    if len(local) > 8:
        raise BadIdentifier(Reason.LANDLINE_LONG, len(local) - 8)
    return f"{area[0]}-{local}"


def grouped_phone(number: str) -> str:
    """Return a number in normal form in groups for reading: "138 0000 0000", "0512 0000 0000"."""
    area, dash, local = number.partition("-")
    if dash:
        return f"{area} {local[:-4]} {local[-4:]}"
    return f"{number[:3]} {number[3:7]} {number[7:]}"
