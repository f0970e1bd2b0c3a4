"""The local names of a registry, with which the cut between division, road and compound is exact."""

from collections.abc import Iterable, Iterator
from enum import StrEnum, auto
from typing import NamedTuple

from wangge.core.addresses.letters import fold


class Named(StrEnum):
    """What a registry has names for; the values are those of `Kind`, and "hamlet" for a place of groups and houses."""

    PROVINCE = auto()
    CITY = auto()
    COUNTY = auto()
    TOWN = auto()
    COMMUNITY = auto()
    ROAD = auto()
    PLACE = auto()
    HAMLET = auto()


_SHORTENED = frozenset((Named.PROVINCE, Named.CITY, Named.COUNTY, Named.TOWN))
_ENDINGS = ("街道", "省", "市", "区", "县", "镇", "乡")
_SHORTEST = 2
_STREETS = ("路", "街", "大道", "巷", "弄", "大街")
_WINDS = "东西南北中"


class Known(NamedTuple):
    """A known name where it stands in a folded text, with the name the registry gives it."""

    named: Named
    name: str
    start: int
    end: int


class Names:
    """The names of a registry; an alias leads to its name. A division is also known by its short form: 河湾镇, 河湾."""

    __slots__ = ("_by_head",)

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        """Take (kind, spelling, name); the spelling is the name or an alias. ValueError for a kind not in Named."""
        by_head: dict[str, dict[str, tuple[Named, str]]] = {}
        for kind, spelling, name in names:
            named = Named(kind)
            for written in _written(named, fold(spelling).text.strip()):
                if len(written) >= _SHORTEST:
                    found = by_head.setdefault(written[:_SHORTEST], {})
                    found.setdefault(written, (named, fold(name).text.strip()))
        self._by_head = {head: _longest_first(rows) for head, rows in by_head.items()}

    def find(self, text: str) -> Iterator[Known]:
        """Yield the names in a folded text from left to right, the longest at each place."""
        at, most = 0, len(text) - _SHORTEST
        while at <= most:
            known = self._at(text, at)
            if known is None:
                at += 1
            else:
                yield known
                at = known.end

    def _at(self, text: str, at: int) -> Known | None:
        for written, named, name in self._by_head.get(text[at : at + _SHORTEST], ()):
            end = at + len(written)
            if text.startswith(written, at) and (named is Named.ROAD or not _is_street(text, end)):
                return Known(named, name, at, end)
        return None


def _longest_first(rows: dict[str, tuple[Named, str]]) -> tuple[tuple[str, Named, str], ...]:
    return tuple((written, *rows[written]) for written in sorted(rows, key=len, reverse=True))


def _written(named: Named, name: str) -> Iterator[str]:
    yield name
    if named in _SHORTENED:
        yield next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), "")


def _is_street(text: str, at: int) -> bool:
    """Say whether a street's ending follows: 柳园 in 柳园路 and in 柳园北路 is no compound."""
    if text[at : at + 1] and text[at] in _WINDS:
        at += 1
    return text.startswith(_STREETS, at) and not text.startswith("街道", at)
