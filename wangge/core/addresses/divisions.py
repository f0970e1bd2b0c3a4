"""Reads the administrative divisions at the head of an address by their endings, without knowing their names."""

import re
from collections.abc import Iterator, Mapping

from wangge.core.addresses.forms import DIVISIONS, Kind, Span

_BARE_PROVINCES = (  # GB/T 2260; people leave the ending out: 浙江温州
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_NO_STREET = r"(?!大?[东西南北中一二三四五六七八九十]?[路街道巷])"
_PROVINCE = re.compile(rf"(?:{_BARE_PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?{_NO_STREET}")
_PROVINCE_HEADS = frozenset(name[0] for name in _BARE_PROVINCES.split("|"))
_COUNTRY = "中国"
_OWN_DISTRICTS = "市辖区"  # stands at the rank of a city in the official lists: 上海市市辖区
_HAN = r"[\u4e00-\u9fff]"
_DIVISION = re.compile(
    rf"{_HAN}{{1,8}}?"
    r"(?P<ending>自治州|自治县|自治旗|地区|新区|街道办事处|街道|办事处|开发区|工业园区|工业区|社区居委会|社区|居委会|村委会"
    r"|(?<!\A.)(?<!超)市(?![场政民中心郊区立街]|镇(?!海))|县(?!城|前|道|学|府)"
    r"|(?<![小社园发业景老校片库厂居型])(?<!.[东西南北中一二三四五六七八九十])区|(?<=[城江河湖海浦][东西南北中])区"
    r"|旗(?!舰|袍)|镇(?!市|海区|江市)|乡(?!市|县|村|路|镇)|(?<![新山农小一二三四五六七八九十])村(?![镇街路委口头]))"
)
_NO_DIVISION = re.compile(  # an ending behind the name of a street or a house is not that of a division
    r".(?:路(?!街道)|街(?![道镇街])|大道|巷|弄)(?![桥东西南北])|小区|大厦|花园|公寓|广场|市场|学校|医院"
)
_KIND = {
    **dict.fromkeys(("自治州", "地区", "市"), Kind.CITY),
    **dict.fromkeys(("自治县", "自治旗", "新区", "县", "区", "旗"), Kind.COUNTY),
    **dict.fromkeys(("街道办事处", "街道", "办事处", "开发区", "工业园区", "工业区", "镇", "乡"), Kind.TOWN),
    **dict.fromkeys(("社区居委会", "社区", "居委会", "村委会", "村"), Kind.COMMUNITY),
}
_RANK = {kind: rank for rank, kind in enumerate((Kind.REST, *DIVISIONS))}
_LONGEST = 14  # letters of the longest name and what must not follow it


def read_divisions(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the divisions that stand one behind the other from `start`; what is written twice is read twice."""
    seen: dict[str, Kind] = {}
    last = Kind.REST
    at = start
    while at < end:
        if text[at] in "- 、":
            at += 1
            continue
        span = _country(text, at, end) or _province(text, at, end) or _division(text, at, end, last, seen)
        if span is None:
            return
        yield span
        last, at = span.kind, span.end
        seen.setdefault(text[span.start : span.end], span.kind)


def _country(text: str, at: int, end: int) -> Span | None:
    """Return the country where a province follows; it stands in the province's place and adds nothing."""
    after = at + len(_COUNTRY)
    found = text.startswith(_COUNTRY, at, end) and _province(text, after, end)
    return Span(Kind.PROVINCE, at, after) if found else None


def _province(text: str, at: int, end: int) -> Span | None:
    match = _PROVINCE.match(text, at, end) if text[at : at + 1] in _PROVINCE_HEADS else None
    return Span(Kind.PROVINCE, at, match.end()) if match else None


def _division(text: str, at: int, end: int, last: Kind, seen: Mapping[str, Kind]) -> Span | None:
    if text.startswith(_OWN_DISTRICTS, at, end):
        return Span(Kind.CITY, at, at + len(_OWN_DISTRICTS))
    window = text[at : min(at + _LONGEST, end)]
    match = _DIVISION.match(window)
    if match is None or _NO_DIVISION.search(window, 0, match.end()):
        return None
    if match[0] in seen:
        return Span(seen[match[0]], at, at + match.end())
    kind = _KIND[match["ending"]]
    if kind is Kind.CITY and last is Kind.CITY:
        kind = Kind.COUNTY  # a city below a city is one of county rank
    if _RANK[kind] <= _RANK[last] and kind is not Kind.CITY:
        return None
    return Span(kind, at, at + match.end())
