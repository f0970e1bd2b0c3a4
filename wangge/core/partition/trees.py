"""Splits by trees: a random spanning tree, and the one of its edges whose removal leaves the two best sides (numba).

Both sides are connected by construction. Heavy edges are the more likely to be in the tree, so that it is cut between
compounds and along barriers. DeFord, Duchin, Solomon: Recombination, Harvard Data Science Review 2021.
"""

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.chance import State, advance
from wangge.core.partition.costs import Aim, grid_cost, loads_of, moved, terms_of
from wangge.core.partition.fields import HOUSEHOLDS, LOADS, SECONDS, Field
from wangge.core.partition.problem import Reals, Whole


@loop
def found(root: Whole, v: int) -> int:
    """Return the representative of the set v is in, and shorten the way to it."""
    while root[v] != v:
        root[v] = root[root[v]]
        v = root[v]
    return v


@loop
def random_tree(field: Field, state: State) -> tuple[Whole, Whole]:
    """Return the two ends of each edge of a random spanning tree (Kruskal)."""
    count = len(field.compound)
    many = len(field.neighbour) // 2
    tails, heads, keys = np.empty(many, np.int64), np.empty(many, np.int64), np.empty(many)
    i = 0
    for v in range(count):
        for e in range(field.start[v], field.start[v + 1]):
            if v < field.neighbour[e]:
                tails[i], heads[i] = v, field.neighbour[e]
                keys[i] = advance(state) / field.weight[e]
                i += 1
    root = np.arange(count)
    kept = np.zeros(many, np.bool_)
    for j in np.argsort(keys):
        a, b = found(root, tails[j]), found(root, heads[j])
        if a != b:
            root[a] = b
            kept[j] = True
    return tails[kept], heads[kept]


@loop
def hung(count: int, tails: Whole, heads: Whole) -> tuple[Whole, Whole, Whole]:
    """Hang a tree up at node 0: return the nodes from above to below, the parent of each, and the depth of each."""
    start = np.zeros(count + 1, np.int64)
    for i in range(len(tails)):
        start[tails[i] + 1] += 1
        start[heads[i] + 1] += 1
    for v in range(count):
        start[v + 1] += start[v]
    at = start[:-1].copy()
    beside = np.empty(2 * len(tails), np.int64)
    for i in range(len(tails)):
        beside[at[tails[i]]] = heads[i]
        at[tails[i]] += 1
        beside[at[heads[i]]] = tails[i]
        at[heads[i]] += 1
    order, parent, depth = np.zeros(count, np.int64), np.full(count, -1, np.int64), np.zeros(count, np.int64)
    tail = 1
    for head in range(count):
        v = order[head]
        for e in range(start[v], start[v + 1]):
            if beside[e] != parent[v]:
                parent[beside[e]], depth[beside[e]] = v, depth[v] + 1
                order[tail] = beside[e]
                tail += 1
    return order, parent, depth


@loop
def cuts_below(field: Field, order: Whole, parent: Whole, depth: Whole) -> Reals:
    """Return for each node the weights of the edges that leave what hangs from it."""
    cut = np.zeros(len(order))
    for v in range(len(order)):
        for e in range(field.start[v], field.start[v + 1]):
            cut[v] += field.weight[e]
            if v < field.neighbour[e]:
                cut[meeting(v, field.neighbour[e], parent, depth)] -= 2.0 * field.weight[e]
    for i in range(len(order) - 1, 0, -1):
        cut[parent[order[i]]] += cut[order[i]]
    return cut


@loop
def meeting(v: int, u: int, parent: Whole, depth: Whole) -> int:
    """Return the lowest node that both hang from."""
    while v != u:
        if depth[v] >= depth[u]:
            v = parent[v]
        else:
            u = parent[u]
    return v


@loop
def loads_below(field: Field, order: Whole, parent: Whole) -> Reals:
    """Return the loads of what hangs from each node."""
    below = field.load.copy()
    for i in range(len(order) - 1, 0, -1):
        for j in range(LOADS):
            below[parent[order[i]], j] += below[order[i], j]
    return below


@loop
def best_edge(below: Reals, cut: Reals, aim: Aim) -> tuple[int, int, float]:
    """Return the node to cut off from node 0, the side it becomes, and what the split costs."""
    best, side, least = -1, 0, np.inf
    households, seconds = below[0, HOUSEHOLDS], below[0, SECONDS]
    terms = (terms_of(aim, 0, households, seconds), terms_of(aim, 1, households, seconds))
    for v in range(1, len(cut)):
        for s in range(2):
            off = loads_of(below, v, s)
            rest = moved(loads_of(below, v, 1 - s), below, 0, 1 - s, -1.0)
            cost = grid_cost(terms[s], off) + grid_cost(terms[1 - s], rest) + cut[v]
            if cost < least:
                best, side, least = v, s, cost
    return best, side, least


@loop
def split_by_tree(field: Field, aim: Aim, state: State) -> tuple[float, Whole]:
    """Return the best split along one random tree and its cost; fields have at least two nodes and are connected."""
    count = len(field.compound)
    tails, heads = random_tree(field, state)
    order, parent, depth = hung(count, tails, heads)
    below = loads_below(field, order, parent)
    v, s, cost = best_edge(below, cuts_below(field, order, parent, depth), aim)
    side = np.full(count, 1 - s, np.int64)
    side[v] = s
    for u in order[1:]:  # what hangs from v has its side; all above come before
        if side[parent[u]] == s:
            side[u] = s
    return cost, side
