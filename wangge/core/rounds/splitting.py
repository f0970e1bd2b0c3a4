"""One round made into the fewest: consecutive stretches of its walking order, each within the limit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wangge.core.rounds.stops import Round, Stop

Walk = Callable[[Sequence[Stop]], Round]
STEPS = 24
"""Halvings of the search for the evenest split: minutes to a hundred-thousandth."""

OPENINGS = 60
"""At so many stops a loose round is tried to be opened."""


def portions(walked: Sequence[Stop], walk: Walk, limit: float) -> list[Stop]:
    """Return the stops with those that alone exceed the limit in portions, from the top floor down."""
    found: list[Stop] = []
    for stop in walked:
        found += _shared_out(stop, walk, limit) if stop.households > 1 and walk([stop]).minutes > limit else [stop]
    return found


def _shared_out(stop: Stop, walk: Walk, limit: float) -> list[Stop]:
    for parts in range(2, stop.households + 1):
        found = list(_parts(stop, parts))
        if all(walk([part]).minutes <= limit for part in found):
            return found
    return list(_parts(stop, stop.households))


def _parts(stop: Stop, parts: int) -> Iterator[Stop]:
    """So many portions, as even as can be. Where the doors are known, one climbs only to the uppermost of them."""
    doors, done = stop.downward(), 0
    for k in range(parts):
        last = stop.households * (k + 1) // parts
        own = doors[done:last]
        floors = own[0].floor if own else stop.floors
        yield replace(stop, households=last - done, floors=floors, doors=own, part=k + 1, parts=parts)
        done = last


def fewest(stops: Sequence[Stop], walk: Walk, limit: float, *, is_loose: bool) -> list[Round]:
    """Return the fewest consecutive rounds within the limit, as even as that many can be.

    A loose round, which begins nowhere in particular, is opened where that needs the fewest. A single stop that is
    over the limit stays a round of its own.
    """
    turns = range(0, len(stops), 1 + len(stops) // OPENINGS) if is_loose else range(1)
    best = min((_filled(_turned(stops, by), walk, limit) for by in turns), key=_worth)
    order = [visit.stop for one in best for visit in one.visits]
    low, high = max(one.minutes for one in best) / len(best), limit
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried = _filled(order, walk, middle)
        if len(tried) == len(best) and _worth(tried) <= _worth(best):
            best, high = tried, middle
        else:
            low = middle
    return best


def _turned(stops: Sequence[Stop], by: int) -> list[Stop]:
    return [*stops[by:], *stops[:by]]


def _worth(rounds: Sequence[Round]) -> tuple[int, int, float]:
    """Few late stops, few rounds, the longest short."""
    return sum(len(one.late) for one in rounds), len(rounds), max(one.minutes for one in rounds)


def _filled(stops: Sequence[Stop], walk: Walk, limit: float) -> list[Round]:
    """Fill one round after the other as far as the limit, and the windows, let it."""
    rounds: list[Round] = []
    own: list[Stop] = []
    now: Round | None = None
    for stop in stops:
        tried = walk([*own, stop])
        if now is not None and (tried.minutes > limit or len(tried.late) > len(now.late) + len(walk([stop]).late)):
            rounds.append(now)
            own, tried = [], walk([stop])
        own, now = [*own, stop], tried
    return [*rounds, *([now] if now else [])]
