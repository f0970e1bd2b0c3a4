import zlib
from pathlib import Path

import numpy as np
import pytest

from tests.data import DATA
from tools.bench.footprints import MOST, House, divided, helsinki, shanghai
from tools.bench.pbf import buildings


def number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def field(key: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return number(key << 3) + number(value)
    return number(key << 3 | 2) + number(len(value)) + value


def packed(values: list[int]) -> bytes:
    return b"".join(map(number, values))


def deltas(values: list[int]) -> bytes:
    return packed([step * 2 if step >= 0 else -step * 2 - 1 for step in np.diff(values, prepend=0).tolist()])


def extract() -> bytes:
    """Two squares of 20 m and 10 m on the equator: a house with a yard, 30 m high, and beside it a shop."""
    strings = b"".join(field(1, word) for word in (b"", b"building", b"yes", b"height", b"30 m", b"shop", b"outer",
                                                   b"inner", b"type", b"multipolygon"))  # fmt: skip
    grain = [(0, 0), (1797, 0), (1797, 1797), (0, 1797), (400, 400), (1300, 400), (1300, 1300), (400, 1300)]
    dense = (
        field(1, deltas([*range(1, 9)]))
        + field(8, deltas([y for _, y in grain]))
        + field(9, deltas([x for x, _ in grain]))
    )
    ways = field(3, field(1, 11) + field(8, deltas([1, 2, 3, 4, 1])))
    ways += field(3, field(1, 12) + field(8, deltas([5, 6, 7, 8, 5])))
    ways += field(3, field(1, 13) + field(2, packed([1])) + field(3, packed([5])) + field(8, deltas([1, 2, 3, 1])))
    ways += field(3, field(1, 14) + field(2, packed([1])) + field(3, packed([2])) + field(8, deltas([1, 2, 3])))
    house = field(1, 7) + field(2, packed([1, 3, 8])) + field(3, packed([2, 4, 9]))
    house += field(8, packed([6, 7])) + field(9, deltas([11, 12])) + field(10, packed([1, 1]))
    block = field(1, strings) + field(2, field(2, dense)) + field(2, ways) + field(2, field(4, house)) + field(17, 100)
    raw = b""
    for kind, body in ((b"OSMHeader", b""), (b"OSMData", block)):
        blob = field(2, len(body)) + field(3, zlib.compress(body))
        header = field(1, kind) + field(3, len(blob))
        raw += len(header).to_bytes(4, "big") + header + blob
    return raw


def test_buildings_are_read_out_of_an_extract() -> None:
    found = {shape.id: shape for shape in buildings(extract())}
    assert sorted(found) == ["relation/7", "way/13"]
    house = found["relation/7"]
    assert house.tags == {"building": "yes", "height": "30 m", "type": "multipolygon"}
    assert house.outer[0][2] == pytest.approx((0.0001797, 0.0001797))
    assert (len(house.outer), len(house.inner)) == (1, 1)


def test_households_come_from_ground_and_storeys_without_yards_and_shops(tmp_path: Path) -> None:
    path = tmp_path / "some.osm.pbf"
    path.write_bytes(extract())
    table = helsinki(path)
    assert table.ids == ("relation/7",)
    assert table.households.tolist() == [round((20.0**2 - 10.02**2) * 10 / 95)]
    assert (table.floors.tolist(), table.lift.tolist()) == ([10], [True])


def test_unknown_heights_are_six_storeys_and_sheds_have_no_household() -> None:
    assert House("a", 0, 0, 95.0, None).households == 6
    assert House("a", 0, 0, 95.0, 30.0).households == 10
    assert House("shed", 0, 0, 7.0, 3.0).households == 0


def test_no_community_has_more_than_its_households_and_each_is_near_together() -> None:
    draw = np.random.default_rng(2)
    houses = [House(f"h{k:04}", 24.9 + draw.random() / 50, 60.1 + draw.random() / 100, 190.0, 18.0) for k in range(900)]
    table = divided(houses)
    held = np.bincount(table.community.codes, table.households)
    assert len(held) == 4
    assert held.max() <= MOST
    assert held.min() > MOST / 3
    assert np.array_equal(divided(reversed(houses)).community.codes, table.community.codes)


@pytest.mark.skipif(not DATA, reason="the real data are not here")
def test_real_houses_become_units() -> None:
    table = shanghai(Path(DATA))
    assert len(table) > 1_000
    assert np.bincount(table.community.codes, table.households).size > 20
    assert np.ptp(table.x_m) < 6_000
