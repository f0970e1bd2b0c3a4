"""What the judge says of an answer, ours or a rival's, in the figures of the page."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from tools.bench.divide.answers import Answer
from tools.bench.divide.inputs import chosen
from wangge.core.checking import Kind, Rules, audit
from wangge.core.checking.score import Score
from wangge.core.partition import Limits, Options, packing_bound
from wangge.core.rounds.pace import Pace
from wangge.core.unit_files.table import NONE, UnitTable, Whole


@dataclass(frozen=True)
class Verdict:
    """Counts of broken rules by kind, and the score sheet. `covered` is the share of units that were judged."""

    kinds: Counter[Kind]
    score: Score
    covered: float
    least_micro: int

    @property
    def in_band(self) -> float:
        """Return the share of general grids that are in the band, or out of it where nothing else can be."""
        return 1 - self.kinds[Kind.BAND] / max(1, self.score.general_grids)

    @property
    def micro_over(self) -> int:
        """Return how many micro-grids break a limit."""
        return self.kinds[Kind.MICRO_HOUSEHOLDS] + self.kinds[Kind.MICRO_MINUTES]


def judged(
    table: UnitTable, answer: Answer, *, named: Collection[str] | None = None, service: float = 1.5, part: bool = False
) -> Verdict:
    """Judge an answer; with `part` only over the units it reached, as a rival that ran out of time is judged."""
    covered = len(np.unique(answer.unit)) / len(table)
    if part and covered < 1:
        rows = np.unique(answer.unit)
        table, answer = chosen(table, rows), _renumbered(answer, rows)
    found = audit(table, answer.assignment(table), Rules(service_minutes=service), named=named)
    return Verdict(
        Counter(one.kind for one in found.findings), found.score, covered, least_micro(table, answer, service)
    )


def _renumbered(answer: Answer, rows: Whole) -> Answer:
    unit = np.searchsorted(rows, answer.unit)
    return Answer(unit, answer.part, answer.households, answer.general, answer.micro, answer.done)


def least_micro(table: UnitTable, answer: Answer, service: float) -> int:
    """Return the packing bound (Martello, Toth) of micro-grids, general grid by grid, ways left out.

    Pieces stand as the answer has them; the floors climbed to are taken as half-way where a unit is in bands.
    """
    if (answer.micro == NONE).all():
        return 0
    limits = Limits(pace=Pace(service_minutes=service))
    bands = np.bincount(answer.unit, minlength=len(table))[answer.unit]
    top = (table.floors[answer.unit] * (answer.part + 1)) // bands
    minutes = limits.pace.work_seconds(answer.households, top, table.lift[answer.unit]) / 60
    order, least = np.argsort(answer.general, kind="stable"), 0
    for own in np.split(order, np.flatnonzero(np.diff(answer.general[order])) + 1):
        homes = packing_bound(answer.households[own].astype(float), float(limits.micro_max))
        least += max(homes, packing_bound(minutes[own], limits.minutes))
    return least


def fewest(table: UnitTable) -> int:
    """Return how many general grids the households need at least, community by community."""
    held = np.bincount(table.community.codes, table.households).astype(int)
    return sum(Options().band.fewest(int(one)) for one in held.tolist() if one)


def edge_cut(kept: dict[str, Whole], answer: Answer) -> tuple[float, float]:
    """Return METIS's own objective: the weight of edges cut (in the graph it was given), and its worst imbalance.

    Imbalance is that of the largest grid of a connected part against the part's mean grid.
    """
    grid = np.full(len(kept["households"]), NONE)
    of_piece = dict(
        zip(zip(answer.unit.tolist(), answer.part.tolist(), strict=True), answer.general.tolist(), strict=True)
    )
    keys = zip(kept["unit"].tolist(), kept["piece_part"].tolist(), strict=True)
    for node, key in zip(kept["node"].tolist(), keys, strict=True):
        grid[node] = of_piece.get(key, NONE)
    tails = np.repeat(np.arange(len(grid)), np.diff(kept["start"]))
    cut = float(kept["weight"][grid[tails] != grid[kept["neighbour"]]].sum()) / 2
    pairs, at = np.unique(np.column_stack([kept["part"], grid]), axis=0, return_inverse=True)
    held = np.bincount(at.reshape(-1), kept["households"])
    part = pairs[:, 0]
    mean = np.bincount(part, held) / np.bincount(part)
    return cut, float(np.mean(held <= 1.2 * mean[part]))
