"""Passport numbers: Chinese ones by their series, all others by the shape of ICAO Doc 9303."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wangge.core.identifiers.mistakes import BadIdentifier, Reason, plain


class Series(NamedTuple):
    """A series of numbers: its shape, what it is, and how sure we are (R: from recall, compare before use)."""

    shape: str
    meaning: str
    mark: str


_LETTER = "[A-HJ-NP-Z]"
CHINESE: tuple[Series, ...] = (
    Series("E[0-9]{8}", "ordinary, with chip, since 2012", "R"),
    Series(f"E{_LETTER}[0-9]{{7}}", "ordinary, with chip, after E99999999", "R"),
    Series("G[0-9]{8}", "ordinary, before the chip", "R"),
    Series("1[45][0-9]{7}", "ordinary, of 1992 and 1997", "R"),
    Series("(?:DE|SE|PE)[0-9]{7}", "diplomatic, service and official, with chip", "R"),
    Series("[DSP][0-9]{7,8}", "diplomatic, service and official, before the chip", "R"),
    Series("(?:K|H)[0-9]{8}|(?:KJ|HJ)[0-9]{7}", "Hong Kong", "R"),
    Series("M[ABC]?[0-9]{7,8}", "Macao", "R"),
)
"""Series seen on Chinese passports. Authorities open new ones: whoever meets one hands in a longer list."""

_SHORTEST, _LONGEST = 5, 9
_SHAPE = re.compile(r"(?=.*[0-9])[A-Z0-9]+")


def passport(typed: str) -> str:
    """Return the normal form of any country's passport number: 5 to 9 letters and digits, one digit at least.

    ICAO Doc 9303-4 gives the number nine places and no check digit of its own on the page; nothing more can be known of
    a foreign one. The tenth sign in the machine-read lines is their check digit. Raises BadIdentifier.
    """
    number = plain(typed).replace("<", "")
    if not _SHAPE.fullmatch(number):
        raise BadIdentifier(Reason.PASSPORT_SHAPE)
    if len(number) < _SHORTEST:
        raise BadIdentifier(Reason.PASSPORT_SHORT, _SHORTEST - len(number))
    if len(number) > _LONGEST:
        raise BadIdentifier(Reason.PASSPORT_LONG, len(number) - _LONGEST)
    return number


def chinese_passport(typed: str, series: Sequence[Series] = CHINESE) -> str:
    """Return the normal form of a Chinese passport number: one of the `series`. Raises BadIdentifier."""
    number = passport(typed)
    if series_of(number, series) is None:
        raise BadIdentifier(Reason.PASSPORT_SERIES)
    return number


def series_of(number: str, series: Sequence[Series] = CHINESE) -> Series | None:
    """Return the Chinese series that a number in normal form has the shape of; a foreign one may share it."""
    return next((each for each in series if re.fullmatch(each.shape, number)), None)
