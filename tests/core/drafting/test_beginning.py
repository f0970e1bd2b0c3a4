from tests.core.communities import village
from tests.core.drafts import SMALL, row_of
from wangge.core.drafting import drawn_anew, in_force, rows
from wangge.core.drafting.keys import by_sight
from wangge.core.partition import Level, Options, Units, divide


def test_what_is_in_force_is_what_the_labels_say() -> None:
    units = row_of(4, general_grid=["二", "一", "", "一"], micro_grid=["a", "a", "a", "b"])
    drawn = in_force(units, SMALL)
    called = [units.names["general_grid"][key] if key >= 0 else "" for key in drawn.general.tolist()]
    assert called == ["二", "一", "", "一"]
    assert len(set(drawn.micro[[0, 1, 3]].tolist())) == 3
    assert drawn.micro[2] == -1


def test_all_floor_bands_have_the_label_of_their_unit() -> None:
    units = Units.of(x_m=[0], y_m=[0], households=[60], floors=[12], general_grid=["一"], micro_grid=["a"])
    drawn = in_force(units, SMALL)
    assert (drawn.general.tolist(), drawn.micro.tolist()) == ([0, 0], [0, 0])


def test_the_engine_draws_what_it_always_draws() -> None:
    units = village(400)
    drawn, division = drawn_anew(units, Options()), divide(units)
    assert by_sight(drawn.general).tolist() == by_sight(division.general).tolist()
    assert by_sight(drawn.micro).tolist() == by_sight(division.micro).tolist()
    assert all(row.is_within for row in rows(drawn, Options()))


def test_what_is_drawn_anew_has_the_keys_of_what_was_there() -> None:
    units = row_of(16, general_grid=[5] * 8 + [3] * 8)
    drawn = drawn_anew(units, SMALL)
    assert drawn.general.tolist() == in_force(units, SMALL).general.tolist()


def test_no_rounds_are_made_where_none_are_asked_for() -> None:
    assert set(drawn_anew(village(300), Options(level=Level.GENERAL)).micro.tolist()) == {-1}
