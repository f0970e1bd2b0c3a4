"""Counts add up, come apart again, and give medians and shares."""

from collections import Counter
from statistics import median as mean_of_two
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from wangge.core.counts import Counts, added, median, middle, share

SMALL = st.integers(0, 9)
COUNTS = st.builds(Counts, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, st.lists(SMALL).map(Counter))


@given(one=COUNTS, other=COUNTS)
def test_what_was_added_can_be_taken_off(one: Counts, other: Counts) -> None:
    total = added([one, other])
    assert total.reports == one.reports + other.reports
    total.add(other, -1)
    assert (total.solved, +total.dispatch) == (one.solved, +one.dispatch)


@given(values=st.lists(SMALL, min_size=1))
def test_the_median_is_the_lower_of_the_two_in_the_middle(values: list[int]) -> None:
    assert median(Counter(values)) == median_low(values)
    assert middle(values) == mean_of_two(values)


def test_nothing_has_no_median_and_few_have_no_share() -> None:
    assert (median(Counter()), middle([]), bool(Counts()), bool(Counts(closed=1))) == (None, None, False, True)
    assert (share(5, 20), share(19, 19), share(0, 0)) == (25.0, None, None)
