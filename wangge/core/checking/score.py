"""The score sheet of a division: what is good and bad about it beyond the rules."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wangge.core.checking.findings import Rules
from wangge.core.checking.matching import Matched
from wangge.core.unit_files.table import NONE, Whole

INSIDE, BETWEEN, ACROSS = 3.0, 1.0, 0.3
"""Weights of an edge inside a compound, between two, across a barrier."""


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one division.

    `spread_m` is the mean distance of a household from its grid's household centre; `moved` counts households whose
    general grid is not the one their previous grid mostly became; those of units above the band are left out, since a
    unit names one previous grid and these lay in several.
    """

    units: int
    households: int
    general_grids: int
    in_band: int
    mean: float
    deviation: float
    micro_grids: int
    micro_mean: float
    weighted_cut: float
    spread_m: float
    compounds_fit: int
    compounds_split: int
    moved: int


def score(matched: Matched, rules: Rules) -> Score:
    """Return the score sheet."""
    placed = np.flatnonzero([bool(label) for label in matched.general])
    grid = _codes([matched.general[at] for at in placed.tolist()])
    held = np.bincount(grid, matched.households[placed])
    micros = matched.members(matched.micro)
    fit, split = _compounds(matched, rules)
    households = int(matched.households.sum())
    return Score(
        units=len(set(matched.unit.tolist())),
        households=households,
        general_grids=len(held),
        in_band=int(((held >= rules.low) & (held <= rules.high)).sum()),
        mean=float(held.mean()) if len(held) else 0.0,
        deviation=float(held.std()) if len(held) else 0.0,
        micro_grids=len(micros),
        micro_mean=households / len(micros) if micros else 0.0,
        weighted_cut=_cut(matched),
        spread_m=_spread(matched, placed, grid),
        compounds_fit=fit,
        compounds_split=split,
        moved=_moved(matched, rules.high),
    )


def _codes(labels: list[str]) -> Whole:
    return np.unique(np.array(labels, dtype=str), return_inverse=True)[1].reshape(-1).astype(np.int64)


def _spread(matched: Matched, placed: Whole, grid: Whole) -> float:
    unit, held = matched.unit[placed], matched.households[placed]
    x, y = matched.table.x_m[unit], matched.table.y_m[unit]
    weight = np.maximum(np.bincount(grid, held), 1)
    middle_x, middle_y = np.bincount(grid, held * x) / weight, np.bincount(grid, held * y) / weight
    away = np.hypot(x - middle_x[grid], y - middle_y[grid])
    return float((away * held).sum() / max(int(held.sum()), 1))


def _compounds(matched: Matched, rules: Rules) -> tuple[int, int]:
    """Return how many compounds one grid could hold, and how many of those lie in several."""
    compound = matched.table.compound.codes
    held: Counter[int] = Counter()
    grids: dict[int, set[str]] = {}
    for unit, households, general in zip(matched.unit, matched.households, matched.general, strict=True):
        code = int(compound[unit])
        if code != NONE:
            held[code] += int(households)
            grids.setdefault(code, set()).add(general)
    fit = [code for code, households in held.items() if households <= rules.high]
    return len(fit), sum(len(grids[code]) > 1 for code in fit)


def _cut(matched: Matched) -> float:
    """Return the weight of all edges between units of different general grids.

    Units at one place are joined in a row, and each has an edge to one unit of every neighbouring place. Of a unit in
    floor bands the lowest has these edges, and each stands on the one below.
    """
    table, ground = matched.table, matched.ground
    rows = list(zip(matched.unit.tolist(), matched.general, strict=True))
    home = dict(reversed(rows))
    at: dict[int, list[int]] = {}
    for unit, place in enumerate(ground.place.tolist()):
        if unit in home:
            at.setdefault(place, []).append(unit)
    compound = table.compound.codes.tolist()

    def weight(one: int, two: int) -> float:
        return INSIDE if compound[one] == compound[two] != NONE else BETWEEN

    stairs = sum(one[0] == other[0] and one[1] != other[1] for one, other in pairwise(rows))
    total = INSIDE * stairs
    for own in at.values():
        total += sum(weight(a, b) for a, b in pairwise(own) if home[a] != home[b])
    for (p, q), is_across in zip(ground.edges.tolist(), ground.across.tolist(), strict=True):
        some, others = at.get(p, []), at.get(q, [])
        for k in range(max(len(some), len(others)) if some and others else 0):
            a, b = some[k % len(some)], others[k % len(others)]
            if home[a] != home[b]:
                total += ACROSS if is_across else weight(a, b)
    return float(round(total, 6))


def _moved(matched: Matched, high: int) -> int:
    """Return how many households left: each previous grid lives on in one new grid at most, by the most households."""
    is_known = matched.table.households <= high
    before = np.where(is_known, matched.table.general_grid.codes, NONE)[matched.unit].tolist()
    shared: Counter[tuple[int, str]] = Counter()
    for old, new, households in zip(before, matched.general, matched.households.tolist(), strict=True):
        if old != NONE:
            shared[old, new] += households
    stayed, olds, news = 0, set(), set()
    for (old, new), households in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if old not in olds and new not in news:
            olds.add(old)
            news.add(new)
            stayed += households
    return sum(shared.values()) - stayed
