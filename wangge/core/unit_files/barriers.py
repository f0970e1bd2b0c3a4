"""Barriers (rivers, railways, main roads) as lines in a file: on which side of them each unit lies."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from wangge.core.unit_files.lines import read_lines
from wangge.core.unit_files.table import Reals, UnitTable, Whole, plane_of

KINDS = ("river", "canal", "lake", "water", "railway", "road")
"""Kinds of lines and surfaces on a map that one does not cross from door to door."""
MARGIN = 500.0
"""Metres round the units within which barriers count."""


def barrier_cells(raw: bytes, table: UnitTable) -> Whole:
    """Return for each unit the number of the cell in which it lies when barriers cut the ground into cells.

    The file is a GeoJSON of lines in longitude and latitude, or in metres where the units are. A barrier that ends
    within a cell cuts nothing: it is walked round. Raises BadFile.
    """
    return cells_of(table.x_m, table.y_m, read_lines(raw, plane_of(table)))


def cells_of(x_m: Reals, y_m: Reals, lines: Sequence[Any]) -> Whole:
    """Return for each place the number of its cell between the lines, all in metres of one plane."""
    box = shapely.box(x_m.min() - MARGIN, y_m.min() - MARGIN, x_m.max() + MARGIN, y_m.max() + MARGIN)
    edges = shapely.union_all([*(shapely.intersection(line, box) for line in lines), box.exterior])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    tree = shapely.STRtree(faces)
    points = shapely.points(x_m, y_m)
    cells = np.full(len(x_m), -1, np.int64)
    unit, face = tree.query(points, predicate="intersects")
    cells[unit[::-1]] = face[::-1]  # a unit on a barrier belongs to the first of its sides
    return cells
