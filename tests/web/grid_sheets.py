"""Small files of units for the tests of the commands: two invented communities of walk-ups, and a tower."""

import csv
import io
from collections.abc import Iterable
from random import Random
from typing import Any

HEAD = ("编号", "lon", "lat", "户数", "层数", "小区", "社区")
Row = tuple[Any, ...]


def rows(seed: int = 3, compounds: int = 9) -> list[Row]:
    """Return stairwells of compounds that stand in a row, three buildings deep."""
    chance = Random(seed)
    found: list[Row] = []
    for name, west in (("柳园社区", 121.10), ("桥北社区", 121.14)):
        for compound in range(compounds):
            lon, lat = west + 0.0018 * (compound % 3), 31.45 + 0.0016 * (compound // 3)
            found += [
                (
                    f"{name}-{compound}-{at}", round(lon + 0.00025 * (at % 4), 6), round(lat + 0.0004 * (at // 4), 6),
                    chance.choice((8, 10, 12, 14)), chance.choice((5, 6)), f"小区{compound}", name,
                )
                for at in range(chance.randint(10, 16))
            ]  # fmt: skip
    return found


def sheet(of: Iterable[Row], head: Iterable[str] = HEAD) -> str:
    """Return the rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([tuple(head), *of])
    return text.getvalue()
