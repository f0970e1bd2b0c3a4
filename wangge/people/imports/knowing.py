"""Whether a row of a list is somebody who is known: by document, else by name at the same door; doubts for a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wangge.core.personal_names import Why, alike
from wangge.exchange.importer import Checked
from wangge.exchange.words import DoubtKind
from wangge.people.imports.doors import Door
from wangge.people.queries.arrivals import Known
from wangge.people.words import Fate, Kept

SCORES = {
    Why.SAME: 0.95, Why.DOTS: 0.95, Why.TRADITIONAL: 0.95, Why.ORDER: 0.9, Why.HOMOPHONE: 0.8, Why.PINYIN: 0.8,
    Why.NEAR_SOUND: 0.6,
}  # fmt: skip


@dataclass(slots=True)
class Coming:
    """A good row: what it says, its door, its blind indexes under the newest key; what was found out about it."""

    row: Checked
    door: Door
    indexes: Mapping[Kept, bytes]
    fate: str = Fate.NEW
    record: int | None = None
    fills: list[Kept] = field(default_factory=list)
    moves: bool = False

    @property
    def name(self) -> str:
        return str(self.row.values["name"])

    @property
    def has_document(self) -> bool:
        return Kept.DOCUMENT in self.indexes


Doubts = Iterator[dict[str, Any]]


def judge(coming: Sequence[Coming], by_document: Mapping[bytes, Known], at_door: Mapping[int, Sequence[Known]],
          by_phone: Mapping[bytes, Known]) -> Doubts:  # fmt: skip
    """Say of each row who it is; what stays doubtful is for a person. Nobody is joined by likeness alone."""
    for one in coming:
        known = by_document.get(one.indexes.get(Kept.DOCUMENT, b"")) or _namesake(
            one, at_door.get(one.door.dwelling, ())
        )
        if known is not None:
            yield from _is(one, known)
            continue
        like = _like(one, at_door.get(one.door.dwelling, ()))
        if like is not None:
            other, why = like
            yield _doubt(one, DoubtKind.SAME_RECORD, why, other_record=other.id, reason="same_door")
        elif (caller := by_phone.get(one.indexes.get(Kept.PHONE, b""))) and _may_be(one, caller):
            yield _doubt(one, DoubtKind.SAME_RECORD, Why.SAME, other_record=caller.id, reason="same_phone")
    yield from _twins(coming)


def _may_be(one: Coming, known: Known) -> bool:
    """Two documents are two persons."""
    return known.document_index is None or not one.has_document


def _namesake(one: Coming, living: Iterable[Known]) -> Known | None:
    """Who lives at the same door under the very same name, unless both have a document."""
    return next((each for each in living if each.name_index == one.indexes[Kept.NAME] and _may_be(one, each)), None)


def _like(one: Coming, living: Iterable[Known]) -> tuple[Known, Why] | None:
    for each in living:
        if _may_be(one, each) and (why := alike(one.name, each.name)):
            return each, why
    return None


def _is(one: Coming, known: Known) -> Doubts:
    """The row is somebody known: what is not known yet is filled in, what is known otherwise stays."""
    one.record, one.fate = known.id, Fate.SAME
    held = {Kept.NAME: known.name_index, Kept.DOCUMENT: known.document_index, Kept.PHONE: known.phone_index}
    for kept, index in one.indexes.items():
        if held[kept] is None:
            one.fills.append(kept)
        elif held[kept] != index:
            one.row.hint(kept.value, "known_otherwise")
    if known.dwelling != one.door.dwelling:
        one.moves = True
        yield _doubt(one, DoubtKind.ELSEWHERE, Why.SAME, other_record=known.id, reason="other_door")
    if one.fills or one.moves:
        one.fate = Fate.CHANGED


def _twins(coming: Sequence[Coming]) -> Doubts:
    """Two rows of one door whose names are alike, unless both have a document."""
    doors: dict[int, list[Coming]] = defaultdict(list)
    for one in coming:
        if one.record is not None:
            continue
        for other in doors[one.door.dwelling]:
            if one.has_document and other.has_document:
                continue
            why = alike(one.name, other.name)
            if why is not None and (why is not Why.SAME or one.has_document or other.has_document):
                yield _doubt(one, DoubtKind.SAME_ROW, why, other_row=other.row.number, reason="same_door")
                break
        doors[one.door.dwelling].append(one)


def _doubt(one: Coming, kind: DoubtKind, why: Why, *, reason: str, **other: int) -> dict[str, Any]:
    """A doubt as it is kept: numbers and reasons, nobody's name."""
    reasons = [[reason, ""]] if reason == "other_door" else [[reason, ""], [f"name_{why.value}", ""]]
    score = 0.0 if kind == DoubtKind.ELSEWHERE else SCORES[why]
    return {"number": one.row.number, "kind": kind, "score": score, "reasons": reasons, "name": "", **other}
