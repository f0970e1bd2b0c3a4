"""Whether units that hang together could be divided within the band at all: what proves that they cannot."""

from collections.abc import Iterable, Sequence

from wangge.core.checking.findings import Rules

FEW = 12
"""So many units are tried in every way."""


def is_possible(households: Sequence[int], edges: Iterable[tuple[int, int]], rules: Rules) -> bool:
    """Say whether nothing proves that these units cannot be divided; of up to twelve the answer is exact.

    Three proofs: no number of grids fits all households; some unit fits into the band with no set of others; and of
    few units that every division was tried. A unit above the band may be divided by its floors, so it proves nothing.
    """
    if not rules.allows(sum(households)):
        return False
    if max(households) > rules.high:
        return True
    if len(households) <= FEW:
        return _tried(households, edges, rules)
    return not _is_one_stuck(households, rules)


def _is_one_stuck(households: Sequence[int], rules: Rules) -> bool:
    """Say whether there is a unit that no set of others brings into the band; sums are kept as bits of a number."""
    cap = (1 << (rules.high + 1)) - 1
    before, after = [1], [1]
    for one in households:
        before.append((before[-1] | before[-1] << one) & cap)
    for one in reversed(households):
        after.append((after[-1] | after[-1] << one) & cap)
    return any(
        not _meet(before[at], after[len(households) - at - 1], rules.low - one, rules.high - one)
        for at, one in enumerate(households)
    )


def _meet(some: int, others: int, low: int, high: int) -> bool:
    """Say whether a sum of the first and one of the second come to something from `low` to `high` together."""
    for one in range(high + 1):
        if some >> one & 1 and others >> max(low - one, 0) & ((1 << (high - max(low, one) + 1)) - 1):
            return True
    return False


def _tried(households: Sequence[int], edges: Iterable[tuple[int, int]], rules: Rules) -> bool:
    """Try every division into connected sets within the band; sets are bits of a number."""
    count = len(households)
    beside = [0] * count
    for a, b in edges:
        beside[a] |= 1 << b
        beside[b] |= 1 << a
    held = [0] * (1 << count)
    for units in range(1, 1 << count):
        held[units] = held[units & (units - 1)] + households[(units & -units).bit_length() - 1]
    grids = [units for units in range(1 << count) if rules.low <= held[units] <= rules.high and _hangs(units, beside)]
    of_lowest: list[list[int]] = [[] for _ in range(count)]
    for grid in grids:
        of_lowest[(grid & -grid).bit_length() - 1].append(grid)
    divided, every = {0}, (1 << count) - 1
    waiting = [0]
    while waiting:
        done = waiting.pop()
        left = every & ~done
        for grid in of_lowest[(left & -left).bit_length() - 1] if left else ():
            if not grid & done and grid | done not in divided:
                divided.add(grid | done)
                waiting.append(grid | done)
    return every in divided


def _hangs(units: int, beside: Sequence[int]) -> bool:
    """Say whether a set of units is connected."""
    reached = fresh = units & -units
    while fresh:
        at = (fresh & -fresh).bit_length() - 1
        fresh &= fresh - 1
        more = beside[at] & units & ~reached
        reached |= more
        fresh |= more
    return reached == units
