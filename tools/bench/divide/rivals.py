"""One rival on graphs that are laid, in a process and an environment of its own: numpy and the rival are all it needs.

`python -m tools.bench.divide.rivals NAME GRAPHS TARGET SECONDS`: parts one after another, in an order drawn from a
fixed seed, until the CPU seconds are used up; what is not reached stays -1 and is said.
"""

import random
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tools.bench.divide.clocks import clocked

MIDDLE, HIGH = 400, 500
GENERAL, MICRO = 0.2, 0.1
"""Imbalance asked for: general grids (the band allows a quarter), and micro-grids, which have a tenth of air."""
SEED = 1


class Part(NamedTuple):
    """A graph: neighbours of node v are `neighbour[start[v]:start[v + 1]]`; weights of edges, households, places."""

    start: Any
    neighbour: Any
    weight: Any
    load: Any
    x: Any
    y: Any


def cut_out(nodes: Any, graph: Part) -> Part:
    """Return the graph of some nodes, its weights in tenths."""
    start, neighbour, weight, load, x, y = graph
    local = np.full(len(start) - 1, -1)
    local[nodes] = np.arange(len(nodes))
    degree = start[nodes + 1] - start[nodes]
    at = np.repeat(start[nodes] - np.r_[0, np.cumsum(degree)[:-1]], degree) + np.arange(degree.sum())
    tails, heads = np.repeat(np.arange(len(nodes)), degree), local[neighbour[at]]
    inside = heads >= 0
    own = np.r_[0, np.cumsum(np.bincount(tails[inside], minlength=len(nodes)))]
    tenths = np.maximum(1, np.rint(weight[at][inside] * 10)).astype(np.int64)
    return Part(own, heads[inside], tenths, load[nodes], x[nodes], y[nodes])


def wanted(part: Part) -> int:
    """Return how many grids a rival is asked for: the number nearest to grids of 400 that the band allows."""
    total = int(part.load.sum())
    fewest, most = -(-total // HIGH), max(1, total // 300)
    return min(max(round(total / MIDDLE), 1, min(fewest, most)), most)


Method = Callable[[Part, int, float], Any]


def metis(cuts: int, tries: int) -> Method:
    pymetis = import_module("pymetis")

    def partition(part: Part, count: int, imbalance: float) -> Any:
        options = pymetis.Options(ncuts=cuts, niter=tries, ufactor=int(imbalance * 1000), seed=SEED)
        return pymetis.part_graph(
            count, xadj=part.start, adjncy=part.neighbour, vweights=part.load, eweights=part.weight,
            recursive=False, contiguous=True, options=options,
        )[1]  # fmt: skip

    return partition


def kahip() -> Method:
    chosen = import_module("kahip")

    strong = 2

    def partition(part: Part, count: int, imbalance: float) -> Any:
        lists = [array.tolist() for array in (part.load, part.start, part.weight, part.neighbour)]
        return chosen.kaffpa(*lists, count, imbalance, True, SEED, strong)[1]  # noqa: FBT003 - quiet

    return partition


def gerrychain() -> Method:
    nx, graph = import_module("networkx"), import_module("gerrychain").Graph
    tree = import_module("gerrychain.tree")

    def partition(part: Part, count: int, imbalance: float) -> Any:
        net = nx.Graph()
        for node, load in enumerate(part.load.tolist()):
            net.add_node(node, load=load)
        tails = np.repeat(np.arange(len(part.load)), np.diff(part.start))
        net.add_edges_from(zip(tails.tolist(), part.neighbour.tolist(), strict=True))
        random.seed(SEED)
        found = tree.recursive_tree_part(
            graph.from_networkx(net), list(range(count)), float(part.load.sum()) / count, "load", imbalance,
            node_repeats=0,
        )  # fmt: skip
        return [found[node] for node in range(len(part.load))]

    return partition


def spopt(name: str) -> Method:
    geopandas, region = import_module("geopandas"), import_module("spopt.region")
    weights = import_module("libpysal.weights").W

    def partition(part: Part, count: int, _imbalance: float) -> Any:
        nodes = range(len(part.load))
        near = weights(
            {v: part.neighbour[part.start[v] : part.start[v + 1]].tolist() for v in nodes}, silence_warnings=True
        )
        facts = {"x": part.x, "y": part.y, "load": part.load}
        frame = geopandas.GeoDataFrame(facts, geometry=geopandas.points_from_xy(part.x, part.y))
        if name == "maxp":
            model = region.MaxPHeuristic(frame, near, ["x", "y"], "load", 300, 2, 9, 3)
        elif name == "skater":
            model = region.Skater(frame, near, ["x", "y"], count)
        else:
            model = region.WardSpatial(frame, near, ["x", "y"], count)
        model.solve()
        return model.labels_

    return partition


METHODS: dict[str, Callable[[], Method]] = {
    "metis": lambda: metis(1, 10),
    "metis-best": lambda: metis(10, 20),
    "kahip": kahip,
    "gerrychain": gerrychain,
    "ward": lambda: spopt("ward"),
    "skater": lambda: spopt("skater"),
    "maxp": lambda: spopt("maxp"),
}


def general(kept: Any, method: Method, seconds: float) -> tuple[Any, int, int]:
    """Return the grid of each node (-1 where not reached or refused), parts done, parts refused."""
    grid, count, refused = np.full(len(kept["households"]), -1), 0, 0
    order = np.argsort(kept["part"], kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(kept["part"][order])) + 1)
    begun, done = time.process_time(), 0
    graph = Part(*(kept[name] for name in ("start", "neighbour", "weight", "households", "x", "y")))
    for at in np.random.default_rng(SEED).permutation(len(parts)).tolist():
        if time.process_time() - begun > seconds:
            break
        nodes, done = parts[at], done + 1
        part = cut_out(nodes, graph)
        many = min(wanted(part), len(nodes))
        try:
            found = np.asarray(method(part, many, GENERAL)) if many > 1 else np.zeros(len(nodes), np.int64)
        except Exception as problem:  # noqa: BLE001 - a rival may fail in any way: it is counted
            print(f"refused: {type(problem).__name__}: {problem}", file=sys.stderr)
            found, refused = np.zeros(len(nodes), np.int64), refused + 1
        grid[nodes] = found + count
        count += int(found.max()) + 1
    return grid, done, refused


def micro(kept: Any, of_piece: Any, method: Method) -> Any:
    """Return micro-grids inside each general grid: the work at the doors shared out, a tenth of air, 10 % imbalance."""
    found, count = np.full(len(of_piece), -1), 0
    start, neighbour, weight = (kept[f"floor_{name}"] for name in ("start", "neighbour", "weight"))
    seconds = kept["seconds"]
    graph = Part(start, neighbour, weight, load=seconds.astype(np.int64), x=seconds, y=seconds)
    order = np.argsort(of_piece, kind="stable")
    for nodes in np.split(order, np.flatnonzero(np.diff(of_piece[order])) + 1):
        part = cut_out(nodes, graph)
        need = max(kept["piece_households"][nodes].sum() / 100, part.load.sum() / (180 * 60))
        many = min(int(np.ceil(need * 1.1)), len(nodes))
        own = np.asarray(method(part, many, MICRO)) if many > 1 else np.zeros(len(nodes), np.int64)
        found[nodes] = own + count
        count += int(own.max()) + 1
    return found


def main(name: str, graphs: Path, target: Path, seconds: float) -> None:
    """Divide, say what it took, keep the answer."""
    warnings.simplefilter("ignore")
    method = METHODS[name]()
    with np.load(graphs) as file:
        kept = {key: file[key] for key in file.files}
    with clocked() as facts:
        grid, done, refused = general(kept, method, seconds)
        facts |= {"done": done, "parts": int(kept["part"].max()) + 1, "refused": refused}
    of_piece = grid[kept["node"]]
    small = np.full(len(of_piece), -1)
    if name.startswith("metis"):
        with clocked(level="micro"):
            small = micro(kept, of_piece, method)
    is_in = of_piece >= 0
    np.savez(
        target, unit=kept["unit"][is_in], part=kept["piece_part"][is_in], households=kept["piece_households"][is_in],
        general=of_piece[is_in], micro=small[is_in], done=np.full(int(is_in.sum()), np.nan),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
