"""Floor bands of units no micro-grid could hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.partition import Limits, Units
from wangge.core.partition.bands import pieces_of
from wangge.core.rounds.pace import Pace


def bands(households: int, floors: int, limits: Limits | None = None) -> tuple[list[int], list[int]]:
    units = Units.of(x_m=[0], y_m=[0], households=[households], floors=[floors], lift=[floors > 7])
    pieces = pieces_of(units, limits or Limits())
    return pieces.households.tolist(), pieces.top.tolist()


@pytest.mark.parametrize(
    ("households", "floors", "wanted"),
    [
        (100, 25, ([100], [25])),
        (136, 34, ([68, 68], [17, 34])),
        (205, 7, ([59, 58, 88], [2, 4, 7])),
        (300, 4, ([75, 75, 75, 75], [1, 2, 3, 4])),
        (136, 0, ([68, 68], [0, 0])),
        (250, 2, ([83, 84, 83], [2, 2, 2])),
    ],
)
def test_floors_are_shared_out_evenly_and_unknown_ones_by_count(
    households: int, floors: int, wanted: tuple[list[int], list[int]]
) -> None:
    assert bands(households, floors) == wanted


def test_a_unit_that_takes_too_long_is_shared_out_as_well() -> None:
    assert bands(36, 6, Limits(pace=Pace(service_minutes=10.0)))[0] == [12, 12, 12]


@given(st.integers(1, 900), st.integers(0, 60))
def test_bands_hold_every_household_once_and_no_more_than_a_round_can(households: int, floors: int) -> None:
    shares, tops = bands(households, floors)
    work = Limits().pace.work_seconds(shares, tops, [floors > 7] * len(shares))
    assert (sum(shares), tops) == (households, sorted(tops))
    assert all(0 < share <= 100 for share in shares)
    assert (np.asarray(work)[np.array(shares) > 1] <= 180 * 60).all()
