"""Beside the exact answer of communities of up to 120 units: every set of medians, assigned within the band (HiGHS).

The exact answer may tear grids apart and knows neither cut nor evenness: no division can go below it.
"""

import numpy as np
import pytest

from tests.core.communities import village
from tools.bench.divide.exact import distances, exact, to_medians
from tools.bench.divide.medians import best_medians
from wangge.core.partition import Level, Options, Units, divide

OPTIONS = Options(level=Level.GENERAL)


def community(houses: int, seed: int, households: int) -> Units:
    draw, share = np.random.default_rng(seed), households // houses
    return village(houses, seed, households=draw.integers(share // 2, 3 * share // 2, houses))


def longer(units: Units) -> float:
    """Return our ways as a share of the exact answer with as many grids."""
    division = divide(units, OPTIONS)
    assert division.general_sheet.is_within.all()
    least = best_medians(distances(units), units.households, len(division.general_sheet))
    return to_medians(units, division.general) / least


def test_the_sets_of_medians_and_the_whole_programme_have_one_answer() -> None:
    units = community(40, 2, 800)
    found = exact(units, 2, np.inf)
    assert found.bound == pytest.approx(found.best, rel=1e-4) == to_medians(units, found.grid)
    assert best_medians(distances(units), units.households, 2) == pytest.approx(found.best, rel=1e-4)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("houses", "households"), [(60, 800), (120, 800), (80, 1200), (120, 1200)])
def test_ways_are_at_most_a_twentieth_longer_than_the_exact_answer(houses: int, households: int, seed: int) -> None:
    assert 1 - 1e-6 <= longer(community(houses, seed, households)) <= 1.05


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("houses", "households"), [(36, 800), (40, 1200)])
def test_few_large_houses_leave_a_little_more(houses: int, households: int, seed: int) -> None:
    # Three of these six are 5.2 to 5.9 % above. Ours are compact round the centre of their households, whatever the
    # weights of the wishes; the exact answer is measured to one house, and where houses are few and large that differs.
    assert 1 - 1e-6 <= longer(community(houses, seed, households)) <= 1.06
