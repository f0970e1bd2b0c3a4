"""What a person does to a draft by hand. A grid may become torn or too large by it: that is shown, not forbidden."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from wangge.core.drafting.again import with_general
from wangge.core.drafting.drawn import Drawn, Refusal, Refused, next_key
from wangge.core.drafting.line import left_of
from wangge.core.drafting.solving import smaller_half
from wangge.core.partition.problem import NONE, Flags, Options, Whole


def move(drawn: Drawn, pieces: Collection[int], to: int, options: Options) -> Drawn:
    """Return the draft with some pieces in another general grid."""
    rows = _known(drawn, pieces)
    _open(drawn, [to])
    rows = rows[drawn.general[rows] != to]
    if not len(rows):
        raise Refused(Refusal.NOTHING, f"all pieces are in grid {to}")
    general, touched = _moved(drawn, rows, to)
    return with_general(drawn, general, touched, options)


def move_micro(drawn: Drawn, pieces: Collection[int], to: int, options: Options) -> Drawn:
    """Return the draft with some pieces in another micro-grid, and so in the general grid of it.

    No round is made again. A micro-grid that loses its last piece is gone.
    """
    rows = _known(drawn, pieces)
    own = np.flatnonzero(drawn.micro == to)
    if to == NONE or not len(own):
        raise Refused(Refusal.UNKNOWN_GRID, f"micro-grid {to}")
    rows = rows[drawn.micro[rows] != to]
    if not len(rows):
        raise Refused(Refusal.NOTHING, f"all pieces are in micro-grid {to}")
    outer = int(drawn.general[own[0]])
    _open(drawn, [outer])
    general, _ = _moved(drawn, rows, outer)
    micro = drawn.micro.copy()
    micro[rows] = to
    return replace(drawn, general=general, micro=micro)


def cut(drawn: Drawn, grid: int, line: Sequence[tuple[float, float]], options: Options) -> Drawn:
    """Return the draft in which what lies left of a line (metres; its ends go on for ever) is a grid of its own."""
    _open(drawn, [grid])
    unit = drawn.pieces.unit
    is_left = left_of(drawn.units.x_m, drawn.units.y_m, line)[unit]
    return _cut_off(drawn, grid, is_left & (drawn.general == grid), options)


def split(drawn: Drawn, grid: int, options: Options) -> Drawn:
    """Return the draft in which the engine has made two near-even grids of one; the larger keeps the key."""
    _open(drawn, [grid])
    return _cut_off(drawn, grid, smaller_half(drawn, grid, options), options)


def merge(drawn: Drawn, grids: Collection[int], options: Options) -> Drawn:
    """Return the draft in which several general grids are one: that with the most households, the lower key if even."""
    keys = sorted(set(grids))
    _open(drawn, keys)
    if len(keys) < 2:
        raise Refused(Refusal.ONE_GRID)
    held = {key: int(drawn.pieces.households[drawn.general == key].sum()) for key in keys}
    into = max(keys, key=lambda key: (held[key], -key))
    return with_general(drawn, np.where(np.isin(drawn.general, keys), into, drawn.general), [into], options)


def lock(drawn: Drawn, grid: int, *, is_locked: bool) -> Drawn:
    """Return the draft with a general grid locked, or open again."""
    _there(drawn, [grid])
    if (grid in drawn.locked) == is_locked:
        raise Refused(Refusal.NOTHING, f"grid {grid}")
    return replace(drawn, locked=drawn.locked | {grid} if is_locked else drawn.locked - {grid})


def _cut_off(drawn: Drawn, grid: int, chosen: Flags, options: Options) -> Drawn:
    """Return the draft with some pieces of a grid in a new one."""
    if not chosen.any() or chosen.sum() == (drawn.general == grid).sum():
        raise Refused(Refusal.EMPTY, f"grid {grid}")
    key = next_key(drawn.general, drawn.units.general_grid)
    return with_general(drawn, np.where(chosen, key, drawn.general), [grid, key], options)


def _moved(drawn: Drawn, rows: Whole, to: int) -> tuple[Whole, set[int]]:
    """Return the general grids with some pieces in another, and those that were touched. None loses its last piece."""
    sources = set(np.unique(drawn.general[rows]).tolist()) - {NONE}
    _open(drawn, sources)
    general = drawn.general.copy()
    general[rows] = to
    emptied = sources - set(np.unique(general).tolist())
    if emptied:
        raise Refused(Refusal.EMPTY, f"grid {min(emptied)}")
    return general, sources | {to}


def _known(drawn: Drawn, pieces: Collection[int]) -> Whole:
    rows = np.unique(np.array(list(pieces), np.int64))
    if len(rows) and not 0 <= rows[0] <= rows[-1] < len(drawn.pieces):
        raise Refused(Refusal.UNKNOWN_PIECE, f"there are {len(drawn.pieces)}, from 0")
    return rows


def _there(drawn: Drawn, grids: Iterable[int]) -> None:
    known = set(np.unique(drawn.general).tolist()) - {NONE}
    for grid in grids:
        if grid not in known:
            raise Refused(Refusal.UNKNOWN_GRID, f"grid {grid}")


def _open(drawn: Drawn, grids: Collection[int]) -> None:
    """Refuse grids that are not there, or locked."""
    _there(drawn, grids)
    for grid in sorted(grids):
        if grid in drawn.locked:
            raise Refused(Refusal.LOCKED, f"grid {grid}")
