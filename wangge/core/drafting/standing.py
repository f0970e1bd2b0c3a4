"""How the grids of a draft stand against their limits."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wangge.core.drafting.land import Land
from wangge.core.partition.community import stops_of
from wangge.core.partition.micro import walked
from wangge.core.partition.problem import NONE, Options, Reals, Whole


class Why(StrEnum):
    """What is wrong with a grid: the first of these that holds."""

    RIGHT = "right"
    TOO_FEW = "too_few"  # fewer households than the band
    TOO_MANY = "too_many"  # more than the band, or than a micro-grid has
    TOO_LONG = "too_long"  # a round of more minutes than the limit
    TORN = "torn"  # not connected


@dataclass(frozen=True, eq=False)
class Standing:
    """The grids of one tier: row i of each column is the grid `keys[i]`. Minutes and metres are those of one round."""

    keys: Whole
    households: Whole
    minutes: Reals
    tour_m: Reals
    why: tuple[Why, ...]

    def wrong(self) -> Whole:
        """Return the keys of the grids that are not right."""
        return self.keys[np.array([why is not Why.RIGHT for why in self.why], np.bool_)]


def of_general(land: Land, label: Whole, options: Options) -> Standing:
    """Return how general grids stand."""
    keys, households = _held(land, label)
    torn, band = set(land.torn(label).tolist()), options.band

    def why(key: int, held: int) -> Why:
        if held < band.low:
            return Why.TOO_FEW
        if held > band.high:
            return Why.TOO_MANY
        return Why.TORN if key in torn else Why.RIGHT

    none = np.zeros(len(keys))
    return Standing(keys, households, none, none, tuple(map(why, keys.tolist(), households.tolist())))


def of_micro(land: Land, label: Whole, options: Options) -> Standing:
    """Return how micro-grids stand by their real rounds. One household is never too much for a round."""
    keys, households = _held(land, label)
    torn, limits = set(land.torn(label).tolist()), options.limits
    nodes = np.flatnonzero(label != NONE)
    rounds = walked(label[nodes], stops_of(land.units, land.pieces, land.ground.pieces[nodes], options), limits)

    def why(key: int, held: int, minutes: float) -> Why:
        if held > limits.micro_max:
            return Why.TOO_MANY
        if minutes > limits.minutes and held > 1:
            return Why.TOO_LONG
        return Why.TORN if key in torn else Why.RIGHT

    found = tuple(map(why, keys.tolist(), households.tolist(), rounds.minutes.tolist()))
    return Standing(keys, households, rounds.minutes, rounds.metres, found)


def _held(land: Land, label: Whole) -> tuple[Whole, Whole]:
    """Return the keys of a tier in ascending order, and the households of each grid."""
    is_some = label != NONE
    keys, own = np.unique(label[is_some], return_inverse=True)
    held = np.bincount(own.reshape(-1), land.households[is_some], len(keys))
    return keys, held.astype(np.int64)
