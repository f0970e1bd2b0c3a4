"""Whether two names are probably spellings of one, and why: a hint that two entries may be one person, no more.

Sounds are worked out while comparing and forgotten: no pinyin and no key of a person's name may be kept anywhere, since
it would give every sealed name away.
"""

import re
from enum import StrEnum
from itertools import product

from pypinyin import Style, pinyin

from wangge.core.personal_names.normal import HAN, normal
from wangge.core.simplified import simplified

_HAN = re.compile(HAN)
_ALL_HAN = re.compile(rf"{HAN}+")
_LATIN = re.compile(r"[^\W\d_]+")
_NEAR = {"zh": "z", "ch": "c", "sh": "s", "l": "n", "f": "h"}
"""Sounds that many speakers do not tell apart; likewise -ng and -n."""
_READINGS = 64


class Why(StrEnum):
    """Why two names are probably one, from the surest on."""

    SAME = "same"
    DOTS = "dots"
    TRADITIONAL = "traditional"
    ORDER = "order"
    HOMOPHONE = "homophone"
    PINYIN = "pinyin"
    NEAR_SOUND = "near_sound"


def alike(one: str, other: str) -> Why | None:
    """Return the surest reason why two names are probably one, or None.

    same: one normal form, in any case; dots: but for dots, blanks and dashes; traditional: but for traditional and
    variant characters; order: the words of a Latin name in another order; homophone: Chinese characters of one sound,
    tones apart; pinyin: one in characters, the other in Latin letters, given name first or last; near_sound: sounds
    that many speakers do not tell apart. An empty name is like none.
    """
    a, b = normal(one).casefold(), normal(other).casefold()
    if not a or not b:
        return None
    if a == b:
        return Why.SAME
    if _bare(a) == _bare(b):
        return Why.DOTS
    first, second = simplified(_bare(a)), simplified(_bare(b))
    if first == second:
        return Why.TRADITIONAL
    if not _HAN.search(a + b) and (words := sorted(_LATIN.findall(a))) and words == sorted(_LATIN.findall(b)):
        return Why.ORDER
    return _by_sound(first, second, a, b)


def _by_sound(first: str, second: str, a: str, b: str) -> Why | None:
    is_han, is_other_han = (bool(_ALL_HAN.fullmatch(name)) for name in (first, second))
    if is_han and is_other_han:
        return _of_one_sound(first, second)
    if is_han != is_other_han:
        han, latin = (first, b) if is_han else (second, a)
        words = _LATIN.findall(latin)
        if "".join(words).isascii() and _spelled(han) & {
            "".join(words),
            "".join([*words[1:], *words[:1]]),
            "".join([*words[-1:], *words[:-1]]),
        }:
            return Why.PINYIN
    return None


def _of_one_sound(first: str, second: str) -> Why | None:
    if len(first) != len(second) or len(first) < 2:
        return None
    pairs = list(zip(_readings(first), _readings(second), strict=True))
    if all(one & other for one, other in pairs):
        return Why.HOMOPHONE
    if all(_near(one) & _near(other) for one, other in pairs):
        return Why.NEAR_SOUND
    return None


def _bare(name: str) -> str:
    return "".join(char for char in name if char.isalnum())


def _readings(name: str) -> list[set[str]]:
    """All sounds of each character without its tone: 单 is dan, shan, chan."""
    found = (pinyin(char, style=Style.NORMAL, heteronym=True, errors="default") for char in name)
    return [{sound.replace("ü", "v") for sound in each[0]} for each in found]


def _spelled(name: str) -> set[str]:
    readings = _readings(name)
    many = 1
    for each in readings:
        many *= len(each)
    if many > _READINGS:
        readings = [set(sorted(each)[:1]) for each in readings]
    spelled = {"".join(sounds) for sounds in product(*readings)}
    return spelled | {each.replace("v", "u") for each in spelled} | {each.replace("v", "yu") for each in spelled}


def _near(sounds: set[str]) -> set[str]:
    return {_blurred(sound) for sound in sounds}


def _blurred(sound: str) -> str:
    start = next((heard for heard in _NEAR if sound.startswith(heard)), "")
    return _NEAR.get(start, "") + sound[len(start) :].removesuffix("g" if sound.endswith("ng") else "")
