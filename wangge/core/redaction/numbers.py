"""Citizen IDs, telephone numbers, plates and e-mail addresses in a text, however they are written."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from wangge.core.redaction.kinds import Kind, Span

_SPOKEN = {
    **dict.fromkeys("零〇洞", "0"),
    **dict.fromkeys("一壹幺", "1"),
    **dict.fromkeys("二贰两貳", "2"),
    **dict.fromkeys("三叁參", "3"),
    **dict.fromkeys("四肆", "4"),
    **dict.fromkeys("五伍", "5"),
    **dict.fromkeys("六陆陸", "6"),
    **dict.fromkeys("七柒拐", "7"),
    **dict.fromkeys("八捌", "8"),
    **dict.fromkeys("九玖勾", "9"),
}
_LOOKALIKES = {**dict.fromkeys("×✕Хх", "X"), **dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("·•・", ".")}
_REACH = 3  # joints between two digits of one number
_LONGEST = 18
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_CITIZEN = (
    re.compile(  # the old form of 15 digits from births in 1920 on, since a grid code of a town looks like one before
        rf"{_PROVINCE}\d{{4}}(?:(?:18|19|20)\d{{2}}{_DAY}\d{{3}}[\dX]|[2-9]\d{_DAY}\d{{3}})"
    )
)
_MOBILE = re.compile(r"(?:0|(?:00)?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:010|02\d|0[3-9]\d{2})\d{7,8}")
_ABROAD = re.compile(r"(?:00)?860?(?:10|2\d|[3-9]\d{2})\d{7,8}")
_PREFIXES = ("86", "0086", "0")
_DIGIT = re.compile(r"\d")
_CUE = re.compile(
    r"(?:电话|座机|固话|手机|联系|拨打|致电|TEL|PHONE|CALL)[号码是为打:.,、， ]{0,4}(\d{3,4}[ -]?\d{4})(?!\d)"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领军]"
    r"[ .-]{0,2}[A-Z][ .-]{0,2}(?=[A-Z]{0,4}\d[A-Z]{0,3}\d)[A-Z0-9]{4,6}[学警港澳挂领]?(?![A-Z0-9])"
)
_EMAIL = re.compile(r"(?<![A-Z0-9._%+-])[A-Z0-9._%+-]++@(?:[A-Z0-9-]++\.)+[A-Z]{2,}")


class Folded:
    """The text in two one-character-for-one foldings: letters as written, and spoken digits as digits."""

    def __init__(self, text: str) -> None:
        kept = [(at, folded) for at, char in enumerate(text) if (folded := _fold(char))]
        self.places = [at for at, _ in kept]
        self.written = [folded for _, folded in kept]
        self.spoken = [_SPOKEN.get(char, char) for char in self.written]

    def hits(self) -> Iterator[Span]:
        written, spoken = "".join(self.written), "".join(self.spoken)
        for match in _EMAIL.finditer(written):
            yield match.start(), match.end(), Kind.EMAIL
        for match in _PLATE.finditer(spoken):
            yield match.start(), match.end(), Kind.PLATE
        for match in _CUE.finditer(spoken):
            yield match.start(1), match.end(1), Kind.PHONE
        for match in _DIGIT.finditer(spoken):
            if self._is_edge(match.start()):
                yield from self._numbers_at(spoken, match.start())

    def blank(self, spans: list[Span]) -> None:
        for start, end, _ in spans:
            self.written[start:end] = self.spoken[start:end] = ["\0"] * (end - start)

    def _is_edge(self, at: int) -> bool:
        """Say whether a number may begin or end before `at`: not between two digits, unless one of them is spoken."""
        before, after = self.written[max(at - 1, 0) : at], self.written[at : at + 1]
        return not (before and after and before[0].isdecimal() and after[0].isdecimal())

    def _numbers_at(self, spoken: str, start: int) -> Iterator[Span]:
        """Yield the IDs and telephone numbers whose first digit is at `start`."""
        opened = "".join(self.written[max(start - 1, 0) : start]) in ("+", "(")
        abroad = opened and self.written[start - 1] == "+"
        digits, groups, joints, at = "", [0], set[str](), start
        while len(digits) < _LONGEST and _is_digit(spoken, at, len(digits)):
            digits += spoken[at]
            groups[-1] += 1
            at += 1
            if self._is_edge(at) and (kind := _kind(digits, groups, joints, abroad=abroad)):
                yield start - opened, at, kind
            end, at = at, _over_joints(spoken, at)
            joints.update(spoken[end:at])
            groups += [0] if at > end else []


@lru_cache(maxsize=1 << 14)
def _fold(char: str) -> str:
    """The letter as it is compared; nothing for one that cannot be seen."""
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isspace():
        return " " if char.splitlines()[0] else "\n"
    plain = unicodedata.normalize("NFKC", char).upper()
    if len(plain) != 1 or plain.isdecimal():
        return char
    return _LOOKALIKES.get(plain, plain)


def _is_digit(spoken: str, at: int, length: int) -> bool:
    return spoken[at : at + 1].isdecimal() or (length == 17 and spoken[at : at + 1] == "X")


def _over_joints(spoken: str, at: int) -> int:
    for step in range(at, min(at + _REACH, len(spoken))):
        if spoken[step] not in " -.()":
            return step
    return min(at + _REACH, len(spoken))


def _kind(digits: str, groups: list[int], joints: set[str], *, abroad: bool) -> Kind | None:
    if _CITIZEN.fullmatch(digits):
        return Kind.CITIZEN_ID
    mobile = _MOBILE.fullmatch(digits)
    abroad = abroad or digits.startswith("00")
    if not (mobile or _LANDLINE.fullmatch(digits) or (abroad and _ABROAD.fullmatch(digits))):
        return None
    own = groups[1:] if digits[: groups[0]] in _PREFIXES else groups
    steady = min(own) > 2 or max(own) == 1
    loose = joints in ({" "}, {"-"}) if mobile else own[0] in ((2, 3, 4) if abroad else (3, 4))
    return Kind.PHONE if steady or loose else None
