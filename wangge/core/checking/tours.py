"""The checker's own tour: the shortest ways first (greedy edge), then ways uncrossed, in plain numpy."""

import numpy as np

from wangge.core.checking.joins import Joined
from wangge.core.unit_files.table import Reals, Whole

LEAST = 1e-6


def apart(x: Reals, y: Reals) -> Reals:
    """Return the metres between every two stops."""
    return np.hypot(x[:, None] - x, y[:, None] - y)


def closed(metres: Reals, order: Whole) -> float:
    """Return the metres of a closed way."""
    return float(metres[order, np.roll(order, -1)].sum())


def greedy(metres: Reals) -> Whole:
    """Return the order got by taking the shortest way left that neither branches nor closes too early."""
    count = len(metres)
    beside: list[list[int]] = [[] for _ in range(count)]
    joined = Joined(count)
    one, two = np.triu_indices(count, 1)
    for k in np.argsort(metres[one, two], kind="stable").tolist():
        a, b = int(one[k]), int(two[k])
        if len(beside[a]) < 2 and len(beside[b]) < 2 and joined.join(a, b):
            beside[a].append(b)
            beside[b].append(a)
    here = next((at for at in range(count) if len(beside[at]) < 2), 0)
    order, seen = [here], {here}
    while (there := next((at for at in beside[order[-1]] if at not in seen), None)) is not None:
        order.append(there)
        seen.add(there)
    return np.array(order, dtype=np.int64)


def uncrossed(metres: Reals, order: Whole) -> Whole:
    """Return the order with the best exchange of two ways made until none helps (2-opt)."""
    count = len(order)
    while count > 3:
        following = np.roll(order, -1)
        now = metres[order, following]
        gain = now[:, None] + now - metres[np.ix_(order, order)] - metres[np.ix_(following, following)]
        gain[np.tril_indices(count, 1)] = 0.0
        best = int(gain.argmax())
        if gain.flat[best] <= LEAST:
            break
        first, last = divmod(best, count)
        order = np.concatenate([order[: first + 1], order[first + 1 : last + 1][::-1], order[last + 1 :]])
    return order


def tour(x: Reals, y: Reals) -> float:
    """Return the metres of our own closed way through some stops."""
    if len(x) < 2:
        return 0.0
    metres = apart(x, y)
    return closed(metres, uncrossed(metres, greedy(metres)))
