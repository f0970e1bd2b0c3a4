"""General grids (一般网格): every connected part of a community into grids of the band, or the reason why not."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from wangge.core.partition.chance import State, seeded
from wangge.core.partition.costs import Rule, aim_for, held_by, splits, total_cost, total_excess
from wangge.core.partition.covering import fitted
from wangge.core.partition.fields import EAST, HOUSEHOLDS, LOADS, MOMENT, NORTH, Field
from wangge.core.partition.graph import Graph
from wangge.core.partition.problem import NONE, Band, Mode, Options, Reals, Reason, Whole
from wangge.core.partition.repair import repaired
from wangge.core.partition.splitting import bisected
from wangge.core.partition.sweeps import solved, swept

SPREAD, EVENNESS, WHOLE = 2.0, 10.0, 30.0
"""What the wishes weigh against one edge cut between two compounds; found by trying on villages and on city blocks."""


MENDS = 24
NEAR = 0.4
"""The share of the households that the smaller of two near-even grids has at least."""
HALVINGS = 4
"""Splits into two that are looked at when one grid is to be two."""
SMALL, TIMES = 120, 2
"""A community of up to so many units is divided so many times over, and the best is kept."""
LOOKS = 2
"""How often each number of grids is tried while compounds are split or a grid is out of the band."""


@dataclass(frozen=True)
class Found:
    """The grids of one connected part: the grid of each node from 0, how many, and the reason if any is out of band."""

    grid: Whole
    names: Whole  # of each grid: the code it had in the previous division, -1 for a new one
    reason: Reason | None


def field_of(graph: Graph, households: Whole, x: Reals, y: Reals, compound: Whole, high: int) -> Field:
    """Return the field of a graph, its origin at the households' centre."""
    load = np.zeros((len(graph), LOADS))
    east = x - np.average(x, weights=households)
    north = y - np.average(y, weights=households)
    load[:, HOUSEHOLDS] = households
    load[:, EAST], load[:, NORTH] = households * east, households * north
    load[:, MOMENT] = households * (east**2 + north**2)
    _, local = np.unique(compound, return_inverse=True)
    fits = np.bincount(local, weights=households)[local] <= high
    own = np.where(compound == NONE, NONE, local).astype(np.int64)
    home = np.full(len(graph), NONE, np.int64)
    return Field(graph.start, graph.neighbour, graph.weight, load, own, np.where(fits, own, NONE), home)


def edge_metres(field: Field) -> float:
    """Return the middle length of the edges of a field (1 m at least): the measure of its spread."""
    households = field.load[:, HOUSEHOLDS]
    x, y = field.load[:, EAST] / households, field.load[:, NORTH] / households
    tails = np.repeat(np.arange(len(x)), np.diff(field.start))
    if not len(tails):
        return 1.0
    return max(1.0, float(np.median(np.hypot(x[tails] - x[field.neighbour], y[tails] - y[field.neighbour]))))


def rule_for(field: Field, band: Band) -> Rule:
    """Return limits and weights for the general grids of a field."""
    spread = SPREAD / (edge_metres(field) * band.middle)
    return Rule(float(band.low), float(band.high), np.inf, spread, EVENNESS, WHOLE, 0.0)


def divide_part(field: Field, options: Options, previous: Whole | None = None) -> Found:
    """Return general grids of one connected field, or the previous ones mended where that can be."""
    kept = None
    if previous is not None:
        state = seeded(options.seed, len(previous))
        kept = repaired(field, previous, rule_for(field, options.band), state)
        if kept is not None and kept.over == 0:
            return Found(kept.part, np.maximum(kept.names, NONE), None)
    fresh = divide_anew(field, options)
    if kept is None or fresh.reason is None:
        return fresh
    return Found(kept.part, np.maximum(kept.names, NONE), fresh.reason)


def divide_anew(field: Field, options: Options) -> Found:
    """Return general grids of one connected field: the wanted number first, the others where that one fails.

    Where compounds are split that need not be, other numbers of grids and other chances are looked at as well.
    """
    households = int(field.load[:, HOUSEHOLDS].sum())
    rule = rule_for(field, options.band)
    nodes = len(field.home)
    effort = options.effort * (TIMES if nodes <= SMALL and options.band.allows(households) else 1)
    best, grid = (np.inf, np.inf, np.inf, np.inf), np.zeros(nodes, np.int64)
    for look, (rank, count) in product(range(LOOKS), enumerate(wanted(households, options))):
        if count > nodes:
            continue
        state = seeded(options.seed, nodes, households, count, look)
        over, cost, found = solved(field, count, rule, effort, MENDS * effort, np.inf, state)
        if over > 0:
            over, cost, found = _fitted(field, found, rule, options, state)
        split = splits(held_by(field, found, int(found.max()) + 1))
        key = (over, rank, split, cost) if options.mode == Mode.FEWEST else (over, split, rank, cost)
        if key < best:
            best, grid = key, found
        if over == 0 and split == 0:
            break
    reason = reason_for(field, options.band) if best[0] > 0 else None
    return Found(grid, np.full(int(grid.max()) + 1, NONE, np.int64), reason)


def _fitted(field: Field, part: Whole, rule: Rule, options: Options, state: State) -> tuple[float, float, Whole]:
    """Set grids together anew round those out of the band: return what is still out, the cost, the grids."""
    used, found = np.unique(fitted(field, part, int(part.max()) + 1, rule, state), return_inverse=True)
    count = len(used)
    swept(field, found, count, rule, options.effort, options.effort, state)
    return total_excess(field, found, count, rule), total_cost(field, found, count, rule), found


def halved(field: Field, options: Options) -> Whole:
    """Return the side, 0 or 1, of each node of a connected field: both connected, near-even, in the band if they can.

    There are at least two nodes.
    """
    households = int(field.load[:, HOUSEHOLDS].sum())
    band = options.band
    bounds = [bound for bound in (band.low, households - band.high) if 2 * bound <= households]
    least = max(int(NEAR * households), *bounds, 1)
    rule = rule_for(field, Band(least, max(least, households - least)))
    side = bisected(field, aim_for(rule, float(households), 1, 1), HALVINGS, seeded(options.seed, households))[1]
    return np.asarray(side, np.int64)


def wanted(households: int, options: Options) -> list[int]:
    """Return numbers of grids worth trying, the most wanted first."""
    band = options.band
    fewest, most = band.fewest(households), band.most(households)
    if fewest > most:  # one fewer leaves them too large, one more too small: the nearer comes first
        return sorted({max(1, most), fewest}, key=lambda count: (_off(households, count, band), count))[:1]
    if options.mode == Mode.FEWEST:
        return list(range(fewest, min(most, fewest + 3) + 1))
    return sorted(range(fewest, most + 1), key=lambda count: abs(households / count - band.middle))[:3]


def _off(households: int, count: int, band: Band) -> float:
    share = households / count
    return count * (max(band.low - share, 0.0) + max(share - band.high, 0.0))


def reason_for(field: Field, band: Band) -> Reason:
    """Return why a field is not divided into grids of the band."""
    households = int(field.load[:, HOUSEHOLDS].sum())
    if households < band.low:
        return Reason.TOO_FEW
    if not band.allows(households):
        return Reason.BETWEEN
    return Reason.LARGE_UNIT if field.load[:, HOUSEHOLDS].max() > band.high - band.low else Reason.NOT_FOUND
