"""Gathers the parts of an address into one value, and says where each stood in the text as it was given."""

from collections.abc import Sequence
from typing import NamedTuple

from wangge.core.addresses.forms import Address, Kind, Span
from wangge.core.addresses.letters import Letters
from wangge.core.addresses.words import JOINTS


class Part(NamedTuple):
    """A part with its value, where it stands in the folded text."""

    kind: Kind
    value: str
    start: int
    end: int
    also: bool = False  # beside the first of its kind
    branch: bool = False  # cut into the one before it: 附3号


_JOINED = frozenset((Kind.PLACE, Kind.NEAR))


def gather(text: str, letters: Letters, parts: Sequence[Part]) -> Address:
    """Return the address of these parts, which are in order and do not overlap."""
    values: dict[str, str] = {}
    also: list[str] = []
    for part in parts:
        if part.also:
            also += [part.value] if part.kind is Kind.ROOM else []
        elif part.branch:
            values[part.kind] = f"{values.get(part.kind, '')}附{part.value}"
        elif part.kind in _JOINED:
            values[part.kind] = values.get(part.kind, "") + part.value
        else:
            values[part.kind] = part.value
    spans, rest = _spans(text, letters, parts)
    return Address(**values, rest=rest, also=tuple(also), spans=spans)


def _spans(text: str, letters: Letters, parts: Sequence[Part]) -> tuple[tuple[Span, ...], str]:
    """Return where each part stood and what is left over.

    A letter that folds into several (⑫) belongs to the first part that has one of them.
    """
    folded, origin = letters
    spans: list[Span] = []
    rest: list[str] = []
    at = done = 0
    for kind, _value, start, end, _also, _branch in (*parts, Part(Kind.REST, "", len(folded), len(folded))):
        if start > at and (left := folded[at:start].strip(JOINTS)):
            rest.append(left)
        at = end
        if (first := origin[start]) > done:
            spans.append(Span(Kind.REST, done, first))
            done = first
        if end > start and (last := origin[end - 1] + 1) > done:
            spans.append(Span(kind, done, last))
            done = last
    return tuple(spans), " ".join(rest)
