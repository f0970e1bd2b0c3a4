"""No small count can be worked out from what is shown, by any sum or difference of tables, plans and days."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.suppression import shown

Cells = dict[str, frozenset[Any]]


def told(cells: Mapping[str, frozenset[Any]], counts: Mapping[Any, int], open_keys: frozenset[str]) -> list[Any]:
    """By brute force: each set of atoms with a count of 1 to 4 that some sum or difference of shown cells gives."""
    keys = sorted(open_keys)
    atoms = sorted({atom for cell in cells.values() for atom in cell if counts.get(atom, 0)}, key=repr)
    found = []
    for signs in product((-1, 0, 1), repeat=len(keys)):
        row = [sum(sign * (atom in cells[key]) for sign, key in zip(signs, keys, strict=True)) for atom in atoms]
        if set(row) <= {0, 1} and 0 < sum(n * counts[a] for n, a in zip(row, atoms, strict=True)) < 5:
            found.append((signs, [a for n, a in zip(row, atoms, strict=True) if n]))
    return found


def table(parts: Mapping[str, frozenset[Any]], name: str = "") -> Cells:
    """A table with its total."""
    total = frozenset().union(*parts.values())
    return {f"{name}{key}": cell for key, cell in parts.items()} | {f"{name}total": total}


def test_a_small_count_and_one_more_are_hidden_when_the_total_is_shown() -> None:
    counts = {"a": 3, "b": 8, "c": 20}
    cells = table({key: frozenset(key) for key in counts})
    assert shown(cells, counts) == {"c", "total"}


def test_nothing_small_hides_nothing_and_none_is_no_secret() -> None:
    counts = {"a": 5, "b": 0, "c": 20}
    cells = table({key: frozenset(key) for key in counts})
    assert shown(cells, counts) == {"a", "b", "c", "total"}


def test_a_few_small_ones_that_add_up_to_little_need_one_more() -> None:
    counts = {"a": 1, "b": 1, "c": 7, "d": 30}
    cells = table({key: frozenset(key) for key in counts})
    assert shown(cells, counts) == {"d", "total"}


def test_old_and_new_plan_do_not_give_away_who_moved() -> None:
    """Community x moved from town A to town B: A then minus A now is x."""
    counts = {"a": 40, "b": 50, "x": 3}
    then = table({"A": frozenset("ax"), "B": frozenset("b")}, "then ")
    now = table({"A": frozenset("a"), "B": frozenset("bx")}, "now ")
    open_keys = shown(then | now, counts)
    assert not told(then | now, counts, open_keys)
    assert {"then A", "now A"} - open_keys
    assert "then total" in open_keys


def test_two_days_do_not_give_away_what_the_later_added() -> None:
    counts = {("a", 1): 20, ("a", 2): 2}
    cells = {"first day": frozenset({("a", 1)}), "both days": frozenset(counts)}
    assert len(shown(cells, counts)) == 1


@st.composite
def published(draw: st.DrawFn) -> tuple[Cells, dict[Any, int]]:
    """Two plans of up to six pieces, their totals, and a part of it over a day less."""
    pieces = [f"p{n}" for n in range(draw(st.integers(2, 6)))]
    counts: dict[Any, int] = {
        (piece, day): draw(st.sampled_from((0, 1, 2, 3, 4, 5, 7, 30))) for piece in pieces for day in (1, 2)
    }
    cells: Cells = {}
    for plan in ("then ", "now "):
        towns: dict[str, set[Any]] = {}
        for piece in pieces:
            towns.setdefault(draw(st.sampled_from("AB")), set()).update({(piece, 1), (piece, 2)})
        cells |= table({town: frozenset(atoms) for town, atoms in towns.items()}, plan)
    cells["first day"] = frozenset((piece, 1) for piece in pieces)
    cells["first piece"] = frozenset({(pieces[0], 1), (pieces[0], 2)})
    return cells, counts


@settings(max_examples=60, deadline=None)
@given(given_tables=published())
def test_no_sum_or_difference_gives_a_small_count_away(given_tables: tuple[Cells, dict[Any, int]]) -> None:
    cells, counts = given_tables
    assert told(cells, counts, shown(cells, counts)) == []


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_one_table_keeps_its_total_when_the_total_is_large(counts: list[int]) -> None:
    atoms = dict(enumerate(counts))
    cells = table({str(n): frozenset({n}) for n in atoms})
    open_keys = shown(cells, atoms)
    if not 0 < sum(counts) < 5:
        assert "total" in open_keys
    assert told(cells, atoms, open_keys) == []
