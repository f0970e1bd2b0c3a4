"""Divides communities into general grids (一般网格) and these into micro-grids (微网格).

**The problem.** Units (stairwells, village houses) with households and places are nodes of a graph of neighbours
inside a community (`graph`). Every unit goes into exactly one general grid and one micro-grid of it; both are
connected. A general grid has 300 to 500 households (`Band`; a setting) wherever the number of households allows it,
that is where ceil(H / 500) <= floor(H / 300); elsewhere the reason is named (`Impossible`). A micro-grid has at most
100 households and a door-to-door round of at most three hours by a real tour (`Limits`, `wangge.core.rounds`).

Among the divisions within these limits a good one keeps compounds whole, does not cross barriers, is even or has few
grids, has short borders (weighted cut) and short ways (spread), and leaves households where they were.

**The method.** Compounds and small clusters are contracted, random spanning trees give splits into two connected
sides, flips of nodes on the line between them better the best of these, first on clusters, then on units; this is
repeated on halves down to single grids, then on pairs of neighbours until nothing is gained, and on neighbourhoods of
any grid that is still outside its limits (`trees`, `flips`, `splitting`, `sweeps`). Micro-grids are made alike, with
households and minutes as limits, from the least possible number upward, until the real tours hold (`micro`).

**Sources.** Redistricting by trees: DeFord, Duchin, Solomon 2021; flips: Fiduccia, Mattheyses 1982; coarse to fine:
Karypis, Kumar 1998; the packing bound: Martello, Toth 1990. The 300 to 500 households of a general grid and the 100
of a micro-grid are those of the provincial rules for grids (微网实格).
"""

from wangge.core.partition.division import divide
from wangge.core.partition.problem import (
    BadUnits,
    Band,
    Division,
    Impossible,
    Level,
    Limits,
    Mode,
    Options,
    Reason,
    Units,
)
from wangge.core.partition.score import Score, packing_bound, score

__all__ = [
    "BadUnits",
    "Band",
    "Division",
    "Impossible",
    "Level",
    "Limits",
    "Mode",
    "Options",
    "Reason",
    "Score",
    "Units",
    "divide",
    "packing_bound",
    "score",
]
