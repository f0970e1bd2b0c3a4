"""Finds personal data in a text and takes it out."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from wangge.core.redaction.cards import cards
from wangge.core.redaction.doors import doors
from wangge.core.redaction.kinds import NUMBERS, PLACEHOLDERS, Found, Kind, Span
from wangge.core.redaction.named import accounts, names
from wangge.core.redaction.numbers import Folded


def find(text: str, kinds: AbstractSet[Kind] = NUMBERS) -> tuple[Found, ...]:
    """Return what points to a person in `text`, of the `kinds` asked for, in order, apart.

    Full-width, spoken (一三八, 幺三八) and foreign digits count as digits; spaces, dashes, dots and brackets may
    stand between them, invisible characters anywhere. Numbers with a typing mistake in the check digit are found,
    since they still point to a person. Spoken digits may touch other digits; in written ones a number ends where the
    digits end. Groups of one or two digits are a telephone number only when joined all by spaces or all by dashes, so
    that dates and room numbers beside it stay. When in doubt between a telephone number and another number of that very
    length and shape, it is taken for a telephone number. Names and accounts are found behind words that announce them,
    names of a list of frequent surnames alone where no colon does: this helps people who look, it replaces nobody.
    """
    if not text:
        return ()
    folded = Folded(text)
    spans: list[Span] = []
    while fresh := [span for span in _hits(folded, kinds) if span[2] in kinds]:
        spans += fresh
        folded.blank(fresh)
    bounds = [*folded.places, len(text)]
    stretches = ((kind, bounds[start], bounds[end]) for start, end, kind in _apart(spans))
    return tuple(Found(kind, start, end, text[start:end]) for kind, start, end in stretches)


def redact(text: str, kinds: AbstractSet[Kind] = NUMBERS) -> tuple[str, tuple[Found, ...]]:
    """Return the text with a placeholder for each thing found, and what was found. Redacting twice changes nothing."""
    found = find(text, kinds)
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], PLACEHOLDERS[one.kind]]
        at = one.end
    return "".join([*parts, text[at:]]), found


def _hits(folded: Folded, kinds: AbstractSet[Kind]) -> Iterator[Span]:
    written, spoken = "".join(folded.written), "".join(folded.spoken)
    yield from folded.hits()
    yield from cards(spoken)
    yield from accounts(spoken)
    if Kind.NAME in kinds:
        yield from names(written)
    if Kind.DOOR in kinds:
        yield from doors(written)


def _apart(spans: list[Span]) -> list[Span]:
    """Melt overlapping spans into one of the kind of the longest."""
    apart: list[Span] = []
    longest = 0
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, kind))
            longest = end - start
            continue
        first, last, known = apart[-1]
        apart[-1] = (first, max(last, end), kind if end - start > longest else known)
        longest = max(longest, end - start)
    return apart
