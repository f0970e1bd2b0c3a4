"""Pinyin of public names, whole and as initials, so that they are found from a keyboard. Never of persons' names."""

import re
from typing import NamedTuple

from pypinyin import lazy_pinyin

from wangge.core.folding import fold

CHINESE = re.compile("([\u3400-\u9fff]+)")
SORTED_BY = 200


class Spelling(NamedTuple):
    """A name as it is typed: 桃园小区 is taoyuanxiaoqu and tyxq."""

    pinyin: str
    initials: str


def spelling_of(name: str) -> Spelling:
    """Return the pinyin and the initials of a name; what is no Chinese character stays as it is."""
    letters: list[str] = []
    initials: list[str] = []
    for run in CHINESE.split(name):
        is_chinese = CHINESE.fullmatch(run) is not None
        syllables = lazy_pinyin(run) if is_chinese else [fold(run)]
        letters += syllables
        initials += [each[:1] if is_chinese else each for each in syllables]
    return Spelling("".join(letters), "".join(initials))


def sort_key(name: str) -> str:
    """Return what a list of public names is sorted by: pinyin, as long as a column of a database holds it."""
    return "".join(lazy_pinyin(name))[:SORTED_BY]
