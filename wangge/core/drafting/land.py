"""What a draft lies on: who is whose neighbour, and which pieces of a grid hang together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wangge.core.partition.community import Ground, ground_of
from wangge.core.partition.graph import Graph, linked
from wangge.core.partition.problem import NONE, Options, Pieces, Reals, Units, Whole


@dataclass(frozen=True, eq=False)
class Land:
    """The pieces of a community in the order of the engine; columns here are in that order, not in that of the draft.

    A place is a point to the millimetre on one bank. Of one grid, all units at a place are together, and so are those
    at two neighbouring places: who by hand takes the middle one of three stairwells at one address tears nothing.
    """

    units: Units
    pieces: Pieces
    ground: Ground
    place: Whole

    @classmethod
    def of(cls, units: Units, pieces: Pieces, options: Options) -> "Land":
        """Return the land of a community."""
        ground = ground_of(units, pieces, np.arange(len(pieces)), options)
        spots = np.round(np.column_stack([units.x_m - units.x_m.min(), units.y_m - units.y_m.min()]), 3)
        _, place = np.unique(np.column_stack([spots, units.barrier_cell]), axis=0, return_inverse=True)
        return cls(units, pieces, ground, place.reshape(-1)[pieces.unit[ground.pieces]])

    @property
    def unit(self) -> Whole:
        """Return the unit of each piece."""
        return self.pieces.unit[self.ground.pieces]

    @property
    def households(self) -> Whole:
        """Return the households of each piece."""
        return self.pieces.households[self.ground.pieces]

    def taken(self, column: Whole) -> Whole:
        """Return a column of the draft in the order of the land."""
        return column[self.ground.pieces]

    def given_back(self, column: NDArray[Any]) -> NDArray[Any]:
        """Return a column of the land in the order of the draft."""
        back = np.empty_like(column)
        back[self.ground.pieces] = column
        return back

    def tied(self, label: Whole) -> Graph:
        """Return the neighbours of each piece, with ties between those of one label whose places are together."""
        floor = self.ground.floor
        tails = tails_of(floor)
        is_first = self.pieces.part[self.ground.pieces] == 0
        if len(np.unique(self.place)) == is_first.sum():
            return floor
        ties, weights = self._ties(label, np.flatnonzero(is_first), tails)
        once = tails < floor.neighbour
        edges = np.vstack([np.column_stack([tails, floor.neighbour])[once], np.sort(ties, axis=1)])
        _, first = np.unique(edges[:, 0] * len(floor) + edges[:, 1], return_index=True)
        return linked(len(floor), edges[first], np.r_[floor.weight[once], weights][first])

    def hanging(self, label: Whole) -> Graph:
        """Return the neighbours with the same label: its connected parts are what hangs together."""
        graph = self.tied(label)
        tails = tails_of(graph)
        same = (tails < graph.neighbour) & (label[tails] == label[graph.neighbour])
        return linked(len(graph), np.column_stack([tails, graph.neighbour])[same], graph.weight[same])

    def torn(self, label: Whole) -> Whole:
        """Return the labels that lie in several pieces that do not hang together."""
        pairs = np.unique(np.column_stack([label, self.hanging(label).parts()]), axis=0)
        labels, many = np.unique(pairs[:, 0], return_counts=True)
        return np.asarray(labels[(many > 1) & (labels != NONE)], np.int64)

    def _ties(self, label: Whole, here: Whole, tails: Whole) -> tuple[Whole, Reals]:
        """Return edges along the pieces `here` of a label at a place, and from the first of them to those beside."""
        width = int(label.max()) + 2
        keys = self.place[here] * width + label[here] + 1
        order = np.argsort(keys, kind="stable")
        here, keys = here[order], keys[order]
        along = np.flatnonzero(keys[1:] == keys[:-1])
        groups, first = np.unique(keys, return_index=True)
        group, edge = self._beside(groups // width, here, tails)
        wanted = self.place[self.ground.floor.neighbour[edge]] * width + groups[group] % width
        at = np.minimum(np.searchsorted(groups, wanted), len(groups) - 1)
        is_there = groups[at] == wanted
        head = here[first]
        links = np.column_stack([head[group], head[at]])[is_there]
        chain = np.column_stack([here[along], here[along + 1]])
        return np.vstack([chain, links]), np.r_[np.ones(len(chain)), self.ground.floor.weight[edge[is_there]]]

    def _beside(self, places: Whole, here: Whole, tails: Whole) -> tuple[Whole, Whole]:
        """Return, for each of some places again and again, its number and an edge from it to another place."""
        heads, is_here = self.ground.floor.neighbour, np.zeros(len(self.place), np.bool_)
        is_here[here] = True
        edges = np.flatnonzero(is_here[tails] & is_here[heads] & (self.place[tails] != self.place[heads]))
        edges = edges[np.argsort(self.place[tails[edges]], kind="stable")]
        start = self.place[tails[edges]]
        low, high = np.searchsorted(start, places), np.searchsorted(start, places, side="right")
        many = high - low
        place = np.repeat(np.arange(len(places)), many)
        turn = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        return place, edges[np.repeat(low, many) + turn]


def tails_of(graph: Graph) -> Whole:
    """Return the node from which each entry of `neighbour` is seen."""
    return np.repeat(np.arange(len(graph)), np.diff(graph.start))
