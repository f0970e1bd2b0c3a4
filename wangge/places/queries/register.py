"""The local names of areas, compounds and features, and the tree of areas, as each process knows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from wangge.places.models import Area, Name
from wangge.places.words import How, Kind

KINDS = (Kind.AREA, Kind.COMPOUND, Kind.FEATURE)
SHORTEST, TYPO_FROM, SPELT_TYPO_FROM = 2, 3, 5
MOST_ALIKE = 40


class Stamp(NamedTuple):
    """Changes whenever a name is written, and each minute for what has no name: one indexed read a second."""

    database: str
    newest: int
    minute: int


class Node(NamedTuple):
    """An area in force: what it is called, where it lies, of which level."""

    name: str
    parent: int | None
    level: str


class Known(NamedTuple):
    """A local name: of what, and the area that lies in (of an area: itself)."""

    kind: str
    place: int
    area: int | None
    name_id: int
    folded: str


@dataclass(frozen=True)
class Register:
    """Everything an address or a typo is compared with; some thousand names for a county."""

    tree: dict[int, Node]
    names: dict[str, list[Known]] = field(default_factory=dict)
    spelt: dict[str, list[Known]] = field(default_factory=dict)
    longest: int = 0

    def path(self, area_id: int | None) -> tuple[int, ...]:
        """The areas from the top down to this one."""
        above: list[int] = []
        while area_id is not None and area_id in self.tree:
            above.append(area_id)
            area_id = self.tree[area_id].parent
        return tuple(reversed(above))

    def lies_in(self, area_id: int | None, wanted: Iterable[int]) -> bool:
        return not frozenset(self.path(area_id)).isdisjoint(wanted)

    def inside(self, roots: Iterable[int]) -> list[int]:
        """Every area in force that is or lies in one of these."""
        wanted = frozenset(roots)
        return [area_id for area_id in self.tree if self.lies_in(area_id, wanted)]

    def at(self, text: str, start: int) -> tuple[str, list[Known]]:
        """The longest name that begins here and does not cut a number in two."""
        for end in range(min(len(text), start + self.longest), start + SHORTEST - 1, -1):
            piece = text[start:end]
            if piece in self.names and not (piece[-1].isdigit() and text[end : end + 1].isdigit()):
                return piece, self.names[piece]
        return "", []

    def alike(self, folded: str) -> Iterator[Known]:
        """Names that differ in one character, or begin with what differs in one; pinyin too."""
        size, is_spelt = len(folded), folded.isascii()
        if size < (SPELT_TYPO_FROM if is_spelt else TYPO_FROM):
            return
        held = self.spelt if is_spelt else self.names
        for whole, cut in ((True, None), (False, size)):
            texts = {text: text[:cut] for text in held if whole or len(text) > size}
            found = process.extract(
                folded, texts, scorer=Levenshtein.distance, score_cutoff=1, limit=MOST_ALIKE
            )  # fmt: skip
            yield from (known for _text, _far, text in found for known in held[text])


def register() -> Register:
    """What this process knows, read again when places have changed."""
    return _read(stamp())


def stamp() -> Stamp:
    return _stamp(str(connection.settings_dict["NAME"]), int(monotonic()))


def forget() -> None:
    """Look again at once: places were written in this process."""
    _stamp.cache_clear()


@lru_cache(maxsize=1)
def _stamp(database: str, second: int) -> Stamp:
    newest = Name.objects.order_by("-id").values_list("id", flat=True).first()
    return Stamp(database, newest or 0, second // 60)


@lru_cache(maxsize=1)
def _read(_: Stamp) -> Register:
    areas = Area.objects.filter(valid_to__isnull=True).values_list("id", "name", "parent_id", "level")
    tree = {pk: Node(name, parent, level) for pk, name, parent, level in areas}
    names: dict[str, list[Known]] = {}
    spelt: dict[str, list[Known]] = {}
    found = Name.objects.filter(kind__in=KINDS, compound__isnull=True).exclude(how=How.CODE).order_by("id")
    for kind, place, area, name_id, folded, *letters in found.values_list(
        "kind", "place", "area_id", "id", "folded", "pinyin", "initials"
    ):
        if kind == Kind.AREA and place not in tree:
            continue
        known = Known(kind, place, place if kind == Kind.AREA else area, name_id, folded)
        if len(folded) >= SHORTEST:
            names.setdefault(folded, []).append(known)
        for each in dict.fromkeys(letters):
            if len(each) >= SHORTEST:
                spelt.setdefault(each, []).append(known)
    return Register(tree, names, spelt, max(map(len, names), default=0))
