"""Which of many named places are probably the same, and why; which lie where they cannot: proposals for a person."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from rapidfuzz.fuzz import ratio

from wangge.core.coordinates import Spot, metres

PROPOSED = 0.72
NEAR, FAR = 400.0, 3000.0
CROWD = 250
"""A pair of letters that more places share than this says nothing."""
SHARED = 5
"""So many different names on one point: it is the list's default, not a place."""

_KINDS = (
    "住宅小区", "生活小区", "居住小区", "小区", "花园", "花苑", "家园", "公寓", "新村", "大厦", "广场", "新苑",
    "嘉苑", "嘉园", "佳苑", "别墅", "住宅区", "山庄", "名苑", "雅苑", "公馆", "苑", "园", "村", "庄", "府", "庭",
)  # fmt: skip
_DIGITS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_TENS = re.compile(r"([1-9]?)十([1-9]?)")
_PHASE = re.compile(r"(?:第)?(\d+|[ivx]+)期$|([ab]|[东西南北中]|[1-9]\d?)(?:区|块|地块)$")
_BRACKETS = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
_MARKS = re.compile(r"[\W_]+")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_NUMBERED = re.compile(r"([\u4e00-\u9fff]{1,8}?(?:路|街|大道|弄|巷|道))(\d+)(?:号|弄)")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Named:
    """A place of a list or of the register: what it is called, where it says it is."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    address: str = ""
    town: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code of the list below and what it counts or quotes.

    same_name, same_stem, part_of_name, alike_name, same_address, same_street, near, far, same_town, other_town,
    other_kind, no_phase.
    """

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two places that are probably one: `key` of the newer, `other` of the older, a score up to 1, the reasons."""

    key: str
    other: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outlier:
    """A place that lies where it cannot: `kind` is outside, far_from_town or shared_point."""

    key: str
    kind: str
    metres: float = 0.0
    town: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: stem, the word for its kind, its phase or block."""

    whole: str
    stem: str
    kind: str
    phase: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(_NUMBERS.findall(self.stem))


@lru_cache(maxsize=50_000)
def taken_apart(name: str, towns: tuple[str, ...] = ()) -> _Name:
    """Return the name without marks and numerals in letters, cut into stem, kind and phase."""
    plain = unicodedata.normalize("NFKC", name).lower()
    inside = "".join(_BRACKETS.findall(plain))
    plain = _arabic(_MARKS.sub("", _BRACKETS.sub("", plain)))
    phase = ""
    for part in (_arabic(inside), plain):
        if match := _PHASE.search(part):
            phase = _ROMAN.get(match[1] or match[2], match[1] or match[2])
            break
    stem = _PHASE.sub("", plain)
    for town in towns:
        if stem.startswith(town) and len(stem) - len(town) >= 2:
            stem = stem[len(town) :]
    kind = next((kind for kind in _KINDS if stem.endswith(kind)), "")
    if len(stem) - len(kind) < 2:
        kind = ""
    stem = stem.removesuffix(kind)
    return _Name(plain + (f"/{phase}" if phase else ""), stem, kind, phase)


def _arabic(text: str) -> str:
    """Chinese numerals as digits: 惠阳三村 is 惠阳3村, 十二 is 12."""
    return _TENS.sub(lambda m: f"{m[1] or 1}{m[2] or 0}", text.translate(_DIGITS))


def street_of(address: str) -> tuple[str, str] | None:
    """Return street and number of an address ("东仓南路87号": 东仓南路, 87), or None."""
    plain = re.sub(r"\s|\[.*?\]", "", unicodedata.normalize("NFKC", address))
    match = _NUMBERED.search(plain)
    return (re.sub(r"^.*[市县镇区乡]", "", match[1]) or match[1], match[2]) if match else None


def compare(one: Named, other: Named, towns: tuple[str, ...] = ()) -> Likeness | None:
    """Return how alike two places are when a person should look, with the reasons; None otherwise."""
    reasons: list[Reason] = []
    score = _best(one, other, towns, reasons)
    score += _by_address(one, other, reasons)
    score += _by_place(one, other, reasons)
    if score < PROPOSED:
        return None
    return Likeness(one.key, other.key, round(min(score, 1.0), 2), tuple(reasons))


def _best(one: Named, other: Named, towns: tuple[str, ...], reasons: list[Reason]) -> float:
    """The likeness of the two names, or aliases, that fit best."""
    best = -1.0
    for a in (one.name, *one.aliases):
        for b in (other.name, *other.aliases):
            score, found = _by_name(taken_apart(a, towns), taken_apart(b, towns))
            if score > best:
                best, reasons[:] = score, found
    return best


def _by_name(a: _Name, b: _Name) -> tuple[float, list[Reason]]:
    if a.whole == b.whole:
        return 0.92, [Reason("same_name")]
    if a.phase and b.phase and a.phase != b.phase:
        return 0.0, []
    reasons = []
    if a.stem == b.stem:
        score = 0.86
        reasons.append(Reason("same_stem", a.stem))
        if a.kind and b.kind and a.kind != b.kind:
            score -= 0.16
            reasons.append(Reason("other_kind", f"{a.kind} / {b.kind}"))
    elif a.numbers != b.numbers:
        return 0.0, []
    elif min(len(a.stem), len(b.stem)) >= 3 and (a.stem in b.stem or b.stem in a.stem):
        score = 0.70
        reasons.append(Reason("part_of_name", min(a.stem, b.stem, key=len)))
    else:
        alike = ratio(a.stem, b.stem) / 100
        score = alike * 0.8 if min(len(a.stem), len(b.stem)) >= 3 else alike * 0.6
        reasons.append(Reason("alike_name", f"{alike:.0%}"))
    if bool(a.phase) != bool(b.phase):
        score -= 0.12
        reasons.append(Reason("no_phase", a.phase or b.phase))
    return score, reasons


def _by_address(one: Named, other: Named, reasons: list[Reason]) -> float:
    a, b = street_of(one.address), street_of(other.address)
    if a is None or b is None or a[0] != b[0]:
        return 0.0
    if a[1] == b[1]:
        reasons.append(Reason("same_address", "".join(a) + "号"))
        return 0.16
    reasons.append(Reason("same_street", a[0]))
    return 0.02


def _by_place(one: Named, other: Named, reasons: list[Reason]) -> float:
    score = 0.0
    if one.spot and other.spot:
        apart = metres(one.spot, other.spot)
        if apart <= NEAR:
            score += 0.10
            reasons.append(Reason("near", f"{apart:.0f}"))
        elif apart >= FAR:
            score -= 0.12
            reasons.append(Reason("far", f"{apart:.0f}"))
    if one.town and other.town:
        score += 0.03 if one.town == other.town else -0.05
        reasons.append(Reason("same_town" if one.town == other.town else "other_town", other.town))
    return score


def alike(fresh: Sequence[Named], known: Sequence[Named], towns: Iterable[str] = ()) -> list[Likeness]:
    """Return for each fresh place those among the known and the earlier fresh ones it is probably the same as.

    Only places are compared that share two letters of a name or street and number: the rest cannot be alike.
    """
    cut = tuple(sorted({part for town in towns for part in (town, town.rstrip("市县区镇乡"))} - {""}, key=len)[::-1])
    index: dict[str, list[Named]] = defaultdict(list)
    for place in known:
        for block in _blocks(place, cut):
            index[block].append(place)
    found: list[Likeness] = []
    for place in fresh:
        blocks = set(_blocks(place, cut))
        near = {other.key: other for block in blocks if len(index[block]) <= CROWD for other in index[block]}
        found += (like for other in near.values() if (like := compare(place, other, cut)))
        for block in blocks:
            index[block].append(place)
    return found


def _blocks(place: Named, towns: tuple[str, ...]) -> Iterator[str]:
    for name in (place.name, *place.aliases):
        parts = taken_apart(name, towns)
        yield parts.whole
        yield from (parts.stem[i : i + 2] for i in range(len(parts.stem) - 1))
    if street := street_of(place.address):
        yield "".join(street)


def outliers(places: Sequence[Named], *, extent: float | None = None, centre: Spot | None = None) -> list[Outlier]:
    """Return places outside the county, far from the others of their town, or on a point that many names share.

    The county is a circle round `centre` of `extent` metres; without it the middle of the list decides, which holds as
    long as more than half of the list is right.
    """
    there = [(place, place.spot) for place in places if place.spot is not None]
    if not there:
        return []
    middle = centre or _middle([spot for _, spot in there])
    limit = extent or max(40_000.0, 6 * median(metres(middle, spot) for _, spot in there))
    found = {
        p.key: Outlier(p.key, "outside", metres(middle, spot)) for p, spot in there if metres(middle, spot) > limit
    }
    inside = [(place, spot) for place, spot in there if place.key not in found]
    names = Counter(spot for spot, _ in {(spot, place.name) for place, spot in inside})
    for place, spot in inside:
        if names[spot] >= SHARED:
            found[place.key] = Outlier(place.key, "shared_point", others=names[spot] - 1)
    towns: dict[str, list[tuple[Named, Spot]]] = defaultdict(list)
    for place, spot in inside:
        if place.town and place.key not in found:
            towns[place.town].append((place, spot))
    for town, held in towns.items():
        found |= _strangers(town, held)
    return [found[place.key] for place, _ in there if place.key in found]


def _middle(spots: Sequence[Spot]) -> Spot:
    return median(x for x, _ in spots), median(y for _, y in spots)


def _strangers(town: str, held: Sequence[tuple[Named, Spot]]) -> dict[str, Outlier]:
    """Those of a town that lie more than four times as far from its middle as the middle one of them, and 5 km."""
    if len(held) < 5:
        return {}
    middle = _middle([spot for _, spot in held])
    apart = [metres(middle, spot) for _, spot in held]
    limit = max(5000.0, 4 * median(apart))
    return {
        place.key: Outlier(place.key, "far_from_town", distance, town)
        for (place, _), distance in zip(held, apart, strict=True)
        if distance > limit
    }
