import numpy as np

from tools.bench.units import changed, synthetic, written
from wangge.core.unit_files.reading import read_units
from wangge.core.unit_files.table import NONE


def test_a_city_is_the_same_for_its_seed_and_another_for_the_next() -> None:
    one, again, other = (written(synthetic(seed, compounds=9, villagers=300)) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_a_city_has_what_was_asked_for() -> None:
    city = synthetic(1, compounds=20, villagers=2_000)
    in_compound = city.compound.codes != NONE
    assert len(city.compound.names) == 20
    assert (~in_compound).sum() == 2_000
    assert 1.5 < city.households[~in_compound].mean() < 1.9
    assert len(city.community.codes) == len(city) == len(set(city.ids))
    assert city.households.min() > 0
    assert len(city.barrier_cell.names) > len(city.community.names) / 2


def test_a_city_comes_back_out_of_its_file() -> None:
    city = synthetic(3, compounds=6, villagers=200)
    read = read_units(written(city).encode())
    assert read.ids == city.ids
    assert np.array_equal(read.x_m, city.x_m)
    assert np.array_equal(read.households, city.households)
    assert np.array_equal(read.community.codes, city.community.codes)
    assert np.array_equal(read.lift, city.lift)


def test_a_year_changes_a_little() -> None:
    city = synthetic(1, compounds=50, villagers=1_000)
    later = changed(city, seed=9)
    share = (later.households != city.households).mean()
    assert 0.02 < share < 0.2
    assert later.households.min() > 0
    assert later.households.sum() > city.households.sum()
    assert np.array_equal(later.households, changed(city, seed=9).households)
