"""The first six digits of a citizen ID beside a table of counties: a hint to look again, never a refusal."""

from collections.abc import Container
from enum import StrEnum

from wangge.core.identifiers.citizen import RESIDENCE_STARTS
from wangge.core.labels import Language

_PROVINCES = frozenset(
    prefix
    for row in ("1112131415", "212223", "31323334353637", "414243444546", "5051525354", "6162636465", "71", "818283")
    for prefix in map("".join, zip(row[::2], row[1::2], strict=True))
)
"""Provinces of GB/T 2260; 83 stands for Taiwan in residence permits alone."""


class Doubt(StrEnum):
    """Why the county of a number deserves a second look."""

    NO_PROVINCE = "no_province"
    NO_COUNTY = "no_county"


_SENTENCES = {
    Doubt.NO_PROVINCE: (
        "身份证号开头两位没有对应的省份，请对着证件再看一眼；没错就可以保存",
        "No province has the first two digits of this ID number. Please look at the card again; if it is so, go on",
    ),
    Doubt.NO_COUNTY: (
        "身份证号前六位不在手头的区划表里。老证常有这种情况，对过没错就可以保存",
        "The table of counties does not hold the first six digits. Older cards often have such; if it is so, go on",
    ),
}


def county_doubt(number: str, known: Container[str]) -> Doubt | None:
    """Return why the county of a citizen ID in normal form looks strange, or None.

    `known` holds the six-digit codes of GB/T 2260 of all years that the caller has, old ones too: a number keeps the
    code of the day it was given out, often decades after the birth. Numbers are therefore never refused for it.
    """
    if number[:2] not in _PROVINCES:
        return Doubt.NO_PROVINCE
    if number[:6] in RESIDENCE_STARTS or number[:6] in known:
        return None
    return Doubt.NO_COUNTY


def explain_doubt(doubt: Doubt, language: Language) -> str:
    """Return the hint as a sentence for the person who typed."""
    chinese, english = _SENTENCES[doubt]
    return english if language == "en" else chinese
