"""Ways (roads, lanes, paths, bridges) as lines in a file: on which connected walking network each unit stands."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wangge.core.unit_files.lines import read_lines
from wangge.core.unit_files.table import NONE, Reals, UnitTable, Whole, plane_of

KINDS = ("road", "street", "lane", "path", "bridge")
"""Kinds of lines on a map that one walks along."""
MARGIN = 500.0
"""Metres round the units of a community within which ways count: a longer way round joins no neighbours."""
JOINED = 20.0
"""Metres between two ways that are one network: a lane is drawn up to the kerb of a road, the road along its middle."""
REACH = 100.0
"""Metres from a unit to the way on which it stands: past a yard and a row of houses, whose paths no map shows."""


def ways(raw: bytes, table: UnitTable) -> Whole:
    """Return for each unit the number of the walking network on which it stands in its community, -1 for none.

    The file is a GeoJSON of lines in longitude and latitude, or in metres where the units are. Raises BadFile.
    """
    lines = np.array(read_lines(raw, plane_of(table)), dtype=object)
    tree, community = shapely.STRtree(lines), table.community.codes
    found, count = np.full(len(table), NONE, np.int64), 0
    for code in np.unique(community).tolist():
        own = np.flatnonzero(community == code)
        x, y = table.x_m[own], table.y_m[own]
        networks = networks_of(x, y, lines[np.sort(tree.query(_round(x, y)))])
        found[own] = np.where(networks == NONE, NONE, networks + count)
        count += int(networks.max()) + 1
    return found


def networks_of(x_m: Reals, y_m: Reals, lines: Sequence[Any] | NDArray[Any]) -> Whole:
    """Return for each place the number of the network nearest to it, -1 for none; all in metres of one plane."""
    found = np.full(len(x_m), NONE, np.int64)
    near = shapely.get_parts(shapely.intersection(np.asarray(lines, dtype=object), _round(x_m, y_m)))
    near = near[shapely.length(near) > 0]
    if not len(near):
        return found
    tree = shapely.STRtree(near)
    one, other = tree.query(near, predicate="dwithin", distance=JOINED)
    links = coo_array((np.ones(len(one)), (one, other)), shape=(len(near), len(near)))
    network = connected_components(links, directed=False)[1]
    unit, line = tree.query_nearest(shapely.points(x_m, y_m), max_distance=REACH)
    order = np.argsort(-network[line], kind="stable")  # of two networks equally near the first
    found[unit[order]] = network[line[order]]
    return found


def _round(x_m: Reals, y_m: Reals) -> Any:
    return shapely.box(x_m.min() - MARGIN, y_m.min() - MARGIN, x_m.max() + MARGIN, y_m.max() + MARGIN)
