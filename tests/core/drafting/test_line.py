import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wangge.core.drafting.line import left_of

number = st.integers(-50, 50).map(float)


def left(line: list[tuple[float, float]], *places: tuple[float, float]) -> list[bool]:
    x, y = np.array(places, float).T
    return [bool(one) for one in left_of(x, y, line)]


def test_left_is_seen_along_the_line() -> None:
    assert left([(0, 0), (10, 0)], (5, 1), (5, -1)) == [True, False]
    assert left([(10, 0), (0, 0)], (5, 1), (5, -1)) == [False, True]


def test_a_line_goes_on_for_ever_at_both_ends() -> None:
    assert left([(0, 0), (1, 0)], (-900, 1), (900, 1), (-900, -1), (900, -1)) == [True, True, False, False]


def test_a_place_on_the_line_is_not_left_of_it() -> None:
    assert left([(0, 0), (10, 10)], (5, 5), (-3, -3), (40, 40)) == [False, False, False]


@pytest.mark.parametrize("bend", [(10.0, 10.0), (10.0, -10.0), (-3.0, 4.0), (-3.0, -4.0)])
def test_at_a_sharp_bend_the_outer_side_is_one_side(bend: tuple[float, float]) -> None:
    line = [(-20.0, 0.0), (0.0, 0.0), bend]
    middle = np.array([20.0, 0.0]) / 20.0 - np.array(bend) / np.hypot(*bend)
    outer = middle / np.hypot(*middle) * 0.01  # beyond the corner, opposite to where both stretches go
    x, y = outer.tolist()
    is_left_turn = bend[1] > 0
    assert left(line, (x, y)) == [not is_left_turn]
    assert left(line, (-x, -y)) == [is_left_turn]


def test_what_a_bay_encloses_is_left_or_right_of_it() -> None:
    bay = [(0.0, 40.0), (0.0, 0.0), (20.0, 0.0), (20.0, 40.0)]
    assert left(bay, (10, 5), (10, 900), (-5, 5), (25, 5), (10, -5)) == [True, True, False, False, False]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(number, number), min_size=2, max_size=6, unique_by=lambda one: one[0]), number, number)
def test_left_of_a_line_to_the_east_is_what_lies_north_of_it(
    line: list[tuple[float, float]], x: float, y: float
) -> None:
    line.sort()
    (west, first), (east, second) = line[:2] if x <= line[0][0] else line[-2:]
    known, heights = np.array(line).T
    inside = known[0] < x < known[-1]
    height = np.interp(x, known, heights) if inside else first + (second - first) * (x - west) / (east - west)
    assume(abs(y - height) > 1e-6)
    assert left(line, (x, y)) == [y > height]
    assert left(line[::-1], (x, y)) == [y < height]


@pytest.mark.parametrize("line", [[], [(3.0, 3.0)], [(3.0, 3.0), (3.0, 3.0)], [(0.0, 0.0), (float("nan"), 1.0)]])
def test_nothing_is_left_of_what_is_no_line(line: list[tuple[float, float]]) -> None:
    assert left(line, (1, 1), (-1, 5)) == [False, False]
