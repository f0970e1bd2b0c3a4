"""What stands out in a day of looks: far above the role, at night, in many grids, without a task, up to the budget."""

import pytest

from wangge.core.looking import Bounds, Looked, Sign, signs


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Looked(12, usual=10.0), ()),
        (Looked(39, usual=10.0), ()),
        (Looked(40, usual=10.0), (Sign.FAR_ABOVE,)),
        (Looked(19, usual=1.0), ()),
        (Looked(20, usual=None), (Sign.FAR_ABOVE,)),
        (Looked(6, night=4, usual=5.0), ()),
        (Looked(6, night=5, usual=5.0), (Sign.NIGHT,)),
        (Looked(6, grids=6, usual=5.0), (Sign.MANY_GRIDS,)),
        (Looked(21, without_task=10, usual=20.0), ()),
        (Looked(20, without_task=10, usual=20.0), (Sign.WITHOUT_TASK,)),
        (Looked(9, without_task=9, usual=9.0), ()),
        (Looked(60, opened=59, usual=50.0), ()),
        (Looked(60, opened=60, usual=50.0), (Sign.BUDGET,)),
        (Looked(80, 40, 9, 80, 60, 2.0), tuple(sign for sign in Sign if sign is not Sign.CANARY)),
    ],
)
def test_each_sign_from_its_bound_on(day: Looked, expected: tuple[Sign, ...]) -> None:
    assert signs(day, budget=60) == expected


def test_a_city_may_look_more_closely() -> None:
    assert signs(Looked(6, night=1, usual=5.0), 60, Bounds(night=1)) == (Sign.NIGHT,)
