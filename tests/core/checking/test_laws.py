from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.checking import Kind, Rules, audit
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.reading import read_units
from wangge.core.unit_files.table import UnitTable

RULES = Rules(low=5, high=12, micro_max=6, minutes=15.0)
place = st.sampled_from([0.0, 10.0, 20.0, 35.0, 1e7])


@st.composite
def divisions(draw: st.DrawFn) -> tuple[UnitTable, Assignment]:
    """Any units (at one place, in one line, ten million metres apart) in any grids."""
    count = draw(st.integers(1, 14))
    rows = [
        f"u{at},{draw(place)},{draw(place)},{draw(st.integers(1, 14))},{draw(st.integers(0, 30))},"
        f"{draw(st.sampled_from(['a', 'b']))},{draw(st.sampled_from(['n', 's']))},{draw(st.sampled_from(['', 'c']))},"
        f"{draw(st.sampled_from(['', '1', '2']))}"
        for at in range(count)
    ]
    table = read_units("\n".join(["id,x_m,y_m,households,floors,community,barrier_cell,compound,way", *rows]).encode())
    ids = draw(st.lists(st.sampled_from([*table.ids, "x"]), min_size=1, max_size=20))
    size = len(ids)

    def column(values: Any) -> list[Any]:
        return draw(st.lists(values, min_size=size, max_size=size))

    division = Assignment(
        rows=np.arange(2, size + 2),
        ids=tuple(ids),
        part=np.array(column(st.integers(0, 2))),
        community=tuple(column(st.sampled_from(["", "a", "b"]))),
        general=tuple(column(st.sampled_from(["", "1", "2", "3"]))),
        micro=tuple(column(st.sampled_from(["", "11", "12", "21"]))),
        households=np.array(column(st.integers(0, 14))),
        minutes=np.array(column(st.sampled_from([np.nan, 3.0, 14.0])), dtype=np.float64),
    )
    return table, division


@settings(deadline=None, max_examples=150)
@given(divisions())
def test_any_division_of_any_units_is_judged(given_: tuple[UnitTable, Assignment]) -> None:
    table, division = given_
    found = audit(table, division, RULES, named=["a"], is_repair=True)
    placed = {one for one, grid in zip(division.ids, division.general, strict=True) if grid}
    missing = {one.name for one in found.findings if one.kind is Kind.MISSING}
    assert missing == set(table.ids) - placed
    assert found.score.in_band <= found.score.general_grids
    assert all(str(one) for one in found.findings)


@settings(deadline=None, max_examples=80)
@given(divisions(), st.randoms(use_true_random=False))
def test_the_judgement_does_not_depend_on_the_order_of_rows(given_: tuple[UnitTable, Assignment], chance: Any) -> None:
    table, division = given_
    if len(set(zip(division.ids, division.part.tolist(), strict=True))) < len(division):
        return  # of two rows for one band neither is the first
    order = list(range(len(division)))
    chance.shuffle(order)

    def texts(column: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(column[at] for at in order)

    mixed = Assignment(
        division.rows[order], texts(division.ids), division.part[order], texts(division.community),
        texts(division.general), texts(division.micro), division.households[order], division.minutes[order],
    )  # fmt: skip

    def said(of: Assignment) -> list[tuple[Any, ...]]:
        found = audit(table, of, RULES, named=[])
        return sorted((one.kind, one.name, one.count) for one in found.findings)

    assert said(mixed) == said(division)
