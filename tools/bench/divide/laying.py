"""The graphs that everybody divides, as our engine builds them: of general grids, and of floors for micro-grids."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tools.bench.divide.clocks import clocked
from tools.bench.divide.inputs import table_of, units_of
from wangge.core.partition import Limits, Options, Units
from wangge.core.partition.bands import pieces_of
from wangge.core.partition.community import Ground, ground_of
from wangge.core.partition.problem import Pieces, Reals, Whole


@dataclass(frozen=True)
class Laid:
    """Nodes of all communities one after another; `part` numbers the connected parts.

    `node` is that of each piece; `floor_*` is the graph of pieces; `seconds` is the work at each piece's door.
    """

    start: Whole
    neighbour: Whole
    weight: Reals
    households: Whole
    x: Reals
    y: Reals
    part: Whole
    community: Whole
    node: Whole
    floor_start: Whole
    floor_neighbour: Whole
    floor_weight: Reals
    unit: Whole
    piece_part: Whole
    piece_households: Whole
    seconds: Reals


def grounds(units: Units, pieces: Pieces, options: Options) -> list[Ground]:
    """Return the ground of each community: what dividing begins with."""
    community = units.community[pieces.unit]
    order = np.argsort(community, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(community[order])) + 1)
    return [ground_of(units, pieces, own, options) for own in rows]


def laid(units: Units, pieces: Pieces, every: list[Ground]) -> Laid:
    """Return the graphs of all communities in one."""
    own = np.concatenate([ground.pieces for ground in every])
    nodes = np.cumsum([0, *(len(ground.level) for ground in every)])
    floors = np.cumsum([0, *(len(ground.floor) for ground in every)])
    node = np.concatenate([ground.node + at for ground, at in zip(every, nodes[:-1], strict=True)])
    part, many = [], 0
    for ground in every:
        part.append(ground.level.parts() + many)
        many = int(part[-1].max()) + 1
    first = np.searchsorted(node, np.arange(nodes[-1]))
    unit = pieces.unit[own]
    seconds = Limits().pace.work_seconds(pieces.households[own], pieces.top[own], units.lift[unit])
    return Laid(
        start=_starts([ground.level.start for ground in every]),
        neighbour=np.concatenate([g.level.neighbour + at for g, at in zip(every, nodes[:-1], strict=True)]),
        weight=np.concatenate([ground.level.weight for ground in every]),
        households=np.bincount(node, pieces.households[own], int(nodes[-1])).astype(np.int64),
        x=units.x_m[unit[first]], y=units.y_m[unit[first]], part=np.concatenate(part),
        community=units.community[unit[first]], node=node,
        floor_start=_starts([ground.floor.start for ground in every]),
        floor_neighbour=np.concatenate([g.floor.neighbour + at for g, at in zip(every, floors[:-1], strict=True)]),
        floor_weight=np.concatenate([ground.floor.weight for ground in every]),
        unit=unit, piece_part=pieces.part[own], piece_households=pieces.households[own], seconds=seconds,
    )  # fmt: skip


def _starts(every: list[Whole]) -> Whole:
    steps = np.concatenate([np.diff(start) for start in every])
    return np.concatenate([[0], np.cumsum(steps)]).astype(np.int64)


def main(name: str, target: Path) -> None:
    """Write the graphs of an input; say what building them took."""
    units, options = units_of(table_of(name)), Options()
    hamlet = units_of(table_of("city:1:1:0"))
    grounds(hamlet, pieces_of(hamlet, options.limits, options.band.high), options)
    with clocked():
        pieces = pieces_of(units, options.limits, options.band.high)
        every = grounds(units, pieces, options)
    np.savez(target, **asdict(laid(units, pieces, every)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
