from hypothesis import given, settings

from tests.core.overlay.divisions import Divisions, codes, divisions
from wangge.core.overlay import Part, Relation, crossed, placed, serving


def relations(own: list[int], layer: list[int]) -> dict[int, str]:
    return {one.layer: one.relation.value for one in placed(crossed(codes(own), codes(layer), codes([1] * len(own))))}


def test_each_way_in_which_a_grid_lies_in_ours() -> None:
    assert relations([0, 0, 1, 1, 2, 3], [5, 5, 6, 7, 8, 8]) == {5: "equal", 6: "inside", 7: "inside", 8: "holds"}
    assert relations([0, 0, 1, 1], [5, 5, 5, 6]) == {5: "crosses", 6: "inside"}
    assert relations([0, -1, -1], [5, 5, 6]) == {5: "holds", 6: "apart"}


def test_a_police_post_holds_two_of_our_grids_and_a_part_of_a_third() -> None:
    own, layer = codes([2, 3, 4, 4, 4]), codes([1, 1, 1, 2, -1])
    first = placed(crossed(own, layer, codes([300, 320, 41, 259, 10])))[0]
    assert first.relation is Relation.CROSSES
    assert first.parts == (Part(3, 320, 320), Part(2, 300, 300), Part(4, 41, 310))
    assert [part.is_whole for part in first.parts] == [True, True, False]
    assert first.households == 661


@settings(deadline=None)
@given(divisions())
def test_every_household_is_counted_once_on_both_sides(given_: Divisions) -> None:
    own, layer, households = given_
    cross = crossed(own, layer, households)
    assert cross.households.sum() == households.sum()
    assert cross.of_own() == {code: int(households[own == code].sum()) for code in set(own.tolist()) - {-1}}
    for one in placed(cross):
        assert sum(part.households for part in one.parts) + one.bare == one.households
        assert one.households == households[layer == one.layer].sum()


@settings(deadline=None)
@given(divisions())
def test_the_relation_is_what_the_sets_of_units_say(given_: Divisions) -> None:
    own, layer, households = given_
    for one in placed(crossed(own, layer, households)):
        theirs = set((layer == one.layer).nonzero()[0].tolist())
        ours = {code: set((own == code).nonzero()[0].tolist()) for code in set(own[layer == one.layer].tolist()) - {-1}}
        if not ours:
            assert one.relation is Relation.APART
        elif theirs in ours.values():
            assert one.relation is Relation.EQUAL
        elif any(theirs < units for units in ours.values()):
            assert one.relation is Relation.INSIDE
        elif all(units <= theirs for units in ours.values()):
            assert one.relation is Relation.HOLDS
        else:
            assert one.relation is Relation.CROSSES


@settings(deadline=None)
@given(divisions())
def test_who_serves_a_grid_has_most_of_its_households(given_: Divisions) -> None:
    own, layer, households = given_
    found = serving(crossed(own, layer, households))
    assert set(found) == set(own[layer != -1].tolist()) - {-1}
    for code, (server, n, of) in found.items():
        shares = {
            other: int(households[(own == code) & (layer == other)].sum()) for other in set(layer.tolist()) - {-1}
        }
        assert n == shares[server] == max(shares.values())
        assert all(other >= server for other, share in shares.items() if share == n)
        assert of == households[own == code].sum()
