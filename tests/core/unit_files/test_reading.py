import gzip
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.unit_files.faults import BadFile, Fault
from wangge.core.unit_files.reading import read_units

HEAD = "id,x_m,y_m,households\n"


def faults(raw: bytes | str, renamed: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_units(raw if isinstance(raw, bytes) else raw.encode(), renamed)
    return [str(fault) for fault in caught.value.faults]


FULL = (
    "编号,经度,纬度,户数,层数,电梯,小区,社区,barrier_cell,一般网格,微网格,户主\n"
    "甲-1,121.10,31.45,12户,6,无,柳园,桂花,北,一,01,不读\n"
    "甲-2,121.1001,31.45,12,,,柳园,桂花,北,一,02,不读\n"
    "乙-1,121.11,31.46,60,18,,,梅花,南,一,01,不读\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_list_is_read_as_people_write_it(encoding: str, pack: object) -> None:
    units = read_units(pack(FULL.encode(encoding)))  # type: ignore[operator]  # bytes of bytes are themselves
    assert units.ids == ("甲-1", "甲-2", "乙-1")
    assert units.households.tolist() == [12, 12, 60]
    assert units.floors.tolist() == [6, 0, 18]
    assert units.lift.tolist() == [False, False, True]
    assert [units.compound.name(at) for at in range(3)] == ["柳园", "柳园", ""]
    assert units.community.names == ("桂花", "梅花")
    assert units.barrier_cell.codes.tolist() == [0, 0, 1]
    assert units.general_grid.codes.tolist() == [0, 0, 1]
    assert units.micro_grid.codes.tolist() == [0, 1, 2]
    assert units.x_m[1] - units.x_m[0] == pytest.approx(9.5, abs=0.1)


def test_without_communities_all_units_are_in_one() -> None:
    units = read_units(f"{HEAD}a,0,0,3\nb,5,0,4\n".encode())
    assert units.community.codes.tolist() == [0, 0]
    assert units.compound.codes.tolist() == [-1, -1]
    assert units.lon is None


def test_geojson_is_read_with_its_points() -> None:
    def feature(name: str, lon: float) -> dict[str, object]:
        point = {"type": "Point", "coordinates": [lon, 31.0]}
        return {"type": "Feature", "properties": {"id": name, "households": 7}, "geometry": point}

    raw = json.dumps({"type": "FeatureCollection", "features": [feature("a", 121.0), feature("b", 121.001)]})
    units = read_units(raw.encode())
    assert units.ids == ("a", "b")
    assert units.lon is not None
    assert units.lon.tolist() == [121.0, 121.001]


def test_a_column_may_have_another_name() -> None:
    units = read_units(b"id,x_m,y_m,households,flats\na,0,0,1,9\n", {"households": "flats"})
    assert units.households.tolist() == [9]
    assert faults("id,x_m,y_m\na,0,0\n", {"households": "flats"}) == [
        "column households=flats: there is no such column; the file has id, x_m, y_m"
    ]


def test_units_without_households_are_set_aside() -> None:
    units = read_units(f"{HEAD}park,,,0\na,1,1,5\n".encode())
    assert units.ids == ("a",)
    assert [(one.row, one.id) for one in units.aside] == [(2, "park")]


SWAPPED = "row 2, column lat: a latitude is between -90 and 90, this is 121.1: lon and lat look swapped"
MIXED = (
    "row 2: some rows have lon and lat, others x_m and y_m: give one pair for all"
    " (row 2 has no x_m, y_m; row 3 has no lon, lat)"
)
BAD = [
    ("", "the file is empty"),
    (HEAD, "there is a header and no unit below it"),
    ("id,x_m,y_m\na,1,2\n", "column households: there is no such column; the file has id, x_m, y_m"),
    ("id,households\na,1\n", "neither lon and lat nor x_m and y_m are there; the file has id, households"),
    (f"{HEAD}a,1,1,5\nb,2,2,5\na,3,3,5\n", "row 4, column id: the id a stands in row 2 too"),
    (f"{HEAD}a,1,1,-3\n", "row 2, column households: -3 is below 0"),
    (f"{HEAD}a,1,1,0\n", "row 2, column households: no unit has a household"),
    (f"{HEAD}a,1,1,2.5\n", "row 2, column households: 2.5 is no whole number"),
    (f"{HEAD}a,NaN,1,2\n", "row 2, column x_m: NaN is no number that can be reckoned with"),
    (f"{HEAD}a,inf,1,2\n", "row 2, column x_m: inf is no number that can be reckoned with"),
    (f"{HEAD}a,1_0,1,2\n", "row 2, column x_m: 1_0 is no number"),
    (f"{HEAD}a,1,north,2\n", "row 2, column y_m: north is no number"),
    (f"{HEAD}a,1,1,\n", "row 2, column households: the cell is empty"),
    (f"{HEAD},1,1,4\n", "row 2, column id: the cell is empty"),
    (f"{HEAD}a,1,1,4,7\n", "row 2: more cells than the header has columns: 5 instead of 4"),
    (f"{HEAD}a,1e12,1,4\n", "row 2, column x_m: 1e12 is above 1e+09"),
    ("id,lon,lat,households\na,31.4,121.1,4\n", SWAPPED),
    ("id,lon,lat,households\na,321.4,31.1,4\n", "row 2, column lon: 321.4 is above 180"),
    ("id,lon,lat,x_m,y_m,households\na,121,31,,,4\nb,,,5,5,4\n", MIXED),
    (f"{HEAD[:-1]},lift\na,1,1,4,maybe\n", "row 2, column lift: maybe is neither yes nor no"),
    ('{"type": "Feature"}', "this JSON is no FeatureCollection"),
    ('{"type": ', "this JSON is no FeatureCollection"),
    (f'{HEAD}"a,1,1,4\n' + "b,1,1,4\n" * 20_000, "row 2: a quotation mark is not closed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD, ids=[said for _, said in BAD])
def test_what_is_wrong_is_said_with_row_and_column(text: str, said: str) -> None:
    assert faults(text) == [said]


def test_what_is_no_text_and_what_is_broken_off_is_said() -> None:
    assert faults(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") == [
        "this is no text: save it as CSV in UTF-8 or GB18030, or as GeoJSON"
    ]
    assert faults(gzip.compress(b"id,x_m")[:-9]) == ["the packed file is broken or incomplete"]


def test_twenty_faults_are_named_and_the_rest_counted() -> None:
    with pytest.raises(BadFile, match="and 5 more") as caught:
        read_units((HEAD + "".join(f"u{at},1,1,-1\n" for at in range(25))).encode())
    assert (len(caught.value.faults), caught.value.count) == (20, 25)
    assert caught.value.faults[0] == Fault("too_small", 2, "households", "-1", "0")


def test_metres_are_taken_where_both_pairs_are_whole() -> None:
    units = read_units(b"id,lon,lat,x_m,y_m,households\na,121,31,4,5,4\n")
    assert (units.x_m.tolist(), units.lon) == ([4.0], None)


def test_units_ten_million_metres_apart_and_at_one_place_are_read() -> None:
    units = read_units(f"{HEAD}a,0,0,3\nb,1e7,0,4\nc,0,0,4\n".encode())
    assert units.x_m.tolist() == [0.0, 1e7, 0.0]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        units = read_units(raw)
    except BadFile:
        return
    assert np.isfinite(units.x_m).all()
