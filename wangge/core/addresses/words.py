"""Reads the words between the numbers of an address: divisions, road, place, and what says "near"."""

import re
from collections.abc import Iterator

from wangge.core.addresses.divisions import read_divisions
from wangge.core.addresses.doors import Before
from wangge.core.addresses.forms import Kind, Span

JOINTS = "- 、#"
_LETTER = r"[\u4e00-\u9fffA-Z0-9]"
_ROAD = re.compile(
    rf"{_LETTER}{{1,11}}?(?:大道|大街|公路|马路|国道|省道|县道|路(?![口边桥灯])|街(?![道坊区])|胡同|(?<!小)巷|弄)"
    r"(?:[东西南北中]段)?"
)
_CROSSING = re.compile(rf"-*(?:[与和跟])?{_LETTER}{{0,11}}?(?:交叉路?口|交汇处|交界处|路口)")
_NEAR = re.compile(
    r"斜?对面|附近|旁边?|隔壁|楼下|楼上|门口|边上|后面|前面|[东西南北]侧|[东西南北]边|往[东西南北]|(?<=.)路口|(?<=.)下$"
)
_STREET_ENDS = re.compile(r"(?:路|街|大道|巷|弄|国道|省道|公路|胡同)(?:[东西南北中]段)?$")
_HAMLET_ENDS = re.compile(r"(?<![新山一二三四五六七八九十])村$")
_MARKET_ENDS = re.compile(r"(?:市场|商城|商贸城|商贸区|建材城|汽配城|电脑城|广场|商业街)$")


def before(words: str) -> Before:
    """Return what the words right before a number name."""
    words = words.rstrip(JOINTS)
    if not words:
        return Before.NOTHING
    if _STREET_ENDS.search(words):
        return Before.MARKET if _MARKET_ENDS.search(words) else Before.ROAD
    if _HAMLET_ENDS.search(words):
        return Before.HAMLET
    return Before.MARKET if _MARKET_ENDS.search(words) else Before.PLACE


def read_words(text: str, start: int, end: int, *, head: bool) -> Iterator[Span]:
    """Yield the parts of `text[start:end]`, which holds no number that counts; `head` where divisions may stand."""
    at = start
    if head:
        for span in read_divisions(text, start, end):
            yield span
            at = span.end
    while road := _ROAD.match(text, _over_joints(text, at, end), end):
        yield Span(Kind.ROAD, *road.span())
        at = road.end()
        if crossing := _CROSSING.match(text, at, end):
            yield Span(Kind.NEAR, *crossing.span())
            at = crossing.end()
    yield from _read_place(text, _over_joints(text, at, end), end)


def _read_place(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a place; what is only beside it, or a landmark beside which it is, is `near`."""
    while end > start and text[end - 1] in JOINTS:
        end -= 1
    near = max(_NEAR.finditer(text, start, end), key=re.Match.end, default=None)
    if near and near.end() < end:
        yield Span(Kind.NEAR, start, near.end())
        yield Span(Kind.PLACE, near.end(), end)
    elif near:
        if near.start() > start:
            yield Span(Kind.PLACE, start, near.start())
        yield Span(Kind.NEAR, near.start(), end)
    elif end > start:
        yield Span(Kind.PLACE, start, end)


def read_rest(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands behind the door: words that say "near", else nothing understood."""
    at = _over_joints(text, start, end)
    if near := _NEAR.match(text, at, end):
        yield Span(Kind.NEAR, at, near.end())


def _over_joints(text: str, at: int, end: int) -> int:
    while at < end and text[at] in JOINTS:
        at += 1
    return at
