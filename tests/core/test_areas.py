"""Changes of the area tree: whatever plan has no fault leaves a forest under the same roots."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.core.areas import (
    LEVELS,
    Deed,
    Fault,
    Flaw,
    Forest,
    Node,
    Part,
    after,
    children,
    closure,
    faults,
    inside,
    merged_code,
)

TREE: Forest = {
    1: Node("county", None),
    2: Node("town", 1), 3: Node("town", 1),
    4: Node("community", 2), 5: Node("community", 2), 6: Node("community", 3),
    7: Node("grid", 4), 8: Node("grid", 4), 9: Node("grid", 5), 10: Node("grid", 6),
}  # fmt: skip


def flaws(*parts: Part) -> list[Flaw]:
    return [fault.flaw for fault in faults(TREE, parts)]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([], [Flaw.NOTHING]),
        ([Part(Deed.MOVE, 4, 3)], []),
        ([Part(Deed.MOVE, 99, 3)], [Flaw.UNKNOWN]),
        ([Part(Deed.MOVE, 4, 99)], [Flaw.UNKNOWN]),
        ([Part(Deed.OPEN, 4, 2, "community")], [Flaw.UNKNOWN]),
        ([Part(Deed.MOVE, 4, 3), Part(Deed.MOVE, 4, 1)], [Flaw.TWICE]),
        ([Part(Deed.MOVE, 1, 3)], [Flaw.ROOT]),
        ([Part(Deed.OPEN, -1, 4, "grid")], [Flaw.GRID]),
        ([Part(Deed.END, 7, 8)], []),
        ([Part(Deed.MOVE, 4, 2)], [Flaw.SAME]),
        ([Part(Deed.MOVE, 2, 4)], [Flaw.LEVEL]),
        ([Part(Deed.MOVE, 4, 4)], [Flaw.LEVEL]),
        ([Part(Deed.MOVE, 7, 3)], [Flaw.LEVEL]),
        ([Part(Deed.END, 4, 3)], [Flaw.LEVEL]),
        ([Part(Deed.END, 4, None)], [Flaw.HEIR]),
        ([Part(Deed.END, 4, 5)], [Flaw.CHILDREN]),
        ([Part(Deed.MOVE, 6, 2)], [Flaw.BARE]),
        ([Part(Deed.OPEN, -1, 2, "community")], [Flaw.EMPTY]),
        ([Part(Deed.RENAME, 1)], []),
        ([Part(Deed.MOVE, 7, 5), Part(Deed.MOVE, 8, 5), Part(Deed.END, 4, 5)], []),
        ([Part(Deed.MOVE, 9, 4), Part(Deed.END, 5, 4), Part(Deed.MOVE, 7, 5)], [Flaw.HEIR]),
        ([Part(Deed.OPEN, -1, 2, "community"), Part(Deed.MOVE, 7, -1)], []),
    ],
)
def test_each_fault_is_named(parts: list[Part], found: list[Flaw]) -> None:
    assert flaws(*parts) == found


def test_only_an_empty_new_area_is_a_warning() -> None:
    assert [flaw for flaw in Flaw if Fault(flaw).is_warning] == [Flaw.EMPTY]


def test_what_lies_inside_comes_along() -> None:
    made = after(TREE, [Part(Deed.MOVE, 4, 3)])
    assert inside(made, [3]) == {3, 4, 6, 7, 8, 10}
    assert inside(made, [2]) == {2, 5, 9}


AREA = st.sampled_from([*TREE, -1, -2, 99])
PARTS = st.builds(Part, st.sampled_from(list(Deed)), AREA, st.one_of(st.none(), AREA), st.sampled_from(LEVELS))
PLANS = st.lists(PARTS, max_size=5)  # most of them wrong


@given(PLANS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_without_a_fault_keeps_one_forest(plan: list[Part]) -> None:
    if any(not fault.is_warning for fault in faults(TREE, plan)):
        return
    made = after(TREE, plan)
    assert [area for area, node in made.items() if node.parent is None] == [1]
    assert inside(made, [1]) == set(made)
    for node in made.values():
        if node.parent is not None:
            assert LEVELS.index(made[node.parent].level) < LEVELS.index(node.level)
    grids = {area for area, node in TREE.items() if node.level == "grid"}
    ended = {part.area for part in plan if part.deed is Deed.END}
    assert {area for area, node in made.items() if node.level == "grid"} == grids - ended
    assert all(made[node.parent or 0].level == "community" for node in made.values() if node.level == "grid")
    assert all(children(made, area) for area in made if children(TREE, area))


@given(PLANS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_closure_holds_each_area_once_for_each_above_it(plan: list[Part]) -> None:
    made = TREE if faults(TREE, plan) else after(TREE, plan)
    pairs = closure(made)
    for area, node in made.items():
        above = {root for root, low in pairs if low == area}
        assert above == {area} | ({root for root, low in pairs if low == node.parent} if node.parent else set())


def test_merged_communities_are_numbered_from_601() -> None:
    assert merged_code("999001102003", []) == "999001102601"
    assert merged_code("999001102", ["999001102601", "999001102602"]) == "999001102603"
    assert merged_code("LP01T", []) == ""
    assert merged_code("999001102", [f"999001102{n}" for n in range(601, 1000)]) == ""
