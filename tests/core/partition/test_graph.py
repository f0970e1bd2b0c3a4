"""Neighbours: triangulated, short, and across a barrier only by bridges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from wangge.core.partition.graph import ACROSS, INSIDE, Graph, graph_of, with_rows
from wangge.core.partition.problem import NONE


def joined(x: ArrayLike, y: ArrayLike, **codes: list[int]) -> Graph:
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    none, zero = np.full(len(x), NONE), np.zeros(len(x), np.int64)
    compound, cell = np.array(codes.get("compound", none)), np.array(codes.get("cell", zero))
    return graph_of(x, y, compound, cell, np.array(codes.get("way", none)))


def edges(graph: Graph) -> list[tuple[int, int]]:
    tails = np.repeat(np.arange(len(graph)), np.diff(graph.start))
    return [(v, u) for v, u in zip(tails.tolist(), graph.neighbour.tolist(), strict=True) if v < u]


@pytest.mark.parametrize(
    ("x", "y", "wanted"),
    [
        ([0], [0], []),
        ([0, 5], [0, 0], [(0, 1)]),
        ([0, 0], [0, 0], [(0, 1)]),
        ([0, 10, 5], [0, 0, 0], [(0, 2), (1, 2)]),
        ([0, 5, 10], [0, 5, 10], [(0, 1), (1, 2)]),
        ([0, 10, 5], [0, 0, 8], [(0, 1), (0, 2), (1, 2)]),
        ([0, 10, 10, 0], [0, 0, 10, 10], [(0, 1), (0, 3), (1, 2), (2, 3)]),
    ],
    ids=["one", "two", "at one place", "flat line", "slanting line", "triangle", "square without diagonal"],
)
def test_few_places_are_joined(x: list[int], y: list[int], wanted: list[tuple[int, int]]) -> None:
    assert edges(joined(x, y)) == wanted


def test_a_long_edge_is_dropped_and_leaves_two_parts() -> None:
    x, y = np.arange(200) % 10 * 10.0, np.arange(200) // 10 * 10.0
    x[100:] += 300
    assert joined(x, y).parts().tolist() == [0] * 100 + [1] * 100


def test_a_barrier_is_crossed_by_the_shortest_edge_alone() -> None:
    x = [0, 0, 0, 30, 25, 30]
    y = [0, 20, 40, 1, 21, 41]
    graph = joined(x, y, cell=[0, 0, 0, 1, 1, 1])
    crossing = [(v, u) for v, u in edges(graph) if v < 3 <= u]
    assert (crossing, (graph.weight == ACROSS).sum()) == ([(1, 4)], 2)


def test_weights_know_compounds() -> None:
    graph = joined([0, 5, 10], [0, 1, 0], compound=[0, 0, NONE])
    assert graph.weight[:2].tolist() == [INSIDE, 1.0]


def test_bands_stand_on_each_other_and_only_the_lowest_touches_the_ground() -> None:
    graph = with_rows(joined([0, 5], [0, 0]), np.array([0, 0, 0, 1]))
    assert edges(graph) == [(0, 1), (0, 3), (1, 2)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=30), st.randoms())
def test_the_order_of_the_rows_changes_no_edge(places: list[tuple[int, int]], draw: object) -> None:
    distinct = sorted(set(places))
    order = np.random.default_rng(len(places)).permutation(len(distinct))
    x, y = np.array(distinct, dtype=float).T * 10
    one = edges(joined(x, y))
    other = edges(joined(x[order], y[order]))
    assert {tuple(sorted((int(order[v]), int(order[u])))) for v, u in other} == set(one)
