"""Many communities divided, one after another or by several threads with the same answer, and their grids numbered."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from wangge.core.partition.bands import pieces_of
from wangge.core.partition.community import Local, divide_community
from wangge.core.partition.problem import NONE, Division, Options, Pieces, Units, Whole
from wangge.core.partition.score import shared, sheet_of

Told = Callable[[int, int], None]
"""Is told how many communities are done, and of how many."""


def divide(units: Units, options: Options | None = None, told: Told | None = None) -> Division:
    """Return the division of units into grids: deterministic for the same units, options and seed."""
    options = options or Options()
    pieces = pieces_of(units, options.limits, options.band.high)
    rows = _by_community(units.community[pieces.unit])
    parts: list[Local] = []
    for part in _solved(units, pieces, rows, options):
        parts.append(part)
        if told is not None:
            told(len(parts), len(rows))
    return _joined(units, pieces, parts, options)


def _by_community(community: Whole) -> list[Whole]:
    order = np.argsort(community, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(community[order])) + 1)


def _solved(units: Units, pieces: Pieces, rows: list[Whole], options: Options) -> Iterator[Local]:
    def solve(own: Whole) -> Local:
        return divide_community(units, pieces, own, options)

    if options.threads <= 1:
        yield from map(solve, rows)
        return
    with ThreadPoolExecutor(options.threads) as pool:
        yield from pool.map(solve, rows)


def _joined(units: Units, pieces: Pieces, parts: list[Local], options: Options) -> Division:
    """Number the grids of all communities one after another."""
    general, micro, done = np.zeros(len(pieces), np.int64), np.full(len(pieces), NONE, np.int64), np.zeros(len(pieces))
    of_general = _codes([part.general_names for part in parts], len(units.names["general_grid"]), options)
    of_micro = _codes([part.micro_names for part in parts], len(units.names["micro_grid"]), options)
    for part, outer, inner in zip(parts, of_general, of_micro, strict=True):
        general[part.pieces] = outer[part.general]
        done[part.pieces] = part.done
        if len(inner):
            micro[part.pieces] = inner[part.micro]
    none = np.zeros(int(general.max()) + 1)
    minutes, metres = np.zeros((2, int(micro.max()) + 1))
    for part, inner in zip(parts, of_micro, strict=True):
        minutes[inner], metres[inner] = part.minutes, part.metres
    return Division(
        pieces=pieces,
        general=general,
        micro=micro,
        done=done,
        general_sheet=sheet_of(units, pieces, general, none, none, options),
        micro_sheet=sheet_of(units, pieces, micro, minutes, metres, options),
        impossible=tuple(one for part in parts for one in part.impossible),
        shared=shared(pieces, general),
        weighted_cut=sum(part.cut for part in parts),
    )


def _codes(names: list[Whole], known: int, options: Options) -> list[Whole]:
    """Return for each community the codes of its grids: those they had, and for new ones the next that are free."""
    every = np.concatenate(names)
    is_new = every == NONE
    codes = np.where(is_new, np.cumsum(is_new) - 1 + (known if options.repair else 0), every)
    return np.split(codes, np.cumsum([len(own) for own in names])[:-1])
