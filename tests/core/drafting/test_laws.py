"""What every draft keeps, whatever is done to it in whatever order."""

from collections.abc import Callable
from random import Random

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.drafts import SMALL, Step, by_hand, down_to_micro, hamlets, is_same, judged, one_of, stepped
from wangge.core.checking import Kind
from wangge.core.drafting import (
    Drawn,
    Refused,
    Tier,
    Why,
    cut,
    drawn_anew,
    in_force,
    merge,
    move,
    move_micro,
    named_after,
    rows,
    sheet,
)
from wangge.core.drafting.land import Land
from wangge.core.partition import Options, Units
from wangge.core.partition.problem import NONE

Beginning = Callable[[Units, Options], Drawn]
FEW = 12
"""Examples of a law: each runs the engine several times."""
some_steps = st.lists(by_hand, min_size=1, max_size=6)


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), st.lists(down_to_micro, min_size=1, max_size=6), st.sampled_from([in_force, drawn_anew]))
def test_every_piece_stays_in_one_grid_and_every_micro_grid_in_one_general_grid(
    units: Units, steps: list[Step], begun: Beginning
) -> None:
    drawn = begun(units, SMALL)
    for step in steps:
        after = stepped(drawn, step)
        assert len(after.general) == len(after.micro) == len(after.pieces)
        assert not ((after.general == NONE) & (drawn.general != NONE)).any()
        placed = np.column_stack([after.micro, after.general])[after.micro != NONE]
        assert len(np.unique(placed, axis=0)) == len(np.unique(placed[:, 0]))
        assert (placed != NONE).all()
        drawn = after


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), some_steps)
def test_after_every_verb_all_rounds_of_what_it_touched_hold(units: Units, steps: list[Step]) -> None:
    drawn = drawn_anew(units, SMALL)
    for step in steps:
        drawn = stepped(drawn, step)
        assert [row for row in rows(drawn, SMALL) if row.level is Tier.MICRO and not row.is_within] == []
        assert not (drawn.micro == NONE).any()


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), st.integers(0, 99), st.lists(down_to_micro, min_size=1, max_size=6))
def test_a_locked_grid_never_changes(units: Units, number: int, steps: list[Step]) -> None:
    drawn = drawn_anew(units, SMALL)
    drawn = stepped(drawn, ("lock", number, 0, 0))
    (key,) = drawn.locked
    own = drawn.general == key
    micro = drawn.micro[own]
    for step in steps:
        drawn = stepped(drawn, step) if step[0] != "open" else drawn
        assert ((drawn.general == key) == own).all()
        assert (drawn.micro[own] == micro).all()


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), some_steps, st.integers(0, 99), st.integers(0, 2**32 - 1))
def test_a_move_gives_no_other_piece_another_key(units: Units, steps: list[Step], number: int, seed: int) -> None:
    drawn = drawn_anew(units, SMALL)
    for step in steps:
        drawn = stepped(drawn, step)
    rng = np.random.default_rng(seed)
    pieces, to = rng.choice(len(drawn.pieces), 1 + len(drawn.pieces) // 9, replace=False), one_of(drawn.general, number)
    try:
        after = move(drawn, pieces.tolist(), to, SMALL)
    except Refused:
        return
    stays = ~np.isin(np.arange(len(drawn.pieces)), pieces)
    assert (after.general[stays] == drawn.general[stays]).all()
    assert (after.general[~stays] == to).all()
    away = ~np.isin(drawn.general, [to, *drawn.general[pieces]])
    assert (after.micro[away] == drawn.micro[away]).all()


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), st.integers(0, 99), st.integers(0, 2**32 - 1), st.sampled_from(["move", "move_micro", "cut"]))
def test_a_verb_and_its_inverse_give_the_same_division(units: Units, number: int, seed: int, verb: str) -> None:
    drawn = drawn_anew(units, SMALL)
    rng = np.random.default_rng(seed)
    piece = int(rng.integers(len(drawn.pieces)))
    try:
        if verb == "move":
            there = move(drawn, [piece], one_of(drawn.general, number), SMALL)
            back = move(there, [piece], int(drawn.general[piece]), SMALL)
        elif verb == "move_micro":
            there = move_micro(drawn, [piece], one_of(drawn.micro, number), SMALL)
            assume((there.micro == drawn.micro[piece]).any())
            back = move_micro(there, [piece], int(drawn.micro[piece]), SMALL)
            assert is_same(back, drawn)
        else:
            key = one_of(drawn.general, number)
            there = cut(drawn, key, rng.normal(0, 40, (2, 2)).tolist(), SMALL)
            back = named_after(merge(there, [key, int(there.general.max())], SMALL), drawn)
    except Refused:
        return
    assert (back.general == drawn.general).all()


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), st.lists(down_to_micro, max_size=6), st.sampled_from([in_force, drawn_anew]))
def test_the_judge_sees_what_the_rows_say(units: Units, steps: list[Step], begun: Beginning) -> None:
    drawn = begun(units, SMALL)
    for step in steps:
        drawn = stepped(drawn, step)
    found, shown = judged(drawn), rows(drawn, SMALL)
    said = {kind: {int(one.name) for one in found.findings if one.kind is kind} for kind in GRIDS}
    land = Land.of(drawn.units, drawn.pieces, SMALL)
    assert set(land.torn(land.taken(drawn.general)).tolist()) == said[Kind.BROKEN]
    assert set(land.torn(land.taken(drawn.micro)).tolist()) == said[Kind.BROKEN_MICRO]
    general = {row.key: row for row in shown if row.level is Tier.GENERAL}
    micro = {row.key: row for row in shown if row.level is Tier.MICRO}
    out = {key for key, row in general.items() if row.why in (Why.TOO_FEW, Why.TOO_MANY)}
    assert said[Kind.BAND] <= out
    assert found.score.in_band == len(general) - len(out)
    assert {key for key, row in micro.items() if row.why is Why.TOO_MANY} == said[Kind.MICRO_HOUSEHOLDS]
    for key in {key for key, row in micro.items() if row.why is Why.TOO_LONG} ^ said[Kind.MICRO_MINUTES]:
        near = abs(micro[key].minutes - SMALL.limits.minutes) < 0.1 * SMALL.limits.minutes
        assert near or micro[key].why is Why.TOO_MANY
    assert not {one.kind for one in found.findings} & {Kind.TWICE, Kind.HOUSEHOLDS, Kind.TWO_GENERALS}


GRIDS = (Kind.BROKEN, Kind.BROKEN_MICRO, Kind.BAND, Kind.MICRO_HOUSEHOLDS, Kind.MICRO_MINUTES)


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), some_steps)
def test_the_sheet_adds_up_what_the_rows_say(units: Units, steps: list[Step]) -> None:
    drawn = in_force(units, SMALL)
    for step in steps:
        drawn = stepped(drawn, step)
    shown, found = rows(drawn, SMALL), sheet(drawn, SMALL)
    general = [row for row in shown if row.level is Tier.GENERAL]
    assert sum(row.households for row in general) + found.unplaced == found.households == units.households.sum()
    assert (found.general_grids, found.general_within) == (len(general), sum(row.is_within for row in general))
    assert found.micro_grids == len(shown) - len(general)


@settings(max_examples=FEW, deadline=None)
@given(hamlets(), some_steps, st.randoms(use_true_random=False))
def test_keys_come_back_however_they_were_stirred(units: Units, steps: list[Step], chance: Random) -> None:
    before = drawn_anew(units, SMALL)
    after = before
    for step in steps:
        after = stepped(after, step)
    once = named_after(after, before)
    assert is_same(named_after(once, before), once)
    assert is_same(named_after(stirred(after, chance), before), once)
    assert is_same(named_after(stirred(before, chance), before), before)


def stirred(drawn: Drawn, chance: Random) -> Drawn:
    """The same grids under other keys."""
    general, micro = list(range(int(drawn.general.max()) + 1)), list(range(int(drawn.micro.max()) + 1))
    chance.shuffle(general)
    chance.shuffle(micro)
    locked = frozenset(general[key] for key in drawn.locked)
    return Drawn(drawn.units, drawn.pieces, np.array(general)[drawn.general], np.array(micro)[drawn.micro], locked)
