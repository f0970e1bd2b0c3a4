"""Classes of a shaded map: few, whole, in order; what could point at one home is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.classes import COARSE, classes, even_classes, is_shown


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=300))
def test_every_value_lies_in_the_range_its_class_prints(values: list[int]) -> None:
    made = classes(values)
    assert 1 <= len(made.lowest) <= 5
    assert list(made.lowest) == sorted(set(made.lowest))
    for value in values:
        low, high = made.ranges[made.of(value)]
        assert high is not None
        assert low <= value <= high


@given(st.lists(st.integers(0, 5_000), min_size=2, max_size=300))
def test_a_higher_figure_is_never_lighter(values: list[int]) -> None:
    made = classes(values)
    steps = [made.of(value) for value in sorted(values)]
    assert steps == sorted(steps)


def test_a_hundred_different_figures_make_five_even_classes() -> None:
    assert classes(range(1, 101)).ranges == ((1, 20), (21, 40), (41, 60), (61, 80), (81, 100))


def test_nothing_and_one_figure_make_no_classes_out_of_the_air() -> None:
    assert classes([]).ranges == ()
    assert classes([7, 7, 7]).ranges == ((7, 7),)
    assert classes([3, 9]).of(1) == 0


@given(st.lists(st.integers(0, 5_000), max_size=30))
def test_each_count_lies_in_one_even_class_of_five(counts: list[int]) -> None:
    for among in (even_classes(counts), COARSE):
        assert len(among.ranges) == 5
        for count in counts:
            held = [
                at for at, (low, high) in enumerate(among.ranges) if low <= count and (high is None or count <= high)
            ]
            assert held == [among.of(count)]


@pytest.mark.parametrize(("largest", "lows"), [(0, (0, 1, 2, 3, 4)), (4, (0, 1, 2, 3, 4)), (9, (0, 1, 4, 7, 10))])
def test_even_breaks_are_whole_numbers(largest: int, lows: tuple[int, ...]) -> None:
    assert even_classes([largest]).lowest == lows


@pytest.mark.parametrize(
    ("reports", "households", "shown"), [(5, 30, True), (4, 30, False), (5, 29, False), (0, 0, False), (900, 29, False)]
)
def test_too_few_reports_or_homes_are_not_shown(reports: int, households: int, *, shown: bool) -> None:
    assert is_shown(reports, households) is shown
