import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from wangge.core.unit_files.stairwells import cells_between, in_metres, side_by_side
from wangge.core.unit_files.table import Plane

SLAB = shapely.box(0.0, 0.0, 60.0, 12.0)
TURNED = shapely.affinity.rotate(SLAB, 30.0, origin=(0, 0))


def spots(grounds: list[BaseGeometry], building: list[int]) -> list[tuple[float, float]]:
    x, y = side_by_side(grounds, building)
    return list(zip(np.round(x, 3).tolist(), np.round(y, 3).tolist(), strict=True))


def test_the_stairwells_of_a_slab_stand_along_its_middle_from_the_west() -> None:
    assert spots([SLAB], [0, 0, 0]) == [(10.0, 6.0), (30.0, 6.0), (50.0, 6.0)]
    assert spots([shapely.box(0.0, 0.0, 12.0, 60.0)], [0, 0]) == [(6.0, 15.0), (6.0, 45.0)]


def test_one_stairwell_stands_in_the_middle() -> None:
    assert spots([SLAB, shapely.Point(3.0, 4.0), shapely.LineString([(0, 0), (10, 0)])], [0, 1, 2]) == [
        (30.0, 6.0), (3.0, 4.0), (5.0, 0.0),
    ]  # fmt: skip


def test_a_house_of_another_shape_is_boxed() -> None:
    bay = SLAB.union(shapely.box(20.0, -2.0, 40.0, 0.0))
    assert spots([bay], [0, 0]) == [(15.0, 5.0), (45.0, 5.0)]


def test_buildings_keep_their_own_stairwells_whatever_the_order_of_the_rows() -> None:
    assert spots([SLAB, shapely.box(0, 100, 20, 110)], [1, 0, 1, 0]) == [
        (5.0, 105.0), (15.0, 6.0), (15.0, 105.0), (45.0, 6.0),
    ]  # fmt: skip


def test_no_buildings_have_no_stairwells() -> None:
    x, y = side_by_side([], [])
    assert (len(x), len(y), len(cells_between(Plane(0.0, 0.0), x, y, [SLAB]))) == (0, 0, 0)


@given(st.integers(0, 4), st.booleans(), st.floats(-1e-9, 1e-9))
def test_where_a_ring_begins_and_what_rounding_leaves_moves_no_stairwell(first: int, back: bool, noise: float) -> None:  # noqa: FBT001 - drawn
    ring = shapely.get_coordinates(TURNED)[:-1]
    other = np.roll(ring[::-1] if back else ring, first, axis=0) + noise
    for found, wanted in zip(
        side_by_side([shapely.Polygon(other)], [0] * 4), side_by_side([TURNED], [0] * 4), strict=True
    ):
        assert found == pytest.approx(wanted, abs=1e-6)


def test_a_river_parts_two_banks_and_what_lies_far_away_nothing() -> None:
    plane = Plane(121.0, 31.0)
    x, y = np.array([0.0, 0.0, 50.0]), np.array([-100.0, 100.0, 120.0])
    east = [plane.degrees(np.array([at]), np.array([0.0])) for at in (-2000.0, 2000.0)]
    river = shapely.LineString([(lon[0], lat[0]) for lon, lat in east])
    cells = cells_between(plane, x, y, [river])
    assert cells[0] != cells[1] == cells[2]
    wide = river.buffer(0.0001)
    assert len(set(cells_between(plane, x, y, [wide]).tolist())) == 2
    far = shapely.transform(river, lambda at: at + 1.0)
    assert set(cells_between(plane, x, y, [far]).tolist()) == {0}


def test_degrees_become_metres_of_the_plane() -> None:
    plane = Plane(121.0, 31.0)
    there = in_metres(shapely.Point(121.001, 31.001), plane)
    assert shapely.get_coordinates(there)[0] == pytest.approx((95.3, 111.2), abs=0.1)
