"""Why a grid is out of its band where no drawing helps: hamlets without a lane, numbers that fit no band."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.partition.test_ways import SMALL, hamlets
from wangge.core.drafting import drawn_anew, merge, shortfalls, split
from wangge.core.partition import Reason


def test_a_hamlet_no_lane_leads_to_is_cut_off_and_with_the_lane_it_is_not() -> None:
    alone = drawn_anew(hamlets([60, 225]), SMALL)
    small = int(alone.general[0])
    assert shortfalls(alone, SMALL) == {small: Reason.CUT_OFF}
    assert shortfalls(drawn_anew(hamlets([60, 225], way=[1, 1]), SMALL), SMALL) == {}


@pytest.mark.parametrize(("homes", "reason"), [(100, Reason.TOO_FEW), (301, None), (299, None)])
def test_numbers_that_fit_no_band_are_the_reason_where_all_hangs_together(homes: int, reason: Reason | None) -> None:
    drawn = drawn_anew(hamlets([homes]), SMALL)
    assert set(shortfalls(drawn, SMALL).values()) == ({reason} if reason else set())


def test_between_so_many_grids_and_one_more() -> None:
    narrow = replace(SMALL, band=replace(SMALL.band, low=150, high=180))
    assert set(shortfalls(drawn_anew(hamlets([200]), narrow), narrow).values()) == {Reason.BETWEEN}


def test_a_grid_that_a_hand_made_too_small_can_be_drawn_better_and_has_no_reason() -> None:
    drawn = drawn_anew(hamlets([400]), SMALL)
    torn = split(drawn, int(drawn.general[0]), SMALL)
    assert min(np.bincount(torn.general)[np.unique(torn.general)]) < SMALL.band.low
    assert shortfalls(torn, SMALL) == {}


def test_a_cut_off_hamlet_merged_with_what_is_whole_is_no_longer_too_few() -> None:
    alone = drawn_anew(hamlets([60, 225]), SMALL)
    assert shortfalls(merge(alone, tuple({*alone.general.tolist()}), SMALL), SMALL) == {}
