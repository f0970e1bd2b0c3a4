"""Folds the letters of an address to one way of writing them and remembers where each stood."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_TRADITIONAL = "號棟樓單層負組隊鎮鄉縣區門戶鋪間東兩園廣場廈裡莊嶺橋島灣龍陽華國縂總貳叁參陸團衛線廠對"
_SIMPLIFIED = "号栋楼单层负组队镇乡县区门户铺间东两园广场厦里庄岭桥岛湾龙阳华国总总贰叁叁陆团卫线厂对"
_DASHES = "‐‑‒–—―−─━﹣-_~〜～·•・.．/／\\|｜﹘﹏"
_LISTS = "、，,;；﹑"
_BLANKS = "\t\n\v\f\r\u00a0\u3000()（）[]【】〔〕<>《》\"'“”‘’:：。!！?？*＊"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_TABLE = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0).upper() for code in range(0xFF10, 0xFF5B)},
        **{letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"},
        **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_LISTS, "、"),
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys(_UNSEEN, " "),
        "〇": "零",
        "＃": "#",
        "№": "#",
        "邨": "村",
    }
)
_HAN_DASH = re.compile(r"(?<=[0-9A-Z])一(?=[0-9])")  # "66一3一502": whoever typed it had no dash at hand
_LETTER_NOUGHT = re.compile(r"(?<=[0-9])O(?=[0-9])")


class Letters(NamedTuple):
    """An address as it is read: `text` folded, and for each of its letters the place in the original."""

    text: str
    origin: Sequence[int]  # one more than letters: the last is the length of the original


def fold(text: str) -> Letters:
    """Return the text in half-width capitals and simplified forms, with one joint "-", list mark "、" and blank."""
    plain = text.translate(_TABLE)
    origin: Sequence[int] = range(len(text) + 1)
    if not unicodedata.is_normalized("NFKC", plain):
        plain, origin = _unfold(plain)
    return Letters(_LETTER_NOUGHT.sub("0", _HAN_DASH.sub("-", plain)), origin)


def _unfold(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter where one letter stands for several: ⑫, ㈠, ㎡."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        plain = unicodedata.normalize("NFKC", letter).translate(_TABLE)
        letters.append(plain)
        origin += [place] * len(plain)
    return "".join(letters), [*origin, len(text)]
