"""What a cell may hold: text, numbers, dates, codes, telephones, words of a list; and by which rule it is wrong."""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from wangge.core.identifiers import BadIdentifier, credit_code, phone
from wangge.core.sheets import BROKEN

BLANKS = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "null", "none", "n/a", "暂无", "暂无资料", "暂无数据"})
"""What people write where they know nothing."""
LONGEST_BLANK = max(map(len, BLANKS))
_ERRORS = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME\?|NUM|NULL|SPILL)!?", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_RANGE = re.compile(r"\d+(?:\.\d+)?\s*(?:-|~|至|到|–|—)\s*\d+(?:\.\d+)?.*")
_ABOUT = re.compile(r"(?:约|大约|近|余|>|<|≥|≤|~).*|.*(?:左右|以上|以下|余|多)\S?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
_OTHER_ORDER = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.0+)?")
_SPREADSHEET_ZERO = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1))
_YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "对"})
_NO = frozenset({"否", "无", "没有", "n", "no", "false", "0", "×", "x"})
_FORMULA = ("=", "@", "＝")


class Rule(StrEnum):
    """The rules a cell can break."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL = "control"
    BROKEN_CHARACTER = "broken_character"
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    HASHES = "hashes"
    NOT_NUMBER = "not_number"
    NOT_WHOLE = "not_whole"
    NOT_FINITE = "not_finite"
    RANGE = "range"
    ABOUT = "about"
    SCIENTIFIC = "scientific"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_DATE = "not_date"
    DATE_ORDER = "date_order"
    DATE_SERIAL = "date_serial"
    DATE_1900 = "date_1900"
    NOT_CODE = "not_code"
    CODE_LENGTH = "code_length"
    NOT_YES_NO = "not_yes_no"
    NOT_IN_LIST = "not_in_list"
    PHONE = "phone"
    CREDIT_CODE = "credit_code"


class BadCell(ValueError):
    """A cell that breaks `rule`; `detail` is the limit or the reason behind it."""

    def __init__(self, rule: Rule, detail: str = "") -> None:
        super().__init__(rule.value)
        self.rule = rule
        self.detail = detail


def folded(cell: str) -> str:
    """Return the text with full-width forms folded and without invisible characters or space at its ends."""
    if cell.isascii():
        return cell.strip()
    if min(cell) >= "\u4e00" and max(cell) <= "\u9fff":  # Chinese characters alone have one form
        return cell
    plain = unicodedata.normalize("NFKC", cell)
    return "".join(char for char in plain if unicodedata.category(char) != "Cf").strip()


def is_blank(cell: str) -> bool:
    """Say whether the cell holds nothing, or a sign for nothing (-, /, 无, null)."""
    if len(cell) > LONGEST_BLANK and cell.isalnum():
        return False
    return folded(cell).lower() in BLANKS


def text(cell: str, longest: int) -> str:
    """Return the text of a cell in one line. Raises BadCell: control, broken_character, formula, error, too_long."""
    if len(cell) <= longest and cell.isalnum():  # letters and digits alone: most cells
        return cell
    plain = " ".join(cell.replace("\u3000", " ").replace("\ufeff", "").split())
    _check_whole(plain)
    if len(plain) > longest:
        raise BadCell(Rule.TOO_LONG, str(longest))
    return plain


def _check_whole(plain: str) -> None:
    if not plain.isprintable() and any(unicodedata.category(char) in ("Cc", "Co", "Cs", "Cf") for char in plain):
        raise BadCell(Rule.CONTROL)
    if BROKEN in plain:
        raise BadCell(Rule.BROKEN_CHARACTER)
    if plain.startswith(_FORMULA):
        raise BadCell(Rule.FORMULA)
    if plain.startswith("#"):
        if _ERRORS.fullmatch(plain):
            raise BadCell(Rule.ERROR_VALUE)
        if set(plain) == {"#"}:
            raise BadCell(Rule.HASHES)


def number(cell: str, *, least: float = -math.inf, most: float = math.inf, units: str = "") -> float:
    """Return the number in a cell, with or without thousands' commas and one of the `units` behind it ("户 栋").

    Raises BadCell: not_number, range (3-5), about (约 300), not_finite, too_small, too_large, error_value, formula.
    """
    plain = folded(cell)
    _check_whole(plain)
    for unit in units.split():
        plain = plain.removesuffix(unit).rstrip()
    if plain.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise BadCell(Rule.NOT_FINITE)
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not (_NUMBER.fullmatch(plain) and plain.isascii()) and not _SCIENTIFIC.fullmatch(plain):
        raise BadCell(_why_no_number(plain))
    value = float(plain)
    if not math.isfinite(value):
        raise BadCell(Rule.NOT_FINITE)
    if value < least:
        raise BadCell(Rule.TOO_SMALL, f"{least:g}")
    if value > most:
        raise BadCell(Rule.TOO_LARGE, f"{most:g}")
    return value


def _why_no_number(plain: str) -> Rule:
    if _RANGE.fullmatch(plain):
        return Rule.RANGE
    return Rule.ABOUT if _ABOUT.fullmatch(plain) and any(map(str.isdigit, plain)) else Rule.NOT_NUMBER


def integer(cell: str, *, least: float = -math.inf, most: float = math.inf, units: str = "") -> int:
    """Return the whole number in a cell; "12.0" is one, "12.5" is not. Raises BadCell like `number`, and not_whole."""
    value = number(cell, least=least, most=most, units=units)
    if not value.is_integer():
        raise BadCell(Rule.NOT_WHOLE)
    return int(value)


def day(cell: str) -> date:
    """Return the day in a cell, written year first in one of the usual ways. Raises BadCell.

    A spreadsheet's serial number (43891) and its day zero are refused, not guessed: they are slips of the program.
    """
    plain = folded(cell)
    _check_whole(plain)
    match = _DAY.fullmatch(plain)
    if match is None:
        if _SERIAL.fullmatch(plain):
            raise BadCell(Rule.DATE_SERIAL)
        raise BadCell(Rule.DATE_ORDER if _OTHER_ORDER.fullmatch(plain) else Rule.NOT_DATE)
    year, month, number_of_day = (int(part) for part in match.groups() if part)
    if (year, month, number_of_day) == (1900, 1, 0):
        raise BadCell(Rule.DATE_1900)
    try:
        found = date(year, month, number_of_day)
    except ValueError:
        raise BadCell(Rule.NOT_DATE) from None
    if found in _SPREADSHEET_ZERO:
        raise BadCell(Rule.DATE_1900)
    return found


def code(cell: str, lengths: tuple[int, ...] = ()) -> str:
    """Return the digits of an official code of one of the `lengths`. Raises BadCell: scientific, not_code, code_length.

    What a spreadsheet made of a long number (3.20585E+11) has lost its last digits; a short one its leading zeros.
    """
    plain = folded(cell).replace(" ", "").lstrip("'")
    _check_whole(plain)
    plain = re.sub(r"\.0+$", "", plain)
    if _SCIENTIFIC.fullmatch(plain):
        raise BadCell(Rule.SCIENTIFIC)
    if not (plain.isdecimal() and plain.isascii()):
        raise BadCell(Rule.NOT_CODE)
    if lengths and len(plain) not in lengths:
        raise BadCell(Rule.CODE_LENGTH, ", ".join(map(str, lengths)))
    return plain


def yes_no(cell: str) -> bool:
    """Return the answer in a cell (是, 有, yes, 1; 否, 无, no, 0). Raises BadCell."""
    plain = folded(cell).lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise BadCell(Rule.NOT_YES_NO)


def choice(cell: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """Return the code whose names hold the word in the cell. Raises BadCell with the words that would do."""
    plain = folded(cell).lower()
    for value, names in known.items():
        if plain == value or plain in names:
            return value
    raise BadCell(Rule.NOT_IN_LIST, "、".join(names[0] for names in known.values() if names))


def telephone(cell: str, *, area_code: str = "") -> str:
    """Return the telephone number in its normal form. Raises BadCell; `detail` is the reason of core.identifiers."""
    plain = re.sub(r"\.0+$", "", folded(cell))
    if _SCIENTIFIC.fullmatch(plain):
        raise BadCell(Rule.SCIENTIFIC)
    try:
        return phone(plain, area_code=area_code)
    except BadIdentifier as problem:
        raise BadCell(Rule.PHONE, problem.reason.value) from None


def firm(cell: str) -> str:
    """Return the unified social credit code in its normal form. Raises BadCell."""
    try:
        return credit_code(cell)
    except BadIdentifier as problem:
        raise BadCell(Rule.CREDIT_CODE, problem.reason.value) from None
