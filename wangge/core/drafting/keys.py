"""Keys of grids from one division to the next: a grid keeps the key of the one it holds most households of."""

from dataclasses import replace

import numpy as np

from wangge.core.drafting.drawn import Drawn
from wangge.core.partition.problem import NONE, Whole


def claimed(part: Whole, before: Whole, households: Whole) -> Whole:
    """Return for each part (from 0, without a gap) the key of before it holds most households of; -1 for none.

    The largest claim comes first, each key goes once. Equal claims go to the lower key, then to the part seen first.
    """
    names = np.full(int(part.max()) + 1, NONE, np.int64)
    _, first = np.unique(part, return_index=True)
    has_key = before != NONE
    pairs, own = np.unique(np.column_stack([part, before])[has_key], axis=0, return_inverse=True)
    shared = np.bincount(own.reshape(-1), households[has_key], len(pairs))
    taken: set[int] = set()
    for at in np.lexsort([first[pairs[:, 0]], pairs[:, 1], -shared]).tolist():
        claimer, key = pairs[at].tolist()
        if names[claimer] == NONE and key not in taken:
            names[claimer] = key
            taken.add(key)
    return names


def with_new(names: Whole, free: int) -> Whole:
    """Return names in which those that are none are the next free keys."""
    is_new = names == NONE
    return np.where(is_new, free + np.cumsum(is_new) - 1, names)


def named_after(drawn: Drawn, before: Drawn) -> Drawn:
    """Return the same grids with the keys of those of before that they hold most households of; others get new keys."""
    general = _renamed(drawn.general, before.general, drawn.pieces.households)
    locked = general[np.isin(drawn.general, sorted(drawn.locked))]
    micro = _renamed(drawn.micro, before.micro, drawn.pieces.households)
    return replace(drawn, general=general, micro=micro, locked=frozenset(locked.tolist()))


def _renamed(label: Whole, before: Whole, households: Whole) -> Whole:
    renamed = label.copy()
    rows = np.flatnonzero(label != NONE)
    if len(rows):
        part = by_sight(label[rows])
        names = claimed(part, before[rows], households[rows])
        renamed[rows] = with_new(names, int(before.max()) + 1)[part]
    return renamed


def by_sight(label: Whole) -> Whole:
    """Return labels numbered from 0 in the order in which they are first seen: what they were plays no part."""
    _, first, own = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[own.reshape(-1)]
