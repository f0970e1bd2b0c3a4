"""Reads the administrative divisions at the head of an address by their endings, without knowing their names."""

import re
from collections.abc import Iterator

from wangge.core.addresses.forms import DIVISIONS, Kind, Span

_BARE_PROVINCES = (  # GB/T 2260; people leave the ending out: 浙江温州
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_NO_STREET = r"(?!大?[东西南北中一二三四五六七八九十]?[路街道巷])"
_PROVINCE = re.compile(
    rf"(?:{_BARE_PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?(?:-*市辖区)?{_NO_STREET}"
)
_NOT_IN_NAME = r"(?!小区|社区|大厦|花园|公寓|广场|市场|学校|医院)"
_HAN = r"[\u4e00-\u9fff]"
_DIVISION = re.compile(
    rf"(?:{_NOT_IN_NAME}{_HAN}){{1,8}}?"
    r"(?P<ending>自治州|自治县|自治旗|地区|新区|街道办事处|街道|办事处|开发区|工业园区|工业区|社区居委会|社区|居委会|村委会"
    rf"|(?<={_HAN}{{2}})市(?![场政民中心郊区立镇])|县(?!城|前|道|学|府)"
    r"|(?<![小社园发业景老校片库厂居型])(?<!.[东西南北中一二三四五六七八九十])区|(?<=[城江河湖海浦][东西南北中])区"
    r"|旗(?!舰|袍)|镇(?!市|海区|江市)|乡(?!市|村|路|镇)|(?<![新山农小一二三四五六七八九十])村(?![镇街路委口头]))"
)
_STREET_INSIDE = re.compile(r".(?:路|街(?!道)|大道|巷|弄)(?!桥|北|南|东|西)")
_KIND = {
    **dict.fromkeys(("自治州", "地区", "市"), Kind.CITY),
    **dict.fromkeys(("自治县", "自治旗", "新区", "县", "区", "旗"), Kind.COUNTY),
    **dict.fromkeys(("街道办事处", "街道", "办事处", "开发区", "工业园区", "工业区", "镇", "乡"), Kind.TOWN),
    **dict.fromkeys(("社区居委会", "社区", "居委会", "村委会", "村"), Kind.COMMUNITY),
}
_RANK = {kind: rank for rank, kind in enumerate(DIVISIONS)}


def read_divisions(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the divisions that stand one behind the other from `start`; a head written twice is read twice."""
    reached = -1
    at = start
    while at < end:
        if text[at] in "- 、":
            at += 1
            continue
        span = _province(text, at, end) if reached < _RANK[Kind.COMMUNITY] else None
        span = span or _division(text, at, end, reached)
        if span is None:
            return
        yield span
        reached, at = _RANK[span.kind], span.end


def _province(text: str, at: int, end: int) -> Span | None:
    match = _PROVINCE.match(text, at, end)
    return Span(Kind.PROVINCE, at, match.end()) if match else None


def _division(text: str, at: int, end: int, reached: int) -> Span | None:
    match = _DIVISION.match(text, at, end)
    if match is None or _STREET_INSIDE.search(text, at, match.end()):
        return None
    kind = _KIND[match["ending"]]
    if kind is Kind.CITY and reached == _RANK[Kind.CITY]:
        kind = Kind.COUNTY  # a city below a city is one of county rank
    if _RANK[kind] <= reached and kind is not Kind.CITY:
        return None
    return Span(kind, at, match.end())
