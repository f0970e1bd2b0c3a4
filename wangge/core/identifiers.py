"""Numbers of people and firms: citizen ID, credit code, telephone; their normal, grouped and masked forms."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from wangge.core.labels import Language

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_JOINTS = re.compile(r"[\s\-‐‑‒–—―−·.()/]+")
_ID_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_USCC_SHAPE = re.compile(rf"[{_USCC_SYMBOLS}]{{2}}[0-9]{{6}}[{_USCC_SYMBOLS}]{{10}}")
_ABROAD = re.compile(r"\+0*|00")
_AREA_CODE = re.compile(r"010|02[0-9]|0[3-9][0-9]{2}")
_WHOLE = re.compile(r"0|1[^0]|1$")
_MOBILE_BEHIND = re.compile(r"(?:86|0)(1[3-9][0-9]{9})")
_NUMERALS = "零一两三四五六七八九十"


class Reason(StrEnum):
    """Why a number cannot be right."""

    EMPTY = "empty"
    ID_SHORT = "id_short"
    ID_LONG = "id_long"
    ID_SHAPE = "id_shape"
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


class BadIdentifier(ValueError):
    """A number with a mistake in it: `reason`, and by how many characters it is too short or too long."""

    def __init__(self, reason: Reason, by: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.by = by


def citizen_id(typed: str, *, today: date) -> str:
    """Return the normal form of a citizen ID number (GB 11643): 17 digits and a check character.

    Checked are shape, birth date (a real day, not after `today`) and ISO 7064 MOD 11-2. The county prefix is not
    checked: numbers keep the county code of the day they were given out, which need not exist in the birth year.
    Raises BadIdentifier.
    """
    number = _plain(typed)
    _check_length(number, 18, Reason.ID_SHORT, Reason.ID_LONG)
    if not _ID_SHAPE.fullmatch(number):
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


def birth_date(number: str) -> date:
    """Return the birth date inside a citizen ID number in normal form."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def id_check(digits: str) -> str:
    """Return the check character for the first 17 digits of a citizen ID (ISO 7064 MOD 11-2)."""
    return _ID_CHECKS[sum(w * int(d) for w, d in zip(_ID_WEIGHTS, digits, strict=True)) % 11]


def credit_code(typed: str) -> str:
    """Return the normal form of a unified social credit code (GB 32100): shape and check character hold.

    Raises BadIdentifier.
    """
    code = _plain(typed)
    _check_length(code, 18, Reason.USCC_SHORT, Reason.USCC_LONG)
    if not _USCC_SHAPE.fullmatch(code):
        raise BadIdentifier(Reason.USCC_SHAPE)
    if code[17] != credit_check(code[:17]):
        raise BadIdentifier(Reason.USCC_CHECK)
    return code


def credit_check(symbols: str) -> str:
    """Return the check character for the first 17 symbols of a credit code (weights 3^i mod 31)."""
    total = sum(pow(3, place, 31) * _USCC_SYMBOLS.index(symbol) for place, symbol in enumerate(symbols))
    return _USCC_SYMBOLS[-total % 31]


def phone(typed: str, *, area_code: str = "") -> str:
    """Return the normal form of a telephone number of mainland China: "13800000000" or "0512-00000000".

    +86, 0086, spaces, dashes, brackets and full-width digits are understood; a landline number without its area code
    takes `area_code`. Numbers of other countries and service numbers are refused. Raises BadIdentifier.
    """
    digits = _plain(typed)
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
    _check_length(digits, 11, Reason.MOBILE_SHORT, Reason.MOBILE_LONG)
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


def grouped_id(number: str) -> str:
    """Return a citizen ID in groups of county, birth date and the rest."""
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def masked_name(name: str) -> str:
    """Return the first character of a name and two stars ("孙**"), so that its length is not told either."""
    return f"{name.strip()[:1]}**" if name.strip() else ""


def masked_phone(number: str) -> str:
    """Return a number in normal form with the middle starred: "138****0000", "0512-****0000"."""
    area, dash, local = number.partition("-")
    return f"{area}-****{local[-4:]}" if dash else f"{number[:3]}****{number[-4:]}"


def masked_id(number: str) -> str:
    """Return a citizen ID with only the county's province and the last two characters: no birth date."""
    return f"{number[:2]}**************{number[-2:]}"


def explain(error: BadIdentifier, language: Language) -> str:
    """Return a mistake as a sentence for the person who typed: "手机号少一位：要 11 位"."""
    chinese, english = _SENTENCES[error.reason]
    if language == "en":
        return english.format(by=error.by, digits="digit" if error.by == 1 else "digits")
    return chinese.format(by=_NUMERALS[error.by] if error.by < len(_NUMERALS) else f" {error.by} ")


_SENTENCES = {
    Reason.EMPTY: ("还没有填号码", "No number has been entered"),
    Reason.ID_SHORT: ("身份证号少{by}位：要 18 位", "The ID number is {by} {digits} short: it has 18"),
    Reason.ID_LONG: ("身份证号多{by}位：要 18 位", "The ID number has {by} {digits} too many: it has 18"),
    Reason.ID_SHAPE: (
        "身份证号前 17 位是数字，最后一位是数字或 X",
        "An ID number is 17 digits and a last digit or X",
    ),
    Reason.ID_DATE: (
        "身份证号里的出生日期不对，请核对第 7 到 14 位",
        "The birth date in the ID number, digits 7 to 14, is wrong",
    ),
    Reason.ID_CHECK: ("身份证号有一位不对，请再核对一遍", "One digit of the ID number is wrong, please check it again"),
    Reason.USCC_SHORT: ("信用代码少{by}位：要 18 位", "The credit code is {by} {digits} short: it has 18"),
    Reason.USCC_LONG: ("信用代码多{by}位：要 18 位", "The credit code has {by} {digits} too many: it has 18"),
    Reason.USCC_SHAPE: (
        "信用代码是数字和大写字母，没有 I、O、S、V、Z，第 3 到 8 位是数字",
        "A credit code is digits and letters without I, O, S, V, Z; places 3 to 8 are digits",
    ),
    Reason.USCC_CHECK: (
        "信用代码有一位不对，请再核对一遍",
        "One place of the credit code is wrong, please check it again",
    ),
    Reason.PHONE_LETTERS: ("电话号码里有不是数字的字", "The telephone number holds something that is no digit"),
    Reason.PHONE_ABROAD: ("只能填中国大陆的电话号码", "Only telephone numbers of mainland China can be used here"),
    Reason.MOBILE_SHORT: ("手机号少{by}位：要 11 位", "The mobile number is {by} {digits} short: it has 11"),
    Reason.MOBILE_LONG: ("手机号多{by}位：要 11 位", "The mobile number has {by} {digits} too many: it has 11"),
    Reason.MOBILE_START: (
        "手机号第二位是 3 到 9，请核对",
        "The second digit of a mobile number is 3 to 9, please check it",
    ),
    Reason.LANDLINE_AREA: ("座机号要带区号，例如 0512", "A landline number needs its area code, such as 0512"),
    Reason.LANDLINE_SHORT: (
        "座机号少{by}位：区号后面要 7 到 8 位",
        "The landline number is {by} {digits} short: 7 or 8 follow the area code",
    ),
    Reason.LANDLINE_LONG: (
        "座机号多{by}位：区号后面要 7 到 8 位",
        "The landline number has {by} {digits} too many: 7 or 8 follow the area code",
    ),
}


def _plain(typed: str) -> str:
    """Fold full-width forms, drop joints and invisible characters, and write letters large."""
    folded = _JOINTS.sub("", unicodedata.normalize("NFKC", typed))
    plain = "".join(char for char in folded if unicodedata.category(char) != "Cf").upper()
    if not plain:
        raise BadIdentifier(Reason.EMPTY)
    return plain


def _check_length(number: str, length: int, short: Reason, long: Reason) -> None:
    if len(number) < length:
        raise BadIdentifier(short, length - len(number))
    if len(number) > length:
        raise BadIdentifier(long, len(number) - length)
