"""Passports, permits and bank cards: by their own shape where it is rare enough, otherwise behind a word for them."""

import re
from collections.abc import Iterator

from wangge.core.identifiers import credit_check, id_check
from wangge.core.redaction.kinds import Kind, Span

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SAID = r"(?:号码|编号|号| ?NUMBER| ?NO)?[是为:.,、， ]{0,4}"
_NO_DATE = rf"(?!(?:19|20)\d\d ?{_DAY}(?![0-9A-Z]))"
_SIGNS = rf"{_NO_DATE}((?=(?:[A-Z ]*\d){{4}})[A-Z0-9](?: ?[A-Z0-9]){{5,17}})(?![A-Z0-9])"
_PASSPORT = re.compile(rf"(?:护照|PASSPORT){_SAID}{_SIGNS}")
_PERMIT = re.compile(
    r"(?:通行证|回乡证|台胞证|永居证|永久居留证|永久居留身份证|居留证|居住证|五星卡|PERMIT|RESIDENCE CARD)"
    rf"{_SAID}{_SIGNS}"
)
_CHINESE = re.compile(r"(?<![A-Z0-9])(?:E[A-HJ-NP-Z] ?\d{7}|[EG] ?\d{8})(?![A-Z0-9])")
_THINGS = re.compile(r"(?:编号|设备|型号|单号|订单|表号|箱号|序列号|电梯|路灯|合同号|批号).{0,3}$")
_SETTLED_OLD = re.compile(rf"(?<![A-Z0-9])[A-Z]{{3}}\d{{6}}{_DAY}\d{{2}}(?![A-Z0-9])")
_SETTLED_NEW = re.compile(rf"(?<![A-Z0-9])9\d{{5}}(?:19|20)\d\d{_DAY}\d{{3}}[\dX](?![A-Z0-9])")
_UNION = re.compile(r"(?<![A-Z0-9])62(?:[ -]?\d){14,17}(?![A-Z0-9]|[ -]\d)")
_CARD = re.compile(
    r"(?:银行卡|储蓄卡|信用卡|借记卡|工资卡|卡号|账号|帐号|账户|BANK CARD|CARD)(?:号码|号)?[是为:.,、， ]{0,4}"
    r"([3-6](?:[ -]?\d){15,18})(?!\d)"
)


def cards(text: str) -> Iterator[Span]:
    """Yield the passports, permits and bank cards in a folded text."""
    for cued, kind in ((_PASSPORT, Kind.PASSPORT), (_PERMIT, Kind.PERMIT), (_CARD, Kind.BANK_CARD)):
        for match in cued.finditer(text):
            yield match.start(1), match.end(1), kind
    for match in _CHINESE.finditer(text):
        if not _THINGS.search(text[max(match.start() - 9, 0) : match.start()]):
            yield match.start(), match.end(), Kind.PASSPORT
    for match in _SETTLED_OLD.finditer(text):
        yield match.start(), match.end(), Kind.PERMIT
    for match in _SETTLED_NEW.finditer(text):
        number = match[0]
        is_firm = "X" not in number and number[17] == credit_check(number[:17])
        if number[17] == id_check(number[:17]) and not is_firm:
            yield match.start(), match.end(), Kind.PERMIT
    for match in _UNION.finditer(text):
        if luhn(re.sub(r"\D", "", match[0])):
            yield match.start(), match.end(), Kind.BANK_CARD


def luhn(digits: str) -> bool:
    """Say whether the check digit of a bank card is right (ISO/IEC 7812-1, annex B)."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return sum(map(int, odd)) % 10 == -sum(sum(divmod(2 * int(digit), 10)) for digit in even) % 10
