import numpy as np

from tests.core.drafts import SMALL, row_of
from wangge.core.drafting import in_force
from wangge.core.drafting.land import Land
from wangge.core.partition import Units


def torn(units: Units, general: list[int]) -> list[int]:
    drawn = in_force(units, SMALL)
    land = Land.of(units, drawn.pieces, SMALL)
    return [int(key) for key in land.torn(land.taken(np.array(general)))]


def test_a_grid_with_a_hole_in_a_street_is_torn() -> None:
    assert torn(row_of(5), [0, 0, 1, 0, 1]) == [0, 1]
    assert torn(row_of(5), [0, 0, 0, 1, 1]) == []


def test_pieces_in_no_grid_are_not_torn() -> None:
    assert torn(row_of(4), [-1, 0, 0, -1]) == []


def test_the_middle_one_of_three_at_one_address_may_leave() -> None:
    units = Units.of(x_m=[0, 0, 0, 20], y_m=[0, 0, 0, 0], households=[5, 6, 7, 8])
    for alone in range(3):
        assert torn(units, [int(at == alone) for at in range(3)] + [0]) == []


def test_those_at_two_neighbouring_addresses_are_together_whichever_they_are() -> None:
    units = Units.of(x_m=[0, 0, 20, 20], y_m=[0] * 4, households=[5, 6, 7, 8])
    assert torn(units, [0, 1, 0, 1]) == torn(units, [0, 1, 1, 0]) == []


def test_an_upper_floor_band_stands_on_the_one_below() -> None:
    units = Units.of(x_m=[0, 20], y_m=[0, 0], households=[60, 5], floors=[12, 1])
    bands = in_force(units, SMALL).pieces.part.tolist()
    assert bands == [0, 1, 0]
    assert torn(units, [1, 0, 0]) == [0]
    assert torn(units, [0, 1, 0]) == []


def test_columns_come_back_in_the_order_they_were_given() -> None:
    units = Units.of(x_m=[40, 0, 20], y_m=[0, 0, 0], households=[1, 2, 3])
    land = Land.of(units, in_force(units, SMALL).pieces, SMALL)
    assert land.given_back(land.taken(np.array([7, 8, 9]))).tolist() == [7, 8, 9]
    assert land.given_back(land.households).tolist() == [1, 2, 3]
