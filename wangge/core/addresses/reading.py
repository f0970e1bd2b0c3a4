"""Reads an address: finds its names and numbers, lets each rule say what it is, and gathers the parts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wangge.core.addresses.claims import Claim, Role, claims
from wangge.core.addresses.doors import Before, Found, read_run
from wangge.core.addresses.forms import DIVISIONS, Address, Kind, Tail
from wangge.core.addresses.gathering import Part, gather
from wangge.core.addresses.letters import fold
from wangge.core.addresses.names import Known, Names
from wangge.core.addresses.words import JOINTS, before, read_rest, read_words

_DOOR = frozenset((Kind.BUILDING, Kind.UNIT, Kind.FLOOR, Kind.ROOM))


def parse(text: str, names: Names | None = None) -> Address:
    """Return the parts of an address. Never raises; what is not understood is in `rest`.

    With the names of a registry the cut between division, road and compound is exact, and an alias becomes its name;
    without them the endings (区, 镇, 路, 村) decide.
    """
    letters = fold(text)
    known = list(names.find(letters.text)) if names else []
    numbers = _numbers(letters.text, known)
    return gather(text, letters, sorted((*numbers, *_words(letters.text, known, numbers)), key=_start))


def tail(text: str, names: Names | None = None) -> Tail:
    """Return the part of an address that finds a door within its compound."""
    return parse(text, names).tail


def _start(part: Part) -> int:
    return part.start


# --- numbers ---


class _Run(NamedTuple):
    """Numbers between which no word stands, and what the words before them name."""

    before: Before
    claims: list[Claim]


def _numbers(text: str, known: Sequence[Known]) -> list[Part]:
    """Return the numbers with what they count: a new building leaves behind what was counted before it."""
    kept: list[Found] = []
    for run in _runs(text, known):
        found = list(read_run(run.claims, run.before, text))
        kinds = {each.kind for each in found}
        gone = _DOOR if Kind.BUILDING in kinds else kinds & _DOOR
        kept = [again for each in kept if (again := _outlived(each, gone)) is not None] + found
    return [
        Part(each.kind, each.value, each.claim.start, each.claim.end, each.also, each.claim.role is Role.BRANCH)
        for each in kept
    ]


def _outlived(found: Found, gone: frozenset[Kind] | set[Kind]) -> Found | None:
    """Return what stays of a number when a later one takes its place: a plate (12号), else nothing."""
    if found.kind not in gone:
        return found
    return found._replace(kind=Kind.NUMBER) if found.claim.role is Role.NUMBER else None


def _runs(text: str, known: Sequence[Known]) -> Iterator[_Run]:
    starts = [name.start for name in known]
    run: _Run | None = None
    end = 0
    for claim in _outside(text, known):
        if run is None or text[end : claim.start].strip(JOINTS):
            if run is not None:
                yield run
            at = bisect_left(starts, claim.start) - 1
            named = known[at] if at >= 0 and known[at].start >= end else None
            run = _Run(_before(text, end, claim.start, named), [])
        run.claims.append(claim)
        end = claim.end
    if run is not None:
        yield run


def _before(text: str, start: int, end: int, named: Known | None) -> Before:
    """Return what stands before a run: the words, or the known name right before it."""
    if named is None:
        return before(text[start:end])
    words = text[named.end : end].strip(JOINTS)
    if words:
        return before(words)
    return Before.ROAD if named.kind is Kind.ROAD else before(named.name)


def _outside(text: str, known: Sequence[Known]) -> Iterator[Claim]:
    """Yield the numbers that are no part of a known name."""
    names = iter(known)
    name = next(names, None)
    for claim in claims(text):
        while name is not None and name.end <= claim.start:
            name = next(names, None)
        if name is None or claim.end <= name.start:
            yield claim


# --- words ---


def _words(text: str, known: Sequence[Known], numbers: Sequence[Part]) -> Iterator[Part]:
    """Yield the known names and the parts of the words between them and the numbers."""
    names = [Part(name.kind, name.name, name.start, name.end) for name in known]
    yield from names
    door = max((part.end for part in numbers if part.kind in _DOOR), default=len(text))
    head, at = True, 0
    for stop in (*sorted((*names, *numbers), key=_start), Part(Kind.REST, "", len(text), len(text))):
        if at < stop.start:
            spans = read_words(text, at, stop.start, head=head) if at < door else read_rest(text, at, stop.start)
            for span in spans:
                yield Part(span.kind, text[span.start : span.end], span.start, span.end)
                head = head and span.kind in DIVISIONS
        head = head and stop.kind in DIVISIONS
        at = stop.end
