"""Reads the words between the numbers of an address: divisions, road, place, and what says "near"."""

import re
from collections.abc import Iterator

from wangge.core.addresses.divisions import read_divisions
from wangge.core.addresses.doors import Before
from wangge.core.addresses.forms import Kind, Span

JOINTS = "- 、#"
_LETTER = r"[\u4e00-\u9fffA-Z0-9]"
_ROAD = re.compile(
    rf"{_LETTER}{{1,11}}?(?:大道|大街|公路|马路|国道|省道|县道|路(?![口边桥灯])|街(?![道坊区])|胡同|(?<!小)巷|弄|道(?=[0-9]|$))"
    r"(?:[东西南北中]?[一二三四五]?段|[东西南北](?=[0-9]|$))?"
)
_ROAD_AT_END = re.compile(
    rf"(?:(?<=[省市区县镇乡村庄园苑城地厂司院场店桥庙])|(?<=[ -])){_LETTER}{{1,6}}(?:大道|大街|公路|路|街|巷|弄)$"
)
_CROSSING = re.compile(rf"-*+(?:[与和跟])?{_LETTER}{{0,11}}?(?:交叉路?口|交汇处|交界处|路口)")
_NEAR = re.compile(
    r"斜?对面|附近|旁边?|隔壁|楼下|楼上|门口|边上|后面|前面|[东西南北]侧|[东西南北]边|往[东西南北]|(?<=.)路口|(?<=.)下$"
)
_STREET_ENDS = re.compile(r"(?:路|街|道|巷|弄|国道|省道|公路|胡同)(?:[东西南北中]?[一二三四五]?段|[东西南北])?$")
_HAMLET_ENDS = re.compile(r"(?<![新山一二三四五六七八九十])村[东西南北]?$")
_MARKET = re.compile(
    r"市场|商[城场]|商贸[城区]|广场|[纺材配革脑鞋装衫宝]城|交易中心|大厦|大楼"
)  # its plates are stalls


def before(words: str) -> Before:
    """Return what the words right before a number name."""
    words = words.rstrip(JOINTS)
    if not words:
        return Before.NOTHING
    if _STREET_ENDS.search(words, max(len(words) - 4, 0)) and not words.endswith("商业街"):
        return Before.ROAD
    return before_place(words)


def before_place(words: str) -> Before:
    """Return what sort of place these words name, which name no road."""
    if _HAMLET_ENDS.search(words, max(len(words) - 3, 0)):
        return Before.HAMLET
    return Before.MARKET if _MARKET.search(words) else Before.PLACE


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
    if road := _ROAD_AT_END.search(text, start, end):
        yield from _read_place(text, start, road.start())
        yield Span(Kind.ROAD, *road.span())
        return
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
