"""What every division keeps, whatever the community is like."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.communities import communities, faults, reordered, town, village
from wangge.core.partition import Band, Level, Limits, Mode, Options, Units, divide, score
from wangge.core.rounds.pace import Pace


@settings(max_examples=60, deadline=None)
@given(communities(), st.integers(0, 3), st.sampled_from(list(Mode)))
def test_whatever_the_community_every_rule_is_kept_or_the_reason_is_named(units: Units, seed: int, mode: Mode) -> None:
    options = Options(seed=seed, mode=mode)
    assert faults(units, divide(units, options), options) == []


@settings(max_examples=15, deadline=None)
@given(communities(), st.sampled_from([Limits(minutes=60.0), Limits(micro_max=20), Limits(pace=Pace(10.0, crew=2))]))
def test_other_limits_are_kept_as_well(units: Units, limits: Limits) -> None:
    options = Options(limits=limits, band=Band(100, 500))
    assert faults(units, divide(units, options), options) == []


@pytest.mark.parametrize("units", [village(700), town(12)], ids=["village", "town"])
def test_grids_are_in_band_and_rounds_hold(units: Units) -> None:
    options = Options()
    division = divide(units, options)
    assert (faults(units, division, options), division.impossible) == ([], ())
    assert division.general_sheet.is_within.all()
    assert division.micro_sheet.minutes.max() <= 180.0


def test_the_same_question_has_the_same_answer_with_any_number_of_threads() -> None:
    units = village(600, community=np.arange(600) % 3)
    one, three = divide(units, Options()), divide(units, Options(threads=3))
    assert (one.general.tolist(), one.micro.tolist()) == (three.general.tolist(), three.micro.tolist())


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(150)))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    units, rows = village(150, seed=3), np.array(order)
    there, here = divide(units, Options()), divide(reordered(units, rows), Options())
    assert here.general.tolist() == there.general[rows].tolist()
    assert here.micro.tolist() == there.micro[rows].tolist()


def test_a_name_of_a_compound_or_community_changes_nothing() -> None:
    units = town(8)
    names = np.array(["桂", "梅", "兰", "竹", "菊", "荷", "松", "柏"])
    other = Units.of(x_m=units.x_m, y_m=units.y_m, households=units.households, floors=units.floors, lift=units.lift,
                     compound=names[units.compound], community=["甲"] * len(units))  # fmt: skip
    assert divide(units).general.tolist() == divide(other).general.tolist()


def test_another_seed_may_give_another_division_within_the_same_rules() -> None:
    units = village(900)
    divisions = [divide(units, Options(seed=seed, level=Level.GENERAL)) for seed in (1, 2)]
    assert divisions[0].general.tolist() != divisions[1].general.tolist()
    assert all(division.general_sheet.is_within.all() for division in divisions)


def test_fewest_takes_no_more_grids_than_balanced_and_as_few_as_there_can_be() -> None:
    units = village(1200)
    least = -(-int(units.households.sum()) // 500)
    fewest = divide(units, Options(mode=Mode.FEWEST, level=Level.GENERAL))
    assert len(fewest.general_sheet) == least


def test_only_general_grids_are_made_when_no_others_are_asked_for() -> None:
    division = divide(village(300), Options(level=Level.GENERAL))
    assert (set(division.micro.tolist()), len(division.micro_sheet)) == ({-1}, 0)


def test_compounds_that_fit_are_rarely_split() -> None:
    units, options = town(16), Options(level=Level.GENERAL)
    sheet = score(units, divide(units, options), options)
    assert sheet.fitting == 16
    assert sheet.split <= 4


def test_somebody_is_told_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    divide(village(60, community=np.arange(60) % 2), Options(), lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_the_walking_order_ends_with_the_round_but_for_the_way_back() -> None:
    units = village(200)
    division = divide(units, Options())
    last = np.zeros(len(division.micro_sheet))
    np.maximum.at(last, division.micro, division.done)
    assert (last <= division.micro_sheet.minutes).all()
    assert (division.micro_sheet.minutes - last <= division.micro_sheet.tour_m * 1.3 / 1.1 / 60).all()
