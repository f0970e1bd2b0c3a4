"""One field into two, and into k: trees on a coarse field, flips on it and on the fine one, the best of several.

Karypis and Kumar, A fast and high quality multilevel scheme, SIAM J. Sci. Comput. 1998, with random trees in place of
growing regions, since sides have to be connected and within limits.
"""

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.chance import State
from wangge.core.partition.costs import Aim, Rule, aim_for
from wangge.core.partition.fields import HOUSEHOLDS, Field, clusters, coarser, cut_out
from wangge.core.partition.flips import refined
from wangge.core.partition.problem import Whole
from wangge.core.partition.trees import split_by_tree

TREES = 8
"""Trees looked at on each coarse field."""
GRAIN = 1 / 16
"""Households of a cluster, as a share of a grid's."""
NODES = 400
"""Nodes a coarse field has at most, about: many grids make for larger clusters."""


@loop
def bisected(field: Field, aim: Aim, tries: int, state: State) -> tuple[float, Whole]:
    """Return the best of `tries` splits and its cost. The field is connected and has at least two nodes."""
    least = np.inf
    best = np.zeros(len(field.compound), np.int64)
    for attempt in range(tries):
        side = coarse_split(field, aim, attempt % 2 == 1, state)
        cost = refined(field, side, aim)
        if cost < least:
            least, best = cost, side
    return least, best


@loop
def coarse_split(field: Field, aim: Aim, breaks: bool, state: State) -> Whole:  # noqa: FBT001 - numba
    """Return the sides of the nodes after a split of their clusters; `breaks` allows compounds to be taken apart."""
    households = field.load[:, HOUSEHOLDS].sum()
    grain = max(aim.rule.high * GRAIN, households / NODES)
    cluster, count = clusters(field, grain, grain if breaks else aim.rule.high, state)
    if count < 2:
        cluster, count = np.arange(len(field.compound)), len(field.compound)
    coarse = coarser(field, cluster, count)
    least, best = split_by_tree(coarse, aim, state)
    for _ in range(TREES - 1):
        cost, side = split_by_tree(coarse, aim, state)
        if cost < least:
            least, best = cost, side
    refined(coarse, best, aim)
    return best[cluster]


@loop
def divided(field: Field, count: int, rule: Rule, tries: int, state: State) -> Whole:
    """Return a division into `count` parts by splitting in two again and again."""
    part = np.zeros(len(field.compound), np.int64)
    many = np.zeros(count, np.int64)  # grids that still lie under the number of a part
    many[0] = count
    for p in range(count):
        while many[p] > 1:
            nodes = np.flatnonzero(part == p)
            if len(nodes) < 2:
                break
            first = many[p] // 2
            second = many[p] - first
            inner = cut_out(field, nodes)
            aim = aim_for(rule, inner.load[:, HOUSEHOLDS].sum(), first, second)
            side = bisected(inner, aim, tries, state)[1]
            part[nodes[side == 1]] = p + first
            many[p], many[p + first] = first, second
    return part
