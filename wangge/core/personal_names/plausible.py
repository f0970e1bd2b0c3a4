"""What looks strange in a name: hints for the person who types, never a reason to refuse it."""

import re
import unicodedata
from enum import StrEnum

from wangge.core.labels import Language
from wangge.core.personal_names.normal import HAN, normal

LONGEST_HAN = 6
"""Longer Chinese names without a dot are rare enough for a second look; with dots there is no such length."""

_PLACEHOLDERS = frozenset((
    "无名", "无名氏", "不详", "未知", "不知道", "佚名", "匿名", "测试", "某某", "无", "同上", "待补", "保密", "户主",
    "业主", "租客", "房东", "本人", "空户", "空房", "test", "n/a", "none", "unknown",
))  # fmt: skip
_TITLE = re.compile(
    rf"{HAN}{{1,2}}(?:先生|女士|小姐|阿姨|叔叔|奶奶|爷爷|大爷|大妈|老师|师傅|医生|主任|书记|经理|总)"
    rf"|[小老]{HAN}|{HAN}[姐哥嫂某]"
)
_USUAL = re.compile(rf"{HAN}{{2,{LONGEST_HAN}}}")
_HAN_RUN = re.compile(rf"{HAN}+")


class Hint(StrEnum):
    """Why a name deserves a second look."""

    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    TITLE = "title"
    ONE_CHARACTER = "one_character"
    LONG = "long"
    DIGITS = "digits"
    MARKS = "marks"
    SEVERAL = "several"
    BROKEN = "broken"
    MIXED = "mixed"


_SENTENCES = {
    Hint.EMPTY: ("还没有填姓名", "No name has been entered"),
    Hint.PLACEHOLDER: ("这像是占位的字，不像姓名", "This looks like a stand-in for a name"),
    Hint.TITLE: ("这像是称呼，证件上的姓名是什么？", "This looks like a form of address; what does the card say?"),
    Hint.ONE_CHARACTER: ("只有一个字，没错就保存", "One character only; if it is so, go on"),
    Hint.LONG: ("比多数姓名长，请再看一眼", "Longer than most names, please look again"),
    Hint.DIGITS: ("里面有数字", "There are digits in it"),
    Hint.MARKS: (
        "里面有标点或括号，备注请写在备注栏",
        "There are marks or brackets in it; notes have a field of their own",
    ),
    Hint.SEVERAL: ("像是几个人的姓名，请分开登记", "This looks like several people; please enter each one"),
    Hint.BROKEN: (
        "有的字没有显示出来，请对着证件重新输入",
        "A character is broken; please type it again from the card",
    ),
    Hint.MIXED: ("汉字和字母混在一起", "Chinese characters and letters are mixed"),
}


def hints(typed: str) -> tuple[Hint, ...]:
    """Return what looks strange in a name. Latin names, names with dots and rare characters are not strange."""
    name = normal(typed)
    if not name:
        return (Hint.EMPTY,)
    if name.casefold() in _PLACEHOLDERS:
        return (Hint.PLACEHOLDER,)
    if _USUAL.fullmatch(name) and not _TITLE.fullmatch(name):
        return ()
    return tuple(hint for hint, holds in _looks(name).items() if holds)


def _looks(name: str) -> dict[Hint, bool]:
    parts = _HAN_RUN.findall(name)
    return {
        Hint.TITLE: bool(_TITLE.fullmatch(name)),
        Hint.ONE_CHARACTER: len(name) == 1,
        Hint.LONG: any(len(part) > LONGEST_HAN for part in parts) or len(name) > 60,
        Hint.DIGITS: any(char.isdigit() for char in name),
        Hint.SEVERAL: bool(re.search(r"[、,，;；/&]|\s和\s", name)),
        Hint.MARKS: bool(re.search(r"[^\w\s·.'’\-、,，;；/&\ufffd?？]|_", name)) and not _is_private(name),
        Hint.BROKEN: bool(re.search(r"[\ufffd?？]", name)) or _is_private(name),
        Hint.MIXED: bool(parts) and bool(re.search(r"[A-Za-z]", name)),
    }


def _is_private(name: str) -> bool:
    return any(unicodedata.category(char) in ("Co", "Cn") for char in name)


def explain_hint(hint: Hint, language: Language) -> str:
    """Return the hint as a sentence for the person who typed."""
    chinese, english = _SENTENCES[hint]
    return english if language == "en" else chinese
