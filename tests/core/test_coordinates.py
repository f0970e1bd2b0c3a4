import math
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from wangge.core.coordinates import (
    BadSystem,
    Kind,
    Known,
    System,
    bd_of_wgs,
    converter,
    fit,
    gcj_of_wgs,
    guess,
    metres,
    shift,
    wgs_of_bd,
    wgs_of_gauss,
    wgs_of_gcj,
)
from wangge.core.geometry import Box

COUNTY = Box(120.9, 31.3, 121.4, 31.8)
china = st.tuples(st.floats(73.5, 136.0), st.floats(2.0, 54.5))
inland = st.tuples(st.floats(80, 130), st.floats(15, 50))
abroad = st.tuples(st.floats(-180, 71), st.floats(-80, 80))


@given(china)
def test_both_shifts_are_undone_to_less_than_a_millionth_of_a_degree(spot: tuple[float, float]) -> None:
    for there, back in ((gcj_of_wgs, wgs_of_gcj), (bd_of_wgs, wgs_of_bd)):
        assert math.dist(back(*there(*spot)), spot) < 1e-6
    assert 100 < metres(spot, bd_of_wgs(*spot)) < 3000


@given(abroad)
def test_nothing_is_shifted_abroad(spot: tuple[float, float]) -> None:
    for change in (gcj_of_wgs, wgs_of_gcj, bd_of_wgs, wgs_of_bd):
        assert change(*spot) == spot


def test_the_published_example_of_both_shifts() -> None:
    assert gcj_of_wgs(116.404, 39.915) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)
    assert bd_of_wgs(116.404, 39.915) == pytest.approx((116.41662724378733, 39.922699552216216), abs=1e-6)


@cache
def zone_40() -> Transformer:
    return Transformer.from_crs(4326, 4528, always_xy=True)


@settings(deadline=None)  # the first look-up of a projection takes its time
@given(st.floats(120.0, 121.4), st.floats(25, 45))
def test_a_zone_is_read_from_the_easting_or_from_the_meridian(lon: float, lat: float) -> None:
    east, north = zone_40().transform(lon, lat)
    for given_east, meridian in ((east, None), (east - 40_000_000, 120)):
        assert wgs_of_gauss(given_east, north, meridian) == pytest.approx((lon, lat), abs=1e-8)
    surveyed = converter(System(Kind.GAUSS, 120, north_first=True))
    assert surveyed(north, east - 40_000_000) == pytest.approx((lon, lat), abs=1e-8)


@pytest.mark.parametrize(
    ("east", "meridian", "rule"), [(551_234, None, "meridian"), (551_234, 121, "meridian"), (99_551_234, None, "zone")]
)
def test_a_zone_that_is_none_is_refused(east: float, meridian: int | None, rule: str) -> None:
    with pytest.raises(BadSystem) as refused:
        wgs_of_gauss(east, 3_480_000, meridian)
    assert refused.value.rule == rule
    with pytest.raises(BadSystem):
        converter(System(Kind.GAUSS, 121))


def local(lon: float, lat: float, *, turn: float = 0.3, scale: float = 1.0002) -> tuple[float, float]:
    """An invented survey round (121.1, 31.5): turned, scaled and moved."""
    east, north = (lon - 121.1) * 95_000.0, (lat - 31.5) * 110_900.0
    x = scale * (east * math.cos(turn) - north * math.sin(turn)) + 5000
    y = scale * (east * math.sin(turn) + north * math.cos(turn)) + 8000
    return x, y


PLACES = [(121.08, 31.48), (121.12, 31.49), (121.11, 31.53), (121.09, 31.52)]


@pytest.mark.parametrize("north_first", [False, True])
@pytest.mark.parametrize(("count", "affine"), [(2, False), (4, False), (3, True), (4, True)])
def test_a_local_system_is_fitted_and_says_how_well(count: int, *, north_first: bool, affine: bool) -> None:
    known = []
    for lon, lat in PLACES[:count]:
        x, y = local(lon, lat)
        known.append(Known(*((y, x) if north_first else (x, y)), lon, lat))
    found = fit(known, north_first=north_first, affine=affine)
    assert found.rms < 3
    assert len(found.residuals) == count
    x, y = local(121.1, 31.5)
    place = converter(System(Kind.LOCAL, None, north_first, tuple(known), affine))(*((y, x) if north_first else (x, y)))
    assert metres(place, (121.1, 31.5)) < 5


def test_a_known_point_that_is_wrong_shows_in_its_residual() -> None:
    known = [Known(*local(lon, lat), lon, lat) for lon, lat in PLACES]
    bad = Known(known[0].x + 80, known[0].y, known[0].lon, known[0].lat)
    found = fit([bad, *known[1:]])
    assert min(found.residuals[:2]) > 30
    assert 15 < found.rms < 80


@pytest.mark.parametrize(
    ("known", "affine", "rule"),
    [([], False, "few_points"), (PLACES[:1], False, "few_points"), (PLACES[:2], True, "few_points"),
     ([PLACES[0]] * 2, False, "same_points"), ([PLACES[0]] * 3, True, "one_line"),
     ([(121.0, 31.0), (121.1, 31.1), (121.2, 31.2)], True, "one_line")],
)  # fmt: skip
def test_points_that_fix_nothing_are_refused(known: list[tuple[float, float]], *, affine: bool, rule: str) -> None:
    with pytest.raises(BadSystem) as refused:
        fit([Known(lon * 1000, lat * 1000, lon, lat) for lon, lat in known], affine=affine)
    assert refused.value.rule == rule


def test_the_guess_tells_degrees_from_metres_and_sees_swapped_columns() -> None:
    first = guess([(121.1, 31.5), (121.2, 31.6)], COUNTY)[0]
    assert (first.kind, first.inside, first.north_first) == (Kind.WGS84, 1.0, False)
    first = guess([(31.5, 121.1), (31.6, 121.2)], COUNTY)[0]
    assert (first.inside, first.north_first) == (1.0, True)
    first = guess([(3_487_000.0, 40_608_000.0)], COUNTY)[0]
    assert (first.kind, first.inside, first.north_first) == (Kind.GAUSS, 1.0, True)
    first = guess([(608_000.0, 3_487_000.0)], COUNTY)[0]
    assert (first.kind, first.north_first, first.meridian) == (Kind.GAUSS, False, 120)
    assert guess([], COUNTY) == ()
    assert guess([(0.0, 0.0), (1.0, 1.0)], COUNTY) == ()


@given(st.lists(inland, min_size=3, max_size=9))
def test_places_known_already_tell_which_shift_it_is(places: list[tuple[float, float]]) -> None:
    pairs = [(bd_of_wgs(*place), place) for place in places]
    offs = {kind: shift(pairs, System(kind)) for kind in (Kind.WGS84, Kind.GCJ02, Kind.BD09, Kind.CGCS2000)}
    assert min(offs, key=offs.__getitem__) is Kind.BD09
    assert offs[Kind.BD09] < 0.2
