"""The local names of a registry, with which the cut between division, road and compound is exact."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wangge.core.addresses.forms import DIVISIONS, Kind
from wangge.core.addresses.letters import fold

NAMED = (*DIVISIONS, Kind.ROAD, Kind.PLACE)
_ENDINGS = ("街道", "省", "市", "区", "县", "镇", "乡")
_SHORTEST = 2
_BEFORE_STREET = ("路", "街", "大道", "巷", "弄", "大街")
_WINDS = "东西南北中"


class Known(NamedTuple):
    """A known name where it stands in a folded text, with the name the registry gives it."""

    kind: Kind
    name: str
    start: int
    end: int


class Names:
    """Names by kind; an alias leads to its name. Frozen after it is made."""

    __slots__ = ("_by_head",)

    def __init__(self, names: Iterable[tuple[Kind, str, str]]) -> None:
        """Take (kind, spelling, name): the spelling is the name itself or an alias. Kinds are those of NAMED."""
        by_head: dict[str, dict[str, tuple[Kind, str]]] = {}
        for kind, spelling, name in names:
            for written in _written(kind, fold(spelling).text.strip()):
                if len(written) >= _SHORTEST:
                    by_head.setdefault(written[:_SHORTEST], {}).setdefault(written, (kind, fold(name).text))
        self._by_head = {
            head: tuple(sorted(((written, *known) for written, known in found.items()), key=lambda row: -len(row[0])))
            for head, found in by_head.items()
        }

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
        for written, kind, name in self._by_head.get(text[at : at + _SHORTEST], ()):
            end = at + len(written)
            if text.startswith(written, at) and (kind is Kind.ROAD or not _is_street(text, end)):
                return Known(kind, name, at, end)
        return None


def _written(kind: Kind, name: str) -> Iterator[str]:
    """Yield the name and, for a division above the community, its short form: 城厢镇, 城厢."""
    yield name
    if kind in DIVISIONS[:-1]:
        short = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), "")
        if len(short) >= _SHORTEST:
            yield short


def _is_street(text: str, at: int) -> bool:
    """Say whether a street's ending follows: 柳园 in 柳园路 and in 柳园北路 is no compound."""
    at += text[at : at + 1] in _WINDS and text[at : at + 1] != ""
    return text.startswith(_BEFORE_STREET, at) and not text.startswith("街道", at)
