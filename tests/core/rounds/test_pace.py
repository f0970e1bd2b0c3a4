import numpy as np
import pytest

from wangge.core.rounds.pace import PRESETS, Pace, pace_named


def test_a_stop_costs_its_doors_its_stairs_and_its_entry() -> None:
    worked = Pace().work_seconds([10, 12, 60], [1, 6, 18], [False, False, True])
    assert worked.tolist() == [10 * 90 + 30, 12 * 90 + 5 * 27 + 30, 60 * 90 + 40 + 18 * 12 + 30]


def test_unknown_floors_count_as_one() -> None:
    assert Pace().work_seconds([4], [0], [False]) == Pace().work_seconds([4], [1], [False])


def test_a_crew_shares_work_and_ways() -> None:
    assert Pace().round_minutes(6000, 1100) == pytest.approx((6000 + 1300) / 60)
    assert Pace(crew=2).round_minutes(6000, 1100) == pytest.approx(Pace().round_minutes(6000, 1100) / 2)


def test_presets_are_minutes_at_a_door() -> None:
    assert dict(PRESETS) == {"notice": 1.0, "check": 1.5, "registration": 10.0}
    assert pace_named("registration", crew=2) == Pace(service_minutes=10.0, crew=2)
    with pytest.raises(ValueError, match="notice, check, registration"):
        pace_named("survey")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service_minutes", -1.0),
        ("service_minutes", float("nan")),
        ("walking_mps", 0.0),
        ("detour", 0.9),
        ("crew", 0),
        ("entry_seconds", float("inf")),
    ],
)
def test_what_is_no_pace_is_refused(field: str, value: float) -> None:
    with pytest.raises(ValueError, match="finite|speed|shorter|person"):
        Pace(**{field: value})  # type: ignore[arg-type]  # the point of the test


def test_a_pace_gives_plain_arrays() -> None:
    assert Pace().work_seconds(np.array([1, 2]), np.array([3, 3]), np.array([False, True])).dtype == np.float64
