"""Gathers the parts of an address into one value, and says where each stood in the text as it was given."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wangge.core.addresses.forms import DIVISIONS, Address, Kind, Span
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


_JOINED = frozenset((Kind.PLACE, Kind.NEAR, Kind.REST))


def gather(text: str, letters: Letters, parts: Sequence[Part]) -> Address:
    """Return the address of these parts, which are in order and do not overlap."""
    whole = list(_filled(letters.text, parts))
    values: dict[str, str] = {}
    also: list[str] = []
    for part in whole:
        if part.also:
            also.append(part.value)
        elif part.branch:
            values[part.kind] = f"{values.get(part.kind, '')}附{part.value}"
        elif part.kind in _JOINED:
            values[part.kind] = values.get(part.kind, "") + _clean(part.value)
        else:
            values[part.kind] = _clean(part.value) if part.kind in DIVISIONS else part.value
    return Address(**values, also=tuple(also), spans=tuple(_spans(text, letters, whole)))


def _clean(value: str) -> str:
    return value.strip(JOINTS).removesuffix("市辖区").rstrip("-")


def _filled(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts with what lies between them as `rest`."""
    at = 0
    for part in parts:
        if part.start > at:
            yield Part(Kind.REST, text[at : part.start], at, part.start)
        yield part
        at = part.end
    if at < len(text):
        yield Part(Kind.REST, text[at:], at, len(text))


def _spans(text: str, letters: Letters, parts: Sequence[Part]) -> Iterator[Span]:
    """Yield where each part stood; a letter that folds into several (⑫) belongs to the first part that has it."""
    at = 0
    for part in parts:
        end = letters.origin[part.end - 1] + 1
        if end > at:
            yield Span(part.kind, at, end)
            at = end
    if at < len(text):
        yield Span(Kind.REST, at, len(text))
