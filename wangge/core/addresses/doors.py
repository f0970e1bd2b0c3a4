"""Decides what each number of a run counts: the grammar of building, unit, floor and room."""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from wangge.core.addresses.claims import Claim, Role
from wangge.core.addresses.forms import Kind


class Before(StrEnum):
    """What the words before a run of numbers name."""

    NOTHING = auto()
    ROAD = auto()
    HAMLET = auto()
    MARKET = auto()
    PLACE = auto()


class Found(NamedTuple):
    """A number and what it counts; `also` when it stands beside the first of its kind (302、303室)."""

    kind: Kind
    value: str
    claim: Claim
    also: bool = False


class Step(NamedTuple):
    """A number in its run: what stands before it (words, or the kind of the last number), what follows."""

    claim: Claim
    before: Before | Kind
    following: Claim | None
    listed: bool  # behind "、"


_ALWAYS = {
    Role.LANE: Kind.LANE,
    Role.GROUP: Kind.GROUP,
    Role.BUILDING: Kind.BUILDING,
    Role.UNIT: Kind.UNIT,
    Role.FLOOR: Kind.FLOOR,
    Role.ROOM: Kind.ROOM,
}
_BEHIND = {  # what a plate or a bare number counts right behind a number of this kind
    Kind.LANE: Kind.BUILDING,
    Kind.GROUP: Kind.BUILDING,
    Kind.NUMBER: Kind.ROOM,
    Kind.UNIT: Kind.ROOM,
    Kind.FLOOR: Kind.ROOM,
    Kind.ROOM: Kind.ROOM,
}
_GLUED = re.compile(r"([A-Z]{2}|[0-9]{1,3}[A-Z])([0-9]{3,}+)")  # 79B7674, DA9296


def read_run(run: Sequence[Claim], before: Before, text: str) -> Iterator[Found]:
    """Yield what the numbers of one run count, between which no word stands."""
    last: Before | Kind = before
    at = 0
    while at < len(run):
        chain = _chain(run, at, text)
        found = list(_linked(chain, last) if len(chain) > 1 else _single(run, at, last, text))
        at += len(chain)
        for each in found:
            yield each
            last = each.kind


def _chain(run: Sequence[Claim], at: int, text: str) -> Sequence[Claim]:
    """Return the numbers from `at` that hang together by joints: 3-2-502, B-7-9153, 4-502室."""
    end = at
    while (
        run[end].role is Role.BARE
        and end + 1 < len(run)
        and "-" in text[run[end].end : run[end + 1].start]
        and run[end + 1].role is not Role.BRANCH
    ):
        end += 1
    return run[at : end + 1]


# --- one number ---


def _single(run: Sequence[Claim], at: int, before: Before | Kind, text: str) -> Iterator[Found]:
    claim = run[at]
    following = run[at + 1] if at + 1 < len(run) else None
    if following and claim.role is Role.BARE and "、" in text[claim.end : following.start]:
        claim, following = claim._replace(role=following.role), None  # 302、303室: the mark is for both
    listed = at > 0 and "、" in text[run[at - 1].end : claim.start]
    glued = _GLUED.fullmatch(claim.value)
    if glued and before in {Before.PLACE, Before.MARKET} and claim.role in {Role.BARE, Role.ROOM, Role.NUMBER}:
        cut = claim.start + len(glued[1])
        yield Found(Kind.BUILDING, glued[1], claim._replace(end=cut))
        yield Found(Kind.ROOM, glued[2], claim._replace(start=cut))
        return
    kind = _ALWAYS.get(claim.role) or _BY_PLACE[claim.role](Step(claim, before, following, listed))
    if kind is Kind.BUILDING and before is Kind.BUILDING and claim.value.isalpha() and not listed:
        kind = Kind.UNIT  # 12号楼B座
    if (before is Kind.LANE and text[claim.end - 1] == "门") or (before is Kind.GROUP and kind is Kind.ROOM):
        kind = Kind.BUILDING  # 553弄8号门261, 5队12户
    if kind is not None:
        yield Found(kind, claim.value, claim, also=listed and before is kind)


def _plate(step: Step) -> Kind:
    """号: the plate on a road, a building of a compound, a stall, or a door, by what stands round it."""
    if step.before is Before.ROAD:
        return Kind.NUMBER
    if step.before is Kind.BUILDING:
        return Kind.ROOM if step.following is None and _is_room(step.claim.value) else Kind.UNIT
    if step.following is not None and step.following.role is Role.BUILDING:
        return Kind.NUMBER
    if isinstance(step.before, Kind):
        return _BEHIND[step.before]
    if step.following is not None:
        return Kind.BUILDING
    is_door = step.before is Before.MARKET or (step.before is not Before.HAMLET and _digits(step.claim.value) > 3)
    return Kind.ROOM if is_door else Kind.BUILDING


def _bare(step: Step) -> Kind | None:
    if step.before is Before.ROAD:
        return Kind.NUMBER
    if step.before is Kind.BUILDING:
        return Kind.UNIT if step.following and step.following.role in {Role.BARE, Role.ROOM} else Kind.ROOM
    if step.before is Kind.ROOM and not step.listed:
        return None
    if isinstance(step.before, Kind):
        return _BEHIND[step.before]
    if step.following is not None:
        return Kind.NUMBER if step.following.role is Role.BUILDING else Kind.BUILDING
    return Kind.ROOM if step.before is Before.MARKET or _is_room(step.claim.value) else Kind.BUILDING


def _storey(step: Step) -> Kind:
    """楼 counts floors, but the building where stairs follow: 3楼2单元."""
    follows = step.following and step.following.role is Role.UNIT
    return Kind.BUILDING if follows and step.before is not Kind.BUILDING else Kind.FLOOR


def _street(step: Step) -> Kind | None:
    """街 with a number is a lane inside a market where a stall follows, else part of a name."""
    return Kind.UNIT if step.following else None


def _yard(step: Step) -> Kind | None:
    """院 is a house of a villagers' group (3社12院), else part of a name (4号院)."""
    return Kind.BUILDING if step.before is Kind.GROUP else None


def _branch(step: Step) -> Kind | None:
    """附 numbers a door that was cut into the house of the number before it: 12号附3号."""
    return step.before if step.before is Kind.NUMBER or step.before is Kind.BUILDING else None


_BY_PLACE: dict[Role, Callable[[Step], Kind | None]] = {
    Role.NUMBER: _plate,
    Role.BARE: _bare,
    Role.STOREY: _storey,
    Role.STREET: _street,
    Role.YARD: _yard,
    Role.BRANCH: _branch,
}


# --- several numbers linked by joints ---


def _linked(chain: Sequence[Claim], before: Before | Kind) -> Iterator[Found]:
    """Give the last number its kind, and those before it the kinds that lead there."""
    if before is Kind.ROOM:
        return
    last = chain[-1]
    whole = _whole(chain, before)
    if _is_range(chain) and (whole is Kind.ROOM or (whole is None and isinstance(before, Kind))):
        yield Found(Kind.ROOM, chain[0].value, chain[0])
        yield Found(Kind.ROOM, last.value, last, also=True)
    elif whole is not None:
        yield Found(whole, "-".join(claim.value for claim in chain), chain[0]._replace(end=last.end))
    else:
        yield from _led(chain, before)


def _is_range(chain: Sequence[Claim]) -> bool:
    """Say whether two rooms of one floor are joined: 302-303."""
    first, last = chain[0].value, chain[-1].value
    return len(chain) == 2 and first[:-2] == last[:-2] and _is_room(first) and _is_room(last)


def _led(chain: Sequence[Claim], before: Before | Kind) -> Iterator[Found]:
    last = chain[-1]
    if len(chain) > 2 and before is Before.HAMLET:
        before = Before.PLACE  # blocks in a village: 樊村3-59-2744
    final = _final(chain, before)
    leading = [kind for kind in _leading(before) if kind is not final]
    spare = 1 if before is Before.ROAD and len(chain) == 2 else max(len(chain) - 1 - len(leading), 0)
    if spare and before is Before.ROAD:
        yield Found(Kind.NUMBER, chain[0].value, chain[0])
    for kind, claim in zip(leading, chain[spare:-1], strict=False):
        yield Found(kind, claim.value, claim)
    yield Found(final, last.value, last)


def _whole(chain: Sequence[Claim], before: Before | Kind) -> Kind | None:
    """Return what a chain counts that is one number: 路83-1号, 4-1幢, 五楼358-478, 市场9647-5336."""
    role, long = chain[-1].role, _is_room(chain[-1].value)
    if role is Role.BUILDING:
        return Kind.BUILDING
    if before is Kind.FLOOR:
        return Kind.ROOM
    if len(chain) > 2:
        return None
    if before is Before.ROAD and role in {Role.BARE, Role.NUMBER}:
        return Kind.NUMBER
    first = _digits(chain[0].value)
    inside = before is Kind.BUILDING and first > 2 and long and role in {Role.BARE, Role.NUMBER, Role.ROOM}
    return Kind.ROOM if inside or (first > 3 and role in {Role.BARE, Role.NUMBER, Role.ROOM}) else None


def _final(chain: Sequence[Claim], before: Before | Kind) -> Kind:
    last = chain[-1]
    if last.role is Role.STOREY:
        return Kind.FLOOR
    if last.role in _ALWAYS:
        return _ALWAYS[last.role]
    if len(chain) > 2 or before is Kind.BUILDING or _is_room(last.value):
        return Kind.ROOM
    if before is Before.HAMLET:
        return Kind.BUILDING
    return Kind.UNIT if last.role is Role.BARE else Kind.ROOM


def _leading(before: Before | Kind) -> tuple[Kind, ...]:
    """Return what comes first in a chain at this place."""
    if before is Kind.UNIT:
        return ()
    if before is Kind.BUILDING:
        return (Kind.UNIT,)
    return (Kind.GROUP, Kind.BUILDING) if before is Before.HAMLET else (Kind.BUILDING, Kind.UNIT)


def _is_room(value: str) -> bool:
    """Say whether a number is long enough for a room: no compound has a hundred buildings, no building 100 stairs."""
    return _digits(value) > 2


def _digits(value: str) -> int:
    return sum(map(str.isdigit, value))
