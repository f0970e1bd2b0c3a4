"""A small generator of our own (splitmix64): the same numbers from the same seed on every machine.

Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014.
"""

import numpy as np
from numpy.typing import NDArray

from wangge.core.loops import loop
from wangge.core.partition.problem import Whole

State = NDArray[np.uint64]
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


def seeded(*parts: int) -> State:
    """Return a generator for a seed made of several whole numbers."""
    state = np.zeros(1, np.uint64)
    for part in parts:
        state[0] ^= np.uint64(part % 2**64)
        advance(state)
    return state


@loop
def advance(state: State) -> float:
    """Return the next number from 0 up to 1, and move on."""
    state[0] += GOLDEN
    mixed = state[0]
    mixed = (mixed ^ (mixed >> S30)) * FIRST
    mixed = (mixed ^ (mixed >> S27)) * SECOND
    return float((mixed ^ (mixed >> S31)) >> S11) * 2.0**-53


@loop
def shuffled(count: int, state: State) -> Whole:
    """Return 0 to count - 1 in a random order."""
    order = np.arange(count)
    for last in range(count - 1, 0, -1):
        other = int(advance(state) * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order
