"""The solver's graph and the judge's, built by two codes from one rule: what hangs together is the same in both."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.checking.neighbours import Ground, ground_of
from wangge.core.partition.graph import Graph, graph_of
from wangge.core.unit_files.reading import read_units

Columns = dict[str, Any]


@st.composite
def villages(draw: st.DrawFn) -> Columns:
    """Hamlets some hundred metres apart, several houses at some places, a river, and ways on which some stand."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    hamlets, houses = draw(st.integers(1, 5)), draw(st.integers(1, 12))
    middle = rng.normal(0, 600, (hamlets, 2))
    own = np.repeat(np.arange(hamlets), houses)
    x, y = np.round(middle[own] + rng.normal(0, 30, (len(own), 2)), 2).T
    same = rng.integers(0, len(own), draw(st.integers(0, 6)))
    x[same], y[same] = x[same[:1].repeat(len(same))], y[same[:1].repeat(len(same))]
    cell = (x > draw(st.sampled_from([-9e9, 0.0, 15.0]))).astype(int)
    way = rng.integers(-1, 2, hamlets)[own] if draw(st.booleans()) else rng.integers(-1, 3, len(own))
    return {"x": x, "y": y, "cell": cell, "way": way, "compound": rng.integers(-1, 3, len(own))}


def solvers(of: Columns, way: Any = None) -> Graph:
    return graph_of(of["x"], of["y"], of["compound"], of["cell"], of["way"] if way is None else way)


def judges(of: Columns) -> Ground:
    rows = [f"u{at},{of['x'][at]},{of['y'][at]},1,{of['cell'][at]},{of['way'][at]}" for at in range(len(of["x"]))]
    return ground_of(read_units("\n".join(["id,x_m,y_m,households,barrier_cell,way", *rows]).encode()))


def edges(graph: Graph) -> set[tuple[int, int]]:
    tails = np.repeat(np.arange(len(graph)), np.diff(graph.start))
    return {(v, u) for v, u in zip(tails.tolist(), graph.neighbour.tolist(), strict=True) if v < u}


def alike(one: Any, other: Any) -> bool:
    """Whether two numberings put the same rows together."""
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@settings(deadline=None, max_examples=300)
@given(villages())
def test_both_graphs_hang_together_alike_and_the_judge_knows_each_edge(of: Columns) -> None:
    graph, ground = solvers(of), judges(of)
    assert alike(graph.parts(), ground.part[ground.place])
    known = {tuple(sorted(edge)) for edge in ground.edges.tolist()}
    places = {tuple(sorted((int(ground.place[v]), int(ground.place[u])))) for v, u in edges(graph)}
    assert {(p, q) for p, q in places if p != q} <= known


@settings(deadline=None, max_examples=200)
@given(villages())
def test_ways_only_add_edges_as_many_as_they_join_parts(of: Columns) -> None:
    none = np.full(len(of["x"]), -1)
    bare, walked = solvers(of, none), solvers(of)
    before, after = edges(bare), edges(walked)
    assert before <= after
    assert len(after - before) == bare.parts().max() - walked.parts().max()
    for v, u in after - before:
        shared = [set(of["way"][(of["x"] == of["x"][k]) & (of["y"] == of["y"][k])]) - {-1} for k in (v, u)]
        assert shared[0] & shared[1]


@settings(deadline=None, max_examples=100)
@given(villages())
def test_a_way_for_each_house_alone_joins_nothing(of: Columns) -> None:
    none, alone = np.full(len(of["x"]), -1), np.arange(len(of["x"]))
    assert edges(solvers(of, alone)) == edges(solvers(of, none))
