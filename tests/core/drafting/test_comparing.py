from dataclasses import replace

import numpy as np

from tests.core.drafts import SMALL, row_of
from wangge.core.drafting import Drawn, compared, in_force


def drawn(general: list[int]) -> Drawn:
    begun = in_force(row_of(len(general)), SMALL)
    return replace(begun, general=np.array(general))


def test_nothing_changes_between_a_division_and_itself() -> None:
    found = compared(drawn([0, 0, 1]), drawn([0, 0, 1]))
    assert (found.moved.tolist(), found.moved_share, found.flows) == ([0, 0, 0], 0.0, ())
    assert (found.begun, found.ended, found.kept) == ((), (), (0, 1))


def test_who_moves_from_where_to_where() -> None:
    found = compared(drawn([0, 0, 1, 1, 1, 2, 2]), drawn([0, 3, 3, 1, 0, 3, 3]))
    assert found.moved.tolist() == [0, 10, 10, 0, 10, 10, 10]
    assert (found.moved_households, found.moved_share) == (50, 5 / 7)
    assert (found.begun, found.ended, found.kept) == ((3,), (2,), (0, 1))
    assert found.flows == ((2, 3, 20), (0, 3, 10), (1, 0, 10), (1, 3, 10))


def test_who_was_in_no_grid_does_not_move() -> None:
    found = compared(drawn([-1, -1, 1]), drawn([1, 1, 1]))
    assert (found.moved_households, found.flows) == (0, ((-1, 1, 20),))
    assert (found.begun, found.ended, found.kept) == ((), (), (1,))
