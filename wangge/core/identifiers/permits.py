"""Cards of people from elsewhere: permanent residence of foreigners, travel permits of Hong Kong, Macao and Taiwan."""

import re
from datetime import date

from wangge.core.identifiers.citizen import like_citizen_id
from wangge.core.identifiers.mistakes import BadIdentifier, Reason, plain

_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
_NEW = re.compile(r"9[0-9]{16}[0-9X]")
_HOME = re.compile(r"[HM](?:[0-9]{8}|[0-9]{10}|A[0-9]{7})")
_STRAIT = re.compile(r"([0-9]{8}|[0-9]{10})[A-Z]?")


def permanent_residence(typed: str, *, today: date) -> str:
    """Return the normal form of a foreigner's permanent residence card (外国人永久居留身份证), old or new.

    New (since 1 December 2023, National Immigration Administration): 9, province, country, birth date and a check
    character as in GB 11643, 18 places. Old: three letters for the country and twelve digits, of which the fifth to the
    tenth are the birth date (year in two digits); how its last digit is made we do not know, so that the
    date alone is looked at. Raises BadIdentifier.
    """
    number = plain(typed)
    if len(number) not in (15, 18):
        raise BadIdentifier(Reason.SETTLED_LENGTH)
    if len(number) == 18:
        if not _NEW.fullmatch(number):
            raise BadIdentifier(Reason.SETTLED_SHAPE)
        return like_citizen_id(number, today=today)
    if not _OLD.fullmatch(number):
        raise BadIdentifier(Reason.SETTLED_SHAPE)
    if not any(_is_day(f"{century}{number[7:13]}") for century in ("19", "20")):
        raise BadIdentifier(Reason.ID_DATE)
    return number


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def home_permit(typed: str) -> str:
    """Return the normal form of a mainland travel permit of Hong Kong and Macao residents (回乡证): 9 signs.

    H or M and eight digits for life; two more digits count the cards of the old kind and are dropped. HA and MA with
    seven digits are given to permanent residents without Chinese nationality since 10 July 2024. Raises BadIdentifier.
    """
    number = plain(typed)
    if number[0] not in "HM":
        raise BadIdentifier(Reason.HOME_START)
    if not _HOME.fullmatch(number):
        raise BadIdentifier(Reason.HOME_SHAPE)
    return number[:9]


def strait_permit(typed: str) -> str:
    """Return the normal form of a mainland travel permit of Taiwan residents (台胞证): 8 digits for life.

    Older booklets print ten digits, the last two counting the booklets, and a letter in brackets: both are dropped
    (recall). There is no check digit. Raises BadIdentifier.
    """
    match = _STRAIT.fullmatch(plain(typed))
    if match is None:
        raise BadIdentifier(Reason.STRAIT_SHAPE)
    return match[1][:8]
