from hypothesis import given, settings

from tests.core.overlay.divisions import Divisions, codes, divisions
from wangge.core.overlay import cells, refined


@settings(deadline=None)
@given(divisions())
def test_two_units_share_a_piece_where_every_division_has_them_together(given_: Divisions) -> None:
    own, layer, households = given_
    piece = refined([own, layer])
    for a in range(len(own)):
        for b in range(a):
            assert (piece[a] == piece[b]) == (own[a] == own[b] and layer[a] == layer[b])
    found = cells([own, layer], households)
    assert set(piece.tolist()) == set(range(len(found)))
    for number, cell in enumerate(found):
        assert cell.households == households[piece == number].sum()
        assert cell.units == (piece == number).sum()
        assert {cell.grids} == {(own[at], layer[at]) for at in (piece == number).nonzero()[0].tolist()}


@settings(deadline=None)
@given(divisions())
def test_a_division_with_itself_cuts_nothing(given_: Divisions) -> None:
    own, layer, households = given_
    assert len(cells([own, own], households)) == len(set(own.tolist()))
    assert len(cells([own, layer, own], households)) == len(cells([layer, own], households))


def test_three_layers_together() -> None:
    found = cells([codes([0, 0, 0, 1]), codes([5, 5, 6, 6]), codes([-1, 8, 8, 8])], codes([10, 20, 30, 40]))
    assert [(cell.grids, cell.households) for cell in found] == [
        ((0, 5, -1), 10), ((0, 5, 8), 20), ((0, 6, 8), 30), ((1, 6, 8), 40),
    ]  # fmt: skip
