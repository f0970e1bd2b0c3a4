"""Beside the exact answer: a mixed-integer programme solved by HiGHS to the end, for communities small enough."""

import numpy as np
import pytest

from tests.core.communities import village
from tools.bench.divide.exact import exact, to_medians
from wangge.core.partition import Level, Options, divide

OPTIONS = Options(level=Level.GENERAL)


@pytest.mark.parametrize(("seed", "houses"), [(2, 40)])
def test_ways_are_at_most_a_twentieth_longer_than_the_exact_answer(seed: int, houses: int) -> None:
    draw = np.random.default_rng(seed)
    share = 800 // houses
    units = village(houses, seed, households=draw.integers(share // 2, 3 * share // 2, houses))
    division = divide(units, OPTIONS)
    assert division.general_sheet.is_within.all()
    least, bound = exact(units, len(division.general_sheet), np.inf)
    assert bound == pytest.approx(least, rel=1e-4)
    ours = to_medians(units, division.general)
    print(f"exact {least:.0f}, ours {ours:.0f} household metres")
    assert bound * (1 - 1e-6) <= ours <= 1.05 * least
