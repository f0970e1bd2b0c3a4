import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.storeys import dwellings, ground_of, storeys


@pytest.mark.parametrize(("height", "floors"), [(0.5, 1), (3, 1), (6.2, 2), (18, 6), (20, 7), (99, 33), (632, 211)])
def test_a_storey_is_three_metres(height: float, floors: int) -> None:
    assert storeys(height) == floors


@pytest.mark.parametrize("height", [0, -3, float("nan"), float("inf"), 10_000])
def test_no_building_is_that_high(height: float) -> None:
    with pytest.raises(ValueError, match="900 metres"):
        storeys(height)


@given(st.integers(1, 60), st.floats(1, 10_000))
def test_more_storeys_never_mean_fewer_dwellings(floors: int, ground: float) -> None:
    assert 1 <= dwellings(floors, ground) <= dwellings(floors + 1, ground)


def test_the_ground_of_a_ring_is_in_square_metres() -> None:
    ring = [[121.0, 31.0], [121.0, 31.0 + 10 / 111_320], [121.001, 31.0 + 10 / 111_320], [121.001, 31.0]]
    assert ground_of(ring) == pytest.approx(10 * 95.4, rel=0.01)
    assert ground_of(ring[:2]) == 0
    assert dwellings(6, 480.0) == 24
