"""Better divisions from good ones: two neighbouring grids, or a few round one out of its limits, are split anew."""

import numpy as np

from wangge.core.loops import loop
from wangge.core.partition.chance import State, advance, shuffled
from wangge.core.partition.costs import Rule, aim_for, excess, sums_of, total_cost, total_excess
from wangge.core.partition.fields import HOUSEHOLDS, SECONDS, TO_FIRST, TO_SECOND, Field, cut_out
from wangge.core.partition.flips import LEAST, cost_of, refined
from wangge.core.partition.problem import Flags, Whole
from wangge.core.partition.splitting import bisected, divided

WIDEST = 4
"""Grids that are taken apart together round one out of its limits."""


@loop
def borders(field: Field, part: Whole, count: int) -> Whole:
    """Return one pair of nodes (a row) for each two parts that touch."""
    tails = np.empty(len(field.neighbour), np.int64)
    for v in range(len(part)):
        tails[field.start[v] : field.start[v + 1]] = v
    low, high = part[tails], part[field.neighbour]
    crossing = np.flatnonzero(low < high)
    keys = low[crossing] * count + high[crossing]
    order = np.argsort(keys)
    pairs = np.empty((len(order), 2), np.int64)
    many = 0
    for i in range(len(order)):
        if i == 0 or keys[order[i]] != keys[order[i - 1]]:
            pairs[many, 0] = tails[crossing[order[i]]]
            pairs[many, 1] = field.neighbour[crossing[order[i]]]
            many += 1
    return pairs[:many]


@loop
def nodes_of(field: Field, part: Whole, seed: int, is_in: Flags) -> Whole:
    """Return, in ascending order, the nodes of the parts marked in `is_in` that are reached from `seed`."""
    queue, seen = np.empty(len(part), np.int64), np.zeros(len(part), np.bool_)
    queue[0] = seed
    seen[seed] = True
    head, tail = 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        for e in range(field.start[v], field.start[v + 1]):
            u = field.neighbour[e]
            if not seen[u] and is_in[part[u]]:
                seen[u] = True
                queue[tail] = u
                tail += 1
    return np.flatnonzero(seen)


@loop
def between(field: Field, nodes: Whole, first: int, second: int) -> Field:
    """Return the field of two parts, its nodes drawn to the side that is their home."""
    inner = cut_out(field, nodes)
    for i in range(len(nodes)):
        inner.load[i, TO_FIRST] = inner.load[i, HOUSEHOLDS] if inner.home[i] == first else 0.0
        inner.load[i, TO_SECOND] = inner.load[i, HOUSEHOLDS] if inner.home[i] == second else 0.0
    return inner


@loop
def resplit(
    field: Field, part: Whole, nodes: Whole, first: int, second: int, rule: Rule, tries: int, state: State
) -> bool:
    """Split two parts anew where that is better; say whether it was."""
    inner = between(field, nodes, first, second)
    aim = aim_for(rule, inner.load[:, HOUSEHOLDS].sum(), 1, 1)
    side = (part[nodes] == second).astype(np.int64)
    before = cost_of(inner, side, aim)
    after = refined(inner, side, aim)
    least, other = bisected(inner, aim, tries, state)
    if least < after:
        after, side = least, other
    if after >= before - LEAST:
        return False
    for i in range(len(nodes)):
        part[nodes[i]] = second if side[i] else first
    return True


@loop
def swept(field: Field, part: Whole, count: int, rule: Rule, rounds: int, tries: int, state: State) -> None:
    """Split pairs of neighbouring parts anew, round after round, until none of them changes."""
    is_fresh = np.ones(count, np.bool_)
    for _ in range(rounds):
        was_fresh, is_fresh = is_fresh, np.zeros(count, np.bool_)
        pairs = borders(field, part, count)
        for i in shuffled(len(pairs), state):
            first, second = part[pairs[i, 0]], part[pairs[i, 1]]
            is_due = was_fresh[first] or was_fresh[second] or is_fresh[first] or is_fresh[second]
            if first == second or not is_due:
                continue
            is_in = np.zeros(count, np.bool_)
            is_in[first] = is_in[second] = True
            nodes = nodes_of(field, part, pairs[i, 0], is_in)
            if resplit(field, part, nodes, first, second, rule, tries, state):
                is_fresh[first] = is_fresh[second] = True
        if not is_fresh.any():
            break


@loop
def round_about(field: Field, part: Whole, seed: int, count: int, wanted: int, state: State) -> Flags:
    """Return `wanted` parts that hang together: that of the seed, then one random neighbour after another."""
    is_in = np.zeros(count, np.bool_)
    is_in[part[seed]] = True
    for _ in range(wanted - 1):
        best, least = -1, np.inf
        for v in range(len(part)):
            if is_in[part[v]]:
                continue
            for e in range(field.start[v], field.start[v + 1]):
                if is_in[part[field.neighbour[e]]]:
                    key = advance(state)
                    if key < least:
                        best, least = part[v], key
                    break
        if best >= 0:
            is_in[best] = True
    return is_in


@loop
def outside(field: Field, part: Whole, count: int, rule: Rule) -> Whole:
    """Return the parts out of their limits."""
    sums = sums_of(field, part, count)
    is_out = np.zeros(count, np.bool_)
    for p in range(count):
        is_out[p] = excess(sums[p, HOUSEHOLDS], sums[p, SECONDS], rule.low, rule.high, rule.cap) > 0
    return np.flatnonzero(is_out)


@loop
def renewed(field: Field, part: Whole, is_in: Flags, seed: int, rule: Rule, tries: int, state: State) -> bool:
    """Divide some parts anew as a whole where that is better; say whether it was."""
    nodes = nodes_of(field, part, seed, is_in)
    names = np.flatnonzero(is_in)
    number = np.full(len(is_in), -1, np.int64)
    for i in range(len(names)):
        number[names[i]] = i
    inner = cut_out(field, nodes)
    for i in range(len(nodes)):
        home = inner.home[i]
        inner.home[i] = number[home] if 0 <= home < len(number) else -1
    old = number[part[nodes]]
    new = divided(inner, len(names), rule, tries, state)
    named_as_before(inner, new, len(names))
    swept(inner, new, len(names), rule, 2, 1, state)
    if total_cost(inner, new, len(names), rule) >= total_cost(inner, old, len(names), rule) - LEAST:
        return False
    part[nodes] = names[new]
    return True


@loop
def named_as_before(field: Field, part: Whole, count: int) -> None:
    """Give parts the numbers of the homes they hold most of, the largest claim first."""
    shared = np.zeros((count, count))
    for v in range(len(part)):
        if field.home[v] >= 0:
            shared[part[v], field.home[v]] += field.load[v, HOUSEHOLDS]
    name = np.full(count, -1, np.int64)
    for _ in range(count):
        at = np.argmax(shared)
        name[at // count] = at % count
        shared[at // count] = -2.0
        for p in range(count):
            shared[p, at % count] = min(shared[p, at % count], -1.0)
    for v in range(len(part)):
        part[v] = name[part[v]]


def mended(field: Field, part: Whole, count: int, rule: Rule, budget: int, hopeless: float, state: State) -> None:
    """Divide what lies round parts out of their limits anew until all are within or the budget is spent."""
    for step in range(budget):
        wrong = outside(field, part, count, rule)
        if len(wrong) == 0 or total_excess(field, part, count, rule) > hopeless:
            break
        chosen = wrong[int(advance(state) * len(wrong))]
        own = np.flatnonzero(part == chosen)
        seed = own[0] if len(own) else int(advance(state) * len(part))  # an empty part takes from anywhere
        wanted = min(count, 2 + step % (WIDEST - 1))
        is_in = round_about(field, part, seed, count, wanted, state)
        is_in[chosen] = True
        renewed(field, part, is_in, seed, rule, 2, state)


def solved(
    field: Field, count: int, rule: Rule, effort: int, mends: int, hopeless: float, state: State
) -> tuple[float, float, Whole]:
    """Return the best division into `count` parts: by how much it is outside the limits, what it costs, the parts.

    `mends` is how often parts out of their limits are taken apart anew, unless they are further out than `hopeless`.
    """
    least = np.inf
    best = np.zeros(len(field.compound), np.int64)
    for _ in range(effort):
        part = divided(field, count, rule, 2, state)
        swept(field, part, count, rule, 2 * effort, effort, state)
        mended(field, part, count, rule, mends, hopeless, state)
        cost = total_cost(field, part, count, rule)
        if cost < least:
            least, best = cost, part
    return total_excess(field, best, count, rule), least, best
