"""Finds each number of an address with the mark that says what it counts: 3幢, 2单元, 五楼, 502室, 12号, or none."""

import re
from collections.abc import Iterator
from enum import StrEnum, auto
from typing import NamedTuple

from wangge.core.addresses.numerals import HAN, plain


class Role(StrEnum):
    """What a number counts, by its mark."""

    LANE = auto()
    NUMBER = auto()
    GROUP = auto()
    YARD = auto()
    BUILDING = auto()
    UNIT = auto()
    STREET = auto()
    FLOOR = auto()
    STOREY = auto()
    ROOM = auto()
    BRANCH = auto()
    BARE = auto()


class Claim(NamedTuple):
    """A number with its mark: `text[start:end]` of the folded text."""

    role: Role
    value: str
    start: int
    end: int


_MARKS = (
    (Role.BUILDING, "号楼栋", "号楼", "号栋", "号幢", "号馆", "#楼", "栋楼", "幢楼", "幢", "栋", "座", "#", "排"),
    (Role.UNIT, "号单元", "单元", "单无", "号门洞", "门洞", "号楼梯", "楼梯", "号梯", "梯", "号门", "门", "单"),
    (Role.ROOM, "号房间", "号商铺", "号店面", "号门面", "号办公室", "号摊位", "号铺位", "号铺", "号房", "号室", "号店"),
    (Role.ROOM, "房间", "商铺", "店面", "门面", "办公室", "摊位", "铺位", "铺", "室", "房", "间", "店", "户"),
    (Role.STOREY, "楼"),
    (Role.FLOOR, "楼层", "层"),
    (Role.GROUP, "村民小组", "村民组", "生产队", "小组", "大队", "小队", "组", "队", "社"),
    (Role.YARD, "号院", "院"),
    (Role.LANE, "支弄", "弄", "巷"),
    (Role.STREET, "街"),
    (Role.NUMBER, "号"),
)
_ROLE = {mark: role for role, *marks in _MARKS for mark in marks}
_UNLESS = {  # a mark is none before these letters: 门口, 房产, 社区, 号线, 组团
    "门": "口面市店诊卫前",
    "号门": "口面市店诊卫前",
    "单": "位身县",
    "室": "内外",
    "房": "产屋东地改管",
    "店": "镇",
    "户": "口外",
    "楼": "下上道盘市",
    "号楼": "下上",
    "幢楼": "下上道梯",
    "栋楼": "下上道梯",
    "#楼": "下上",
    "层": "高面",
    "组": "团合织",
    "社": "区会",
    "队": "伍",
    "院": "落校士子前东西南北里",
    "街": "道",
    "号": "线路大街地库厂公段",
    "座": "落",
    "排": "屋",
    "弄": "堂",
}


def _mark(mark: str) -> str:
    unless = _UNLESS.get(mark)
    return f"{mark}(?![{unless}])" if unless else re.escape(mark)


_NUMBER = r"[甲乙丙丁戊己庚辛]?+(?:(?<![A-Z])[A-Z]{1,2}+)?+[0-9]++(?:[A-Z]{1,2}+[0-9]++)*+(?:[A-Z](?![A-Z]))?+"
_LABEL = r"(?<![A-Z])[A-Z](?![A-Z])|[甲乙丙丁戊己庚辛东西南北中左右]"
_BELOW = (
    r"负(?:[0-9]{1,2}+|[一二三四五六七八九十]{1,3}+)[层楼]?+|地下(?:(?:[0-9]{1,2}+|[一二三四五六七八九十]{1,3}+)[层楼]|室)"
    r"|[底顶][层楼]|阁楼|架空层"
)
_HEADS = "".join({mark[0] for mark in _ROLE})
_MARK = "|".join(map(_mark, sorted(_ROLE, key=len, reverse=True)))
_STALL = "商铺|店面|门面|铺位|摊位"
_CLAIM = re.compile(
    rf"(?P<below>{_BELOW})|附(?P<branch>[0-9]++)号?+"
    rf"|(?:#|第(?=[0-9{HAN}])|(?P<stall>{_STALL})(?=[0-9A-Z]))?+"
    rf"(?:(?P<number>{_NUMBER})|(?P<han>[{HAN}]{{1,6}}+)(?= ?[{_HEADS}0-9])|(?P<label>{_LABEL})(?= ?[{_HEADS}]|-|$))"
    rf"(?: ?(?P<mark>{_MARK}))?+"
)
_FLOORS = {"底": "1", "顶": "顶", "阁": "阁", "架": "架空"}
_HAN_NEVER = frozenset("门单铺房店户社街院巷队")  # 三门 and 七店 are names, 三室 is a number of rooms of a flat
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾")  # 望江壹号 is a name, 叁幢 a building
_LABELLED = frozenset((Role.BUILDING, Role.UNIT))
_WINDS = frozenset("东西南北中左右")
_COUNTED = frozenset("号国期区苑园坊里村路线米年月日届度省中小厂公千世个点元斤吨万英寸克升时大学厅")
_STAIR_AFTER = frozenset("幢栋座楼#")
_STOREY = re.compile(r"[0-9]{1,2}F")
_TOO_LONG = re.compile(r"[0-9]{7}|^[0-9]{6}$")  # a telephone number, a postcode


def claims(text: str) -> Iterator[Claim]:
    """Yield the numbers of the folded text that count something, in order."""
    for match in _CLAIM.finditer(text):
        kind = match.lastgroup
        if kind == "mark":
            claim = _marked(match)
        elif kind == "below":
            claim = Claim(Role.FLOOR, _below(match["below"]), match.start(), match.end())
        elif kind == "branch":
            claim = Claim(Role.BRANCH, plain(match["branch"]), match.start(), match.end())
        else:
            claim = _bare(match, text)
        if claim is not None:
            yield claim


def _marked(match: re.Match[str]) -> Claim | None:
    mark = match["mark"]
    role: Role | None = _ROLE[mark]
    if (number := match["number"]) is not None:
        if role is Role.FLOOR or role is Role.STOREY:
            number = _storey(number)
        role = Role.ROOM if match["stall"] else role
    elif (number := match["han"]) is not None:
        is_name = mark in _HAN_NEVER or (role is Role.NUMBER and not _FORMAL.isdisjoint(number))
        role = None if is_name else role
    else:
        number = match["label"]
        role = _labelled(number, mark)
    return Claim(role, plain(number), match.start(), match.end()) if role else None


def _labelled(label: str, mark: str) -> Role | None:
    """Return what a letter counts: A座, 甲单元, C室; a wind only a stair (东单元), 南楼 and 西门 are names."""
    if label in _WINDS:
        return Role.UNIT if mark == "单元" else None
    if mark == "楼":
        return Role.BUILDING  # A楼 is a building, 2楼 a floor
    if mark == "室":
        return Role.ROOM if label.isascii() else None
    return _ROLE[mark] if _ROLE[mark] in _LABELLED else None


def _bare(match: re.Match[str], text: str) -> Claim | None:
    """Return a number without a mark, unless it counts metres or years or belongs to a name (3期, 27区)."""
    start, end = match.span()
    number = match["number"]
    if number is None:
        if match["han"] and text[start - 1 : start] in _STAIR_AFTER and text[end : end + 1].isdigit():
            return Claim(Role.BARE, plain(match["han"]), start, end)  # 77栋二2317室
        return _alone(match["label"], text, start, end)
    if text[end : end + 1] in _COUNTED or _TOO_LONG.search(number):
        return None
    if _STOREY.fullmatch(number):
        return Claim(Role.FLOOR, plain(number[:-1]), start, end)
    role = Role.BUILDING if text[start] == "#" else Role.ROOM if match["stall"] else Role.BARE
    return Claim(role, plain(number), start, end)


def _alone(label: str | None, text: str, start: int, end: int) -> Claim | None:
    """Return a letter that stands for a number: B-7-9153, 719-C, 386-东-9888, 41楼E."""
    if label is None:
        return None
    before, after = text[start - 1 : start], text[end : end + 1]
    if label.isascii():
        stands = text[end + 1 : end + 2].isdigit() if after == "-" else not after and start > 1
    else:
        stands = before == after == "-"
    return Claim(Role.BARE, label, start, end) if stands else None


def _storey(number: str) -> str:
    """Return the floor a number names: B1 is the first below ground."""
    return f"-{number[1:]}" if number[0] == "B" and number[1:].isdigit() else number.removesuffix("F")


def _below(word: str) -> str:
    """Return the floor a word names: 负一楼 is -1, 地下室 too, 底楼 1; 顶楼 keeps its name."""
    if word[0] in _FLOORS:
        return _FLOORS[word[0]]
    count = word.removeprefix("地下").removeprefix("负").rstrip("层楼室")
    return f"-{plain(count)}" if count else "-1"
