"""A picture of a division: units as spots, neighbours of one grid tied in its colour."""

from collections.abc import Iterator

import numpy as np

from tools.bench.divide.answers import Answer
from wangge.core.unit_files.table import NONE, UnitTable, Whole

COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#8a5a99", "#b8860b", "#2a9d8f", "#6c4f3d", "#d1698a", "#5b6770", "#7a9e1f")
WIDE, MARGIN = 640, 14


def picture(table: UnitTable, answer: Answer, kept: dict[str, Whole], title: str, shown: Whole) -> str:
    """Return an SVG drawing of the units `shown`; spots of grids out of the band of 300 to 500 have a black ring."""
    grid, _ = answer.of_units(len(table))
    scale = (WIDE - 2 * MARGIN) / max(float(np.ptp(table.x_m[shown])), 1.0)
    x = MARGIN + (table.x_m - table.x_m[shown].min()) * scale
    y = MARGIN + (table.y_m[shown].max() - table.y_m) * scale
    held = {g: int(answer.households[answer.general == g].sum()) for g in np.unique(grid[shown]).tolist() if g != NONE}
    is_shown = np.isin(np.arange(len(table)), shown)
    colour = {g: COLOURS[at % len(COLOURS)] for at, g in enumerate(held)}
    high = int(y[shown].max()) + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img"><title>{title}</title>',
        f'<rect width="{WIDE}" height="{high}" fill="#fff"/>',
    ]
    ties: dict[int, list[str]] = {g: [] for g in held}
    for a, b in _ties(kept):
        if is_shown[a] and is_shown[b] and grid[a] == grid[b] != NONE:
            ties[int(grid[a])].append(f"M{x[a]:.0f} {y[a]:.0f}L{x[b]:.0f} {y[b]:.0f}")
    for g, paths in ties.items():
        ring = "" if 300 <= held[g] <= 500 else ' stroke="#000" stroke-width="1.5"'
        lines.append(f'<path d="{"".join(paths)}" stroke="{colour[g]}" stroke-width="2.5" fill="none"/>')
        radius = 1.5 + 0.3 * np.sqrt(table.households)
        lines.append(
            f'<g fill="{colour[g]}"{ring}>'
            + "".join(
                f'<circle cx="{x[at]:.0f}" cy="{y[at]:.0f}" r="{radius[at]:.1f}"/>'
                for at in np.flatnonzero((grid == g) & is_shown).tolist()
            )
            + "</g>"
        )
    return "\n".join([*lines, "</svg>", ""])


def quarter_of(table: UnitTable, count: int) -> Whole:
    """Return so many units round the middle of all."""
    away = np.hypot(table.x_m - np.median(table.x_m), table.y_m - np.median(table.y_m))
    return np.sort(np.argsort(away, kind="stable")[:count])


def _ties(kept: dict[str, Whole]) -> Iterator[tuple[int, int]]:
    """Yield neighbours as rows of the table, each pair once."""
    first = np.searchsorted(kept["node"], np.arange(len(kept["households"])))
    unit = kept["unit"][first]
    tails = np.repeat(np.arange(len(unit)), np.diff(kept["start"]))
    for a, b in zip(unit[tails].tolist(), unit[kept["neighbour"]].tolist(), strict=True):
        if a < b:
            yield a, b
