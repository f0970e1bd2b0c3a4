"""Labels of a drawing where no script places them: none lies over another, the larger grid wins."""

from collections.abc import Mapping

WIDE, HIGH = 9.2, 2.8
"""The box of a label in the template, in letters."""
LETTERS = 48
"""How many letters of a label go across the drawing in the template."""


def giving_way(spots: Mapping[int, tuple[float, float]], size: Mapping[int, int], width: float) -> set[int]:
    """Return the grids whose label would lie over that of a larger one; `width` is that of the drawing, in metres."""
    letter, placed, quiet = width / LETTERS, list[tuple[float, float]](), set[int]()
    for key in sorted(spots, key=lambda key: (-size[key], key)):
        x, y = spots[key]
        if any(abs(x - u) < WIDE * letter and abs(y - v) < HIGH * letter for u, v in placed):
            quiet.add(key)
        else:
            placed.append((x, y))
    return quiet
