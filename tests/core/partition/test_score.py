"""The figures of the score sheet, and the bound of packing."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.partition import Level, Options, Units, divide, packing_bound, score


def test_the_sheet_of_two_grids_that_can_be_reckoned_by_hand() -> None:
    units = Units.of(x_m=[0, 20, 40, 60], y_m=[0, 0, 0, 0], households=[200, 200, 150, 150], compound=[0, 0, 1, 1])
    options = Options(level=Level.GENERAL)
    sheet = score(units, divide(units, options), options)
    assert (sheet.general_grids, sheet.general_within, sheet.mean, sheet.deviation) == (2, 2, 350.0, 50.0)
    assert (sheet.weighted_cut, sheet.spread_m, sheet.fitting, sheet.split) == (1.0, 10.0, 2, 0)


@pytest.mark.parametrize(
    ("weights", "bins"),
    [
        ([], 0),
        ([50, 50], 1),
        ([51, 51], 2),
        ([51, 51, 51], 3),
        ([60, 60, 40, 40], 2),
        ([70, 70, 40, 40], 3),
        ([250], 1),
    ],
)
def test_bins_that_are_needed(weights: list[float], bins: int) -> None:
    assert packing_bound(np.array(weights, dtype=float), 100.0) == bins


@settings(deadline=None)
@given(st.lists(st.integers(1, 10), min_size=1, max_size=5))
def test_the_bound_is_never_above_the_truth_and_never_below_the_sum(weights: list[int]) -> None:
    bound = packing_bound(np.array(weights, dtype=float), 10.0)
    assert bound >= -(-sum(weights) // 10)
    fits = (np.bincount(bins, weights, len(weights)) for bins in product(range(len(weights)), repeat=len(weights)))
    assert bound <= min((held > 0).sum() for held in fits if held.max() <= 10)
