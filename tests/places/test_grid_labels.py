"""Labels of grids on a drawing without a script."""

from wangge.places.queries.grid_labels import HIGH, LETTERS, WIDE, giving_way

LETTER = 10.0
WIDTH = LETTER * LETTERS


def test_the_smaller_of_two_grids_gives_way_where_labels_would_lie_over_each_other() -> None:
    near = {1: (100.0, 50.0), 2: (100.0 + WIDE * LETTER - 1, 50.0 + HIGH * LETTER - 1)}
    assert giving_way(near, {1: 310, 2: 450}, WIDTH) == {1}
    assert giving_way(near, {1: 450, 2: 310}, WIDTH) == {2}


def test_labels_side_by_side_or_under_each_other_all_show() -> None:
    apart = {1: (100.0, 50.0), 2: (100.0 + WIDE * LETTER, 50.0), 3: (100.0, 50.0 + HIGH * LETTER)}
    assert giving_way(apart, dict.fromkeys(apart, 400), WIDTH) == set()


def test_a_label_that_gave_way_hides_no_third_one() -> None:
    row = {key: (key * WIDE * LETTER * 0.6, 50.0) for key in (1, 2, 3)}
    assert giving_way(row, {1: 450, 2: 400, 3: 310}, WIDTH) == {2}
