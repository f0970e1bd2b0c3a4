"""Grids are numbered as the lines of a page are read: from west to east, from north to south (由西向东、由北向南)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from wangge.core.partition.problem import NONE, Division, Reals, Sheet, Units, Whole


@dataclass(frozen=True)
class Names:
    """What the grids are called, by their codes; an empty text where a code stands for no grid of this division."""

    general: tuple[str, ...]
    micro: tuple[str, ...]


def named(units: Units, division: Division, *, is_repair: bool = False) -> Names:
    """Name the grids of a division: "甲社区-03", its micro-grids "甲社区-03-02". In a repair old names stay."""
    general_sheet, micro_sheet = division.general_sheet, division.micro_sheet
    communities = [_of(units.names["community"], code) for code in general_sheet.community.tolist()]
    kept = units.names["general_grid"] if is_repair else ()
    general = _named(general_sheet, communities, general_sheet.community, kept)
    outer = np.full(len(micro_sheet), NONE, np.int64)
    has_micro = division.micro != NONE
    outer[division.micro[has_micro]] = division.general[has_micro]
    held = units.names["micro_grid"] if is_repair else ()
    return Names(general, _named(micro_sheet, [_of(general, code) for code in outer.tolist()], outer, held))


def in_reading_order(x: Reals, y: Reals) -> Whole:
    """Return the places in the order of a page: in lines from north to south, in each line from west to east.

    A line is as high as the places are apart on average, so that neighbours stand side by side.
    """
    if not len(x):
        return np.empty(0, np.int64)
    width, height = float(np.ptp(x)), float(np.ptp(y))
    line = max(np.sqrt(width * height / len(x)), height / len(x), 1.0)
    return np.lexsort((x, np.floor((y.max() - y) / line)))


def _named(sheet: Sheet, above: Sequence[str], outer: Whole, kept: Sequence[str]) -> tuple[str, ...]:
    """Name the grids inside each outer area; `kept` are the names that the first codes have from before."""
    names = [""] * len(sheet)
    used = np.flatnonzero(sheet.households > 0)
    for code in used[used < len(kept)].tolist():
        names[code] = kept[code]
    taken = set(filter(None, names))
    for area in np.unique(outer[used]).tolist():
        inside = used[outer[used] == area]
        free = (f"{above[inside[0]]}-{number:02}".lstrip("-") for number in count(1))
        for code in inside[in_reading_order(sheet.centre_x[inside], sheet.centre_y[inside])].tolist():
            if not names[code]:
                names[code] = next(name for name in free if name not in taken)
                taken.add(names[code])
    return tuple(names)


def _of(names: Sequence[str], code: int) -> str:
    return names[code] if 0 <= code < len(names) else ""
