"""The order of a round whose stops have windows and buildings: first on time, then building by building, then soon.

A local search over whole orders, each judged by walking it. Seconds everywhere; compiled by numba.
"""

from typing import NamedTuple

import numpy as np

from wangge.core.loops import loop
from wangge.core.rounds.kernels import Reals, Whole, carry, turn

LEAST = 1e-6
LONGEST_PIECE = 12


class Terms(NamedTuple):
    """What a round is judged by: ways between stops, from and back to the start, work, windows, and buildings."""

    walk: Reals
    out: Reals
    work: Reals
    opens: Reals
    closes: Reals
    building: Whole
    begin: float
    is_from_start: bool


class Worth(NamedTuple):
    """How bad an order is, the worst first: seconds too late, changes of building, seconds it takes."""

    late: float
    changes: float
    seconds: float


@loop
def worth(terms: Terms, order: Whole) -> Worth:
    """Return how bad it is to walk in this order."""
    late = changes = 0.0
    now = terms.begin
    for k in range(len(order)):
        here = order[k]
        if k:
            now += terms.walk[order[k - 1], here]
            changes += terms.building[order[k - 1]] != terms.building[here]
        elif terms.is_from_start:
            now += terms.out[here]
        now = max(now, terms.opens[here]) + terms.work[here]
        late += max(0.0, now - terms.closes[here])
    now += terms.out[order[-1]] if terms.is_from_start else terms.walk[order[-1], order[0]]
    return Worth(late, changes, now - terms.begin)


@loop
def is_better(one: Worth, other: Worth) -> bool:
    """Say whether an order is better than another by more than rounding."""
    if abs(one.late - other.late) > LEAST:
        return bool(one.late < other.late)
    if one.changes != other.changes:
        return bool(one.changes < other.changes)
    return bool(one.seconds < other.seconds - LEAST)


@loop
def turned_round(terms: Terms, order: Whole, now: Worth) -> Worth:
    """Walk parts of the order the other way round where that is better; return what it is worth then."""
    for first in range(len(order) - 1):
        for last in range(first + 1, len(order)):
            turn(order, first, last)
            then = worth(terms, order)
            if is_better(then, now):
                now = then
            else:
                turn(order, first, last)
    return now


@loop
def carried(terms: Terms, order: Whole, now: Worth) -> Worth:
    """Move parts of the order elsewhere where that is better; return what it is worth then."""
    for size in range(1, min(LONGEST_PIECE, len(order) - 1) + 1):
        for at in range(len(order) - size + 1):
            for to in range(-1, len(order)):
                if at - 1 <= to < at + size:
                    continue
                tried = order.copy()
                carry(tried, at, size, to, False)  # noqa: FBT003 - numba takes no keywords
                then = worth(terms, tried)
                if is_better(then, now):
                    now = then
                    order[:] = tried
    return now


@loop
def improved(terms: Terms, order: Whole) -> Whole:
    """Return an order that no turning and no moving makes better."""
    order = order.copy()
    now = worth(terms, order)
    while True:
        then = carried(terms, order, turned_round(terms, order, now))
        if not is_better(then, now):
            return order
        now = then


def best_of(terms: Terms, starts: list[Whole]) -> Whole:
    """Return the best order a search from each of some orders comes to; of equals the first."""
    found = [improved(terms, np.ascontiguousarray(start, dtype=np.int64)) for start in starts]
    best = found[0]
    for order in found[1:]:
        if is_better(worth(terms, order), worth(terms, best)):
            best = order
    return best
