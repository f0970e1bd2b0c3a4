"""One community from its rows to its grids, both levels. Communities know nothing of each other."""

from dataclasses import dataclass

import numpy as np

from wangge.core.partition.fields import HOUSEHOLDS, Field, cut_out
from wangge.core.partition.general import divide_part, field_of
from wangge.core.partition.graph import Graph, graph_of, with_rows
from wangge.core.partition.micro import Rounds, Stops, divide_grid
from wangge.core.partition.problem import NONE, Band, Impossible, Level, Options, Pieces, Reals, Reason, Units, Whole

OF_NUMBERS = (Reason.TOO_FEW, Reason.BETWEEN)


@dataclass(frozen=True)
class Ground:
    """What is divided in one community: pieces (rows of `Pieces`) in an order that no renumbering of the input changes.

    `floor` is the graph of the pieces; `node` is the node of each piece in `level`, the graph of the general grids,
    where a unit is one node unless it alone exceeds the band.
    """

    pieces: Whole
    floor: Graph
    node: Whole
    level: Graph


@dataclass(frozen=True)
class Local:
    """Grids of one community, from 0; one row for each of `pieces`.

    `names` of a level are the codes of its grids in the previous division, -1 for new ones; `done` is that of `Rounds`.
    """

    pieces: Whole
    general: Whole
    general_names: Whole
    micro: Whole
    micro_names: Whole
    minutes: Reals
    metres: Reals
    done: Reals
    impossible: tuple[Impossible, ...]
    cut: float


def ground_of(units: Units, pieces: Pieces, rows: Whole, options: Options) -> Ground:
    """Return the ground of the pieces `rows`, which are those of one community."""
    unit = pieces.unit[rows]
    keys = (pieces.part[rows], unit, units.floors[unit], units.households[unit], units.y_m[unit], units.x_m[unit])
    rows = rows[np.lexsort(keys)]
    unit = pieces.unit[rows]
    is_first = np.r_[True, unit[1:] != unit[:-1]]
    once, at = unit[is_first], np.cumsum(is_first) - 1
    labels = (units.compound[once], units.barrier_cell[once], units.way[once])
    graph = graph_of(units.x_m[once], units.y_m[once], *labels)
    is_node = is_first | (units.households[unit] > options.band.high)
    node = np.cumsum(is_node) - 1
    level = with_rows(graph, at[is_node]) if is_node.sum() > len(once) else graph
    floor = with_rows(graph, at) if len(rows) > len(once) else graph
    return Ground(rows, floor, node.astype(np.int64), level)


def general_field(units: Units, pieces: Pieces, ground: Ground, options: Options) -> Field:
    """Return the field on which general grids are made."""
    count = len(ground.level)
    households = np.bincount(ground.node, pieces.households[ground.pieces], count).astype(np.int64)
    unit = pieces.unit[ground.pieces[np.searchsorted(ground.node, np.arange(count))]]
    x, y, compound = units.x_m[unit], units.y_m[unit], units.compound[unit]
    return field_of(ground.level, households, x, y, compound, options.band.high)


def floor_field(units: Units, pieces: Pieces, ground: Ground, high: int) -> Field:
    """Return the field of the pieces themselves; compounds of up to `high` households should stay whole."""
    unit, households = pieces.unit[ground.pieces], pieces.households[ground.pieces]
    return field_of(ground.floor, households, units.x_m[unit], units.y_m[unit], units.compound[unit], high)


def stops_of(units: Units, pieces: Pieces, rows: Whole, options: Options) -> Stops:
    """Return where the pieces `rows` are, and the work at each."""
    unit = pieces.unit[rows]
    work = options.limits.pace.work_seconds(pieces.households[rows], pieces.top[rows], units.lift[unit])
    return Stops(units.x_m[unit], units.y_m[unit], work)


def divide_community(units: Units, pieces: Pieces, rows: Whole, options: Options) -> Local:
    """Return the grids of one community."""
    ground = ground_of(units, pieces, rows, options)
    field = general_field(units, pieces, ground, options)
    first = ground.pieces[np.searchsorted(ground.node, np.arange(len(ground.level)))]
    previous = _previous_general(units, pieces.unit[first], field, options.band) if options.repair else None
    grid, names, impossible = divide_parts(field, ground.level.parts(), previous, _name(units, pieces, rows), options)
    general = grid[ground.node]
    rounds = _micro(units, pieces, ground, general, options)
    tails = np.repeat(np.arange(len(ground.level)), np.diff(ground.level.start))
    cut = float(ground.level.weight[grid[tails] != grid[ground.level.neighbour]].sum()) / 2
    of_micro = (rounds.grid, rounds.names, rounds.minutes, rounds.metres, rounds.done)
    return Local(ground.pieces, general, names, *of_micro, impossible, cut)


def _name(units: Units, pieces: Pieces, rows: Whole) -> str:
    code = int(units.community[pieces.unit[rows[0]]])
    return "" if code == NONE else units.names["community"][code]


def divide_parts(
    field: Field, part: Whole, previous: Whole | None, name: str, options: Options
) -> tuple[Whole, Whole, tuple[Impossible, ...]]:
    """Return the grid of each node from 0, what each grid was called before (-1: new), and what could not be.

    `part` numbers the connected parts of the field: each is divided for itself.
    """
    grid = np.zeros(len(part), np.int64)
    names, impossible = np.empty(0, np.int64), []
    if previous is not None:
        previous = of_largest(previous, part, field.load[:, HOUSEHOLDS])
    for p in range(int(part.max()) + 1):
        nodes = np.flatnonzero(part == p)
        inner = cut_out(field, nodes)
        found = divide_part(inner, options, None if previous is None else previous[nodes])
        grid[nodes] = found.grid + len(names)
        names = np.r_[names, found.names]
        if found.reason is not None:
            reason = Reason.CUT_OFF if part.max() > 0 and found.reason in OF_NUMBERS else found.reason
            impossible.append(Impossible(name, int(inner.load[:, HOUSEHOLDS].sum()), reason))
    return grid, names, tuple(impossible)


def of_largest(label: Whole, group: Whole, households: Reals) -> Whole:
    """Return labels kept only in the group in which each has most households: a grid lies in one group."""
    pairs, at = np.unique(np.column_stack([label, group]), axis=0, return_inverse=True)
    held = np.bincount(at, households)
    order = np.lexsort([held, pairs[:, 0]])
    is_most = np.zeros(len(pairs), np.bool_)
    is_most[order[np.r_[pairs[order[1:], 0] != pairs[order[:-1], 0], True]]] = True
    return np.where(is_most[at], label, NONE)


def _previous_general(units: Units, unit: Whole, field: Field, band: Band) -> Whole:
    """Return the previous general grid of each node; `unit` is that of the node.

    Of a unit over the band it is not known, since it has one cell for all floors: these are shared out evenly from the
    ground up, each share with a code below -1.
    """
    lying = np.cumsum(field.load[:, HOUSEHOLDS]) - field.load[:, HOUSEHOLDS]
    _, lowest, own = np.unique(unit, return_index=True, return_inverse=True)
    below = lying - lying[lowest[own]]
    households = units.households[unit]
    shares = np.maximum(1, np.round(households / band.middle))
    code = NONE - 1 - unit * (int(shares.max()) + 1) - (below * shares // households).astype(np.int64)
    return np.where(households > band.high, code, units.general_grid[unit])


def _micro(units: Units, pieces: Pieces, ground: Ground, general: Whole, options: Options) -> Rounds:
    """Divide each general grid of a community."""
    micro, none = np.full(len(ground.pieces), NONE, np.int64), np.empty(0)
    parts = [Rounds(micro, np.empty(0, np.int64), none, none, np.zeros(len(micro)))]
    if options.level == Level.GENERAL:
        return parts[0]
    done, count = parts[0].done, 0
    field = floor_field(units, pieces, ground, options.limits.micro_max)
    stops = stops_of(units, pieces, ground.pieces, options)
    previous = _previous_micro(units, pieces, ground, general) if options.repair else None
    for g in range(int(general.max()) + 1):
        nodes = np.flatnonzero(general == g)
        own = None if previous is None else previous[nodes]
        rounds = divide_grid(cut_out(field, nodes), stops.at(nodes), options, own)
        micro[nodes], done[nodes] = rounds.grid + count, rounds.done
        count += len(rounds.names)
        parts.append(rounds)
    names, minutes = [part.names for part in parts], [part.minutes for part in parts]
    metres = [part.metres for part in parts]
    return Rounds(micro, np.concatenate(names), np.concatenate(minutes), np.concatenate(metres), done)


def _previous_micro(units: Units, pieces: Pieces, ground: Ground, general: Whole) -> Whole:
    """Return the previous micro-grid of each piece.

    Of floor bands it is not known, since a unit has one cell for all: each has a code below -1, a home of its own.
    """
    unit = pieces.unit[ground.pieces]
    is_band = np.bincount(unit, minlength=len(units))[unit] > 1
    previous = np.where(is_band, NONE - 1 - np.arange(len(unit)), units.micro_grid[unit])
    return of_largest(previous, general, pieces.households[ground.pieces].astype(np.float64))
