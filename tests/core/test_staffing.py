"""Nobody is counted twice, and what a class wants is what is missing."""

from hypothesis import given
from hypothesis import strategies as st

from wangge.core.staffing import Want, staffed

KEY, SERVICE, LIAISON = Want(2, deputy=True), Want(), Want(grids=3)
wants = st.dictionaries(st.integers(1, 9), st.sampled_from([KEY, SERVICE, LIAISON]), max_size=9)
posts = st.dictionaries(st.integers(1, 12), st.sets(st.integers(1, 12), max_size=6), max_size=12)


def test_a_key_grid_wants_two_workers_and_one_more_who_stands_in() -> None:
    one, two, three = (staffed({1: KEY}, {n: {1} for n in range(many)})[1] for many in (1, 2, 3))
    assert (one.missing, one.lacks_deputy) == (1, True)
    assert (two.missing, two.lacks_deputy, two.is_short) == (0, True, True)
    assert (three.missing, three.lacks_deputy, three.is_short) == (0, False, False)


def test_the_worker_of_a_neighbour_stands_in_but_is_no_worker_twice() -> None:
    held = staffed({1: SERVICE, 2: KEY}, {7: {1, 2}, 8: {2}, 9: {2}})
    assert (held[1].missing, held[2].missing) == (0, 0)
    held = staffed({1: SERVICE, 2: SERVICE}, {7: {1, 2}})
    assert sorted((held[1].missing, held[2].missing)) == [0, 1]


def test_one_person_serves_as_many_liaison_grids_as_the_class_allows() -> None:
    three = staffed(dict.fromkeys((1, 2, 3), LIAISON), {7: {1, 2, 3}})
    assert [one.missing for one in three.values()] == [0, 0, 0]
    four = staffed(dict.fromkeys((1, 2, 3, 4), LIAISON), {7: {1, 2, 3, 4}})
    assert [one.missing for one in four.values()] == [0, 0, 0, 1]
    assert staffed({1: SERVICE, 2: LIAISON}, {7: {1, 2}})[2].missing == 1


def test_who_has_no_choice_is_laid_first() -> None:
    held = staffed({1: SERVICE, 2: SERVICE}, {1: {1, 2}, 2: {1}})
    assert [one.missing for one in held.values()] == [0, 0]


@given(wants, posts)
def test_nobody_works_more_than_his_whole_time(want: dict[int, Want], post: dict[int, set[int]]) -> None:
    held = staffed(want, post)
    assert held.keys() == want.keys()
    assert sum(one.workers * one.want.share for one in held.values()) <= len(post)
    for grid, one in held.items():
        assert 0 <= one.workers <= one.want.workers
        assert one.workers + one.others == sum(grid in grids for grids in post.values())
        assert one.is_short == (one.missing > 0 or (one.want.deputy and not one.others))


@given(wants, posts)
def test_the_order_in_which_people_are_read_changes_nothing(want: dict[int, Want], post: dict[int, set[int]]) -> None:
    assert staffed(want, dict(reversed(post.items()))) == staffed(want, post)


@given(wants, posts)
def test_no_class_asks_for_nobody(want: dict[int, Want], post: dict[int, set[int]]) -> None:
    assert staffed({}, post) == {}
    assert all(staffed(want, {})[grid].missing == one.workers for grid, one in want.items())
