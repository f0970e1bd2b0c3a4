"""Micro-grids (微网格): each general grid into the fewest that a real round holds, households and minutes."""

from dataclasses import dataclass

import numpy as np

from wangge.core.partition.chance import seeded
from wangge.core.partition.costs import Rule, total_excess
from wangge.core.partition.fields import HOUSEHOLDS, SECONDS, Field
from wangge.core.partition.general import edge_metres
from wangge.core.partition.problem import NONE, Limits, Options, Reals, Whole
from wangge.core.partition.repair import at_home, repaired
from wangge.core.partition.score import packing_bound
from wangge.core.partition.settling import lodged, settled
from wangge.core.partition.sweeps import mended, solved
from wangge.core.partition.walking import done_after, toured

SPREAD, EVENNESS, WHOLE = 2.0, 4.0, 6.0
MENDS = 8
LOOKS = 6
"""How often real tours are walked, and the division mended by what they tell, before a number counts as too few."""
FULL = 0.995
"""Share of all hours that a number of micro-grids can be filled to at best."""
HOPELESS = 0.15
"""Share of one micro-grid beyond the limits that no mending is expected to place."""


@dataclass(frozen=True)
class Stops:
    """Where the pieces of a general grid are, and the seconds of work at each."""

    x: Reals
    y: Reals
    work: Reals

    def at(self, nodes: Whole) -> "Stops":
        """Return those of some pieces."""
        return Stops(self.x[nodes], self.y[nodes], self.work[nodes])


@dataclass(frozen=True)
class Rounds:
    """Micro-grids of one general grid: that of each piece from 0, and minutes and metres of each round.

    `done` is, for each piece, the minutes from the arrival at the first stop of its round until it is done. `names` are
    the codes of the micro-grids in the previous division, -1 for new ones.
    """

    grid: Whole
    names: Whole
    minutes: Reals
    metres: Reals
    done: Reals


def divide_grid(field: Field, stops: Stops, options: Options, previous: Whole | None = None) -> Rounds:
    """Return the previous micro-grids, mended where that can be, or the fewest found."""
    kept = None if previous is None else keep_rounds(field, stops, options, previous)
    return kept or divide_anew(field, stops, options)


def divide_anew(field: Field, stops: Stops, options: Options) -> Rounds:
    """Return the fewest micro-grids found. A piece that is too large for a round stands alone."""
    limits, work = options.limits, stops.work
    legs = legs_of(field, stops)
    rule = rule_for(field, limits)
    for count in range(least_number(field.load[:, HOUSEHOLDS], work, limits), len(work)):
        grid = None
        state = seeded(options.seed, len(work), count)
        for _ in range(LOOKS):
            field.load[:, SECONDS] = work + limits.pace.walking_seconds(legs)
            if field.load[:, SECONDS].sum() > FULL * count * rule.cap:
                break
            if grid is None:
                grid = solved(field, count, rule, options.effort, MENDS, HOPELESS * rule.high, state)[2]
            else:
                mended(field, grid, count, rule, MENDS, HOPELESS * rule.high, state)
            if total_excess(field, grid, count, rule) > 0:
                break
            rounds = walked(grid, stops, limits)
            if rounds.minutes.max() <= limits.minutes:
                return rounds
            legs = learnt(legs, rounds, 0.5)
    return walked(np.arange(len(work)), stops, limits)


def keep_rounds(field: Field, stops: Stops, options: Options, previous: Whole) -> Rounds | None:
    """Return the previous micro-grids, mended only where a round does not hold; None where that does not succeed."""
    limits = options.limits
    rule, state, legs = rule_for(field, limits), seeded(options.seed, len(previous)), legs_of(field, stops)
    field.load[:, SECONDS] = stops.work + limits.pace.walking_seconds(legs)
    housed, names = at_home(field, previous)
    if not len(names):
        return None
    lodged(housed, housed.home, names < NONE, rule)
    previous = np.where(housed.home == NONE, NONE, names[housed.home])
    part = settled(housed, len(names))
    rounds = walked(part, stops, limits, names)
    if is_within(field, rounds, limits):
        return rounds
    for look in range(LOOKS):
        legs = learnt(legs, rounds, 0.5 if look else 1.0)
        field.load[:, SECONDS] = stops.work + limits.pace.walking_seconds(legs)
        kept = repaired(field, previous, rule, state)
        if kept is None or kept.over > 0:
            return None
        rounds = walked(kept.part, stops, limits, kept.names)
        if rounds.minutes.max() <= limits.minutes:
            return rounds
    return None


def is_within(field: Field, rounds: Rounds, limits: Limits) -> bool:
    """Say whether all micro-grids keep households and minutes."""
    households = np.bincount(rounds.grid, field.load[:, HOUSEHOLDS])
    return bool(households.max() <= limits.micro_max and rounds.minutes.max() <= limits.minutes)


def learnt(legs: Reals, rounds: Rounds, down: float) -> Reals:
    """Return legs that add up to the real tours where these are longer, and come nearer by `down` where shorter."""
    grid, count = rounds.grid, len(rounds.metres)
    missing = (rounds.metres - np.bincount(grid, legs, count)) / np.bincount(grid, minlength=count)
    changed: Reals = np.maximum(0.0, legs + np.where(missing > 0, missing, missing * down)[grid])
    return changed


def least_number(households: Reals, work: Reals, limits: Limits) -> int:
    """Return how many micro-grids there are at least, by households and by work without any way."""
    by_time = packing_bound(work, limits.minutes * 60.0 * limits.pace.crew)
    return max(1, by_time, packing_bound(households, float(limits.micro_max)))


def rule_for(field: Field, limits: Limits) -> Rule:
    """Return limits and weights for the micro-grids of a field."""
    high = float(limits.micro_max)
    cap = limits.minutes * 60.0 * limits.pace.crew
    return Rule(0.0, high, cap, SPREAD / (edge_metres(field) * high), EVENNESS, WHOLE, 0.0)


def legs_of(field: Field, stops: Stops) -> Reals:
    """Return for each piece how many metres of a tour it is good for, about: the mean way to its two nearest."""
    x, y = stops.x, stops.y
    tails = np.repeat(np.arange(len(x)), np.diff(field.start))
    metres = np.hypot(x[tails] - x[field.neighbour], y[tails] - y[field.neighbour])
    order = np.lexsort([metres, tails])
    rank = np.arange(len(tails)) - field.start[tails]
    near = order[rank < 2]
    sums = np.bincount(tails[near], metres[near], len(x))
    many = np.bincount(tails[near], minlength=len(x))
    return sums / np.maximum(many, 1)


def walked(grid: Whole, stops: Stops, limits: Limits, names: Whole | None = None) -> Rounds:
    """Return the micro-grids with the minutes of their real rounds; numbers without any piece are closed up."""
    used, grid = np.unique(grid, return_inverse=True)
    count, pace = len(used), limits.pace
    metres, legs, way = toured(grid, count, stops.x, stops.y)
    minutes = (np.bincount(grid, stops.work, count) + pace.walking_seconds(metres)) / pace.crew / 60.0
    done = done_after(way, grid, stops.work + pace.walking_seconds(legs)) / pace.crew / 60.0
    own = np.full(count, NONE, np.int64) if names is None else np.maximum(names[used], NONE)
    return Rounds(grid, own, minutes, metres, done)
