"""The tree as a map uses it: paths, levels a tree leaves out, a point wherever something is drawn."""

from tests.cast import Cast
from wangge.places.models import Area
from wangge.places.queries.tree import Node, Tree, tree


def node(pk: int, parent: int | None, level: str) -> Node:
    return Node(pk, parent, level, f"{level} {pk}", "", None, None)


SHAPES = Tree({
    one.id: one
    for one in (
        node(1, None, "county"), node(2, 1, "town"), node(3, 2, "community"), node(4, 3, "grid"),
        node(5, 1, "community"), node(6, 5, "grid"),
    )
})  # fmt: skip


def test_an_area_stands_for_what_lies_in_it_at_its_level() -> None:
    found = {level: SHAPES.at_level(4, level) for level in ("county", "town", "community", "grid")}
    assert {level: at.id for level, at in found.items() if at} == {"county": 1, "town": 2, "community": 3, "grid": 4}


def test_where_the_tree_leaves_a_level_out_the_next_one_stands_for_it() -> None:
    at = SHAPES.at_level(6, "town")
    assert at is not None
    assert at.id == 5


def test_what_lies_higher_than_the_level_stands_for_itself_and_what_is_gone_for_nothing() -> None:
    at = SHAPES.at_level(1, "grid")
    assert at is not None
    assert at.id == 1
    assert SHAPES.at_level(99, "grid") is None
    assert SHAPES.path(99) == []


def test_below_an_area_lies_its_highest_child() -> None:
    assert (SHAPES.below(1), SHAPES.below(5), SHAPES.below(4)) == ("town", "grid", "grid")
    assert sorted(each.id for each in SHAPES.inside(5)) == [5, 6]
    assert list(SHAPES.inside(99)) == []


def test_every_area_over_something_drawn_has_a_point(cast: Cast) -> None:
    with cast.lin.acting():
        known = tree()
        rows = Area.objects.filter(valid_to__isnull=True).count()
    assert len(known.nodes) == rows
    assert all(each.lon is not None for each in known.nodes.values())
    grid = known.nodes[cast.grid_id]
    assert grid.full.endswith(grid.name)
    assert known.path(cast.grid_id)[-1] == grid
