"""Two coordinates as people copy them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.spots import Spot, spot_of

HERE = Spot(121.1, 31.45)


@pytest.mark.parametrize(
    "written",
    [
        "31.45,121.10", "121.10 31.45", "31.45 121.1", "121.1，31.45",
        "３１．４５，１２１．１０", "31.45N,121.10E",
        "N31.45 E121.1",        "北纬31.45 东经121.1", "东经121.1°北纬31.45°", "31°27′00″N 121°06′00″E",
        "31°27'N,121°6'E", "31°27′0″,121°6′0″",
        "31度27分121度6分", " 31.45 , 121.10 ",
    ],
)  # fmt: skip
def test_the_same_place_is_written_in_many_ways(written: str) -> None:
    found = spot_of(written)
    assert found is not None
    assert (round(found.lon, 6), round(found.lat, 6)) == (HERE.lon, HERE.lat)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "3,5",
        "3-2-502",
        "261122-123456",
        "121.10",
        "31.45,121.1,5",
        "95.5,96.5",
        "200.5,31.4",
        "31.45N,32.1N",
        "桃园 3.5",
    ],
)
def test_what_is_no_place_is_none(written: str) -> None:
    assert spot_of(written) is None


def test_a_sign_beats_the_order_and_the_size() -> None:
    assert spot_of("45.5E 60.5N") == Spot(45.5, 60.5)
    assert spot_of("33.8S 18.4W") == Spot(-18.4, -33.8)


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    spot_of(text)


@given(st.floats(73, 135), st.floats(3, 53))
def test_a_pair_within_china_is_read_in_either_order(lon: float, lat: float) -> None:
    wanted = Spot(round(lon, 6), round(lat, 6))
    for text in (f"{lat:.6f},{lon:.6f}", f"{lon:.6f} {lat:.6f}"):
        found = spot_of(text)
        assert found is not None
        assert (round(found.lon, 6), round(found.lat, 6)) == (wanted.lon, wanted.lat)
