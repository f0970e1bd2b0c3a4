"""The citizen ID number (GB 11643-1999) and the residence permits of Hong Kong, Macao and Taiwan, built like it."""

import re
from datetime import date
from operator import mul

from wangge.core.identifiers.mistakes import BadIdentifier, Reason, check_length, plain

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
RESIDENCE_STARTS = ("810000", "820000", "830000")
"""Hong Kong, Macao, Taiwan: Measures for residence permits, State Council, 国办发〔2018〕81号."""


def citizen_id(typed: str, *, today: date) -> str:
    """Return the normal form of a citizen ID number (GB 11643): 17 digits and a check character.

    Checked are shape, birth date (a real day, not after `today`) and ISO 7064 MOD 11-2. The county prefix is not
    checked: numbers keep the county code of the day they were given out, which need not exist in the birth year;
    `counties.county_doubt` gives a hint. Raises BadIdentifier.
    """
    number = like_citizen_id(plain(typed), today=today)
    if number.startswith("9"):
        raise BadIdentifier(Reason.ID_START)
    return number


def like_citizen_id(number: str, *, today: date) -> str:
    """Return a plain number of 18 places when date and check character are right. Raises BadIdentifier."""
    check_length(number, 18, Reason.ID_SHORT, Reason.ID_LONG)
    if not _SHAPE.fullmatch(number):
        raise BadIdentifier(Reason.ID_SHAPE)
    try:
        born = birth_date(number)
    except ValueError:
        raise BadIdentifier(Reason.ID_DATE) from None
    if not date(1850, 1, 1) <= born <= today:
        raise BadIdentifier(Reason.ID_DATE)
    if number[17] != id_check(number[:17]):
        raise BadIdentifier(Reason.ID_CHECK)
    return number


def residence_permit(typed: str, *, today: date) -> str:
    """Return the normal form of a residence permit of a resident of Hong Kong, Macao or Taiwan (港澳台居民居住证).

    It is a citizen ID number in all but its first six digits, which stand for the place. Raises BadIdentifier.
    """
    number = like_citizen_id(plain(typed), today=today)
    if not number.startswith(RESIDENCE_STARTS):
        raise BadIdentifier(Reason.RESIDENCE_START)
    return number


def birth_date(number: str) -> date:
    """Return the birth date inside a citizen ID number in normal form."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def id_check(digits: str) -> str:
    """Return the check character for the first 17 digits of a citizen ID (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(map(mul, _WEIGHTS, map(int, digits))) % 11]


def grouped_id(number: str) -> str:
    """Return a citizen ID in groups of county, birth date and the rest."""
    return f"{number[:6]} {number[6:14]} {number[14:]}"
