"""Random walks through the table of moves: the book, the timeline and what was done are the same."""

import os
import random
from collections import Counter

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.stories.walking import STAFF, Tokens, Walk, written
from wangge.cases.actions import BY_VERB
from wangge.cases.words import MOVES
from wangge.jobs.system import as_system
from wangge.ledger import seals

WALKS = 1_000 if os.environ.get("WANGGE_SOAK") else 120
LONGEST = 16
SEED = int(os.environ.get("WANGGE_TEST_SEED", "20260301"))


def walk(people: Tokens, seed: int) -> Walk:
    """One walk of the seed, with forbidden attempts on the way."""
    draw = random.Random(seed)
    one = Walk(people, draw, timezone.now())
    one.begin()
    for _ in range(draw.randint(4, LONGEST)):
        if draw.random() < 0.3:
            one_forbidden(one)
        if not one.step():
            break
    return one


def one_forbidden(one: Walk) -> None:
    """A verb the state does not have, or somebody without a post: refused, and nothing is left of it."""
    before, state = len(one.made), one.state
    closed = sorted(set(BY_VERB) - set(MOVES.verbs(state)))
    name = one.draw.choice(STAFF)
    verb = one.draw.choice(closed) if closed and one.draw.random() < 0.7 else one.draw.choice(sorted(BY_VERB))
    if verb not in closed:
        name = one.draw.choice(["auditor", "system_admin", "security_admin", "zhou"])
    assert not one.attempt(name, verb), (name, verb, state)
    assert (len(one.made), one.state) == (before, state)


@pytest.mark.soak
def test_the_book_tells_each_walk_as_it_was(cast: Cast) -> None:
    people = Tokens(cast)
    moves, refused, verbs = 0, 0, Counter[str]()
    for number in range(WALKS):
        seed = SEED + number
        one = walk(people, seed)
        entries, steps, told, pks = written(one.number)
        assert entries == one.made, f"seed {seed}"
        assert (steps, told) == ([(verb, who) for verb, who, _, _ in one.made], pks), f"seed {seed}"
        moves, refused = moves + len(one.made), refused + one.refused
        verbs.update(verb for verb, *_ in one.made)
    with as_system("test"):
        seals.seal()
        found = seals.verify()
    print(f"walks: {WALKS} from seed {SEED}, {moves} moves, {refused} refused; {len(verbs)} verbs: {dict(verbs)}")
    assert (found.faults, found.unsealed) == ((), 0)
    assert {f"case.{verb}" for verb in BY_VERB} - set(verbs) == set()


def test_what_was_solved_on_the_spot_can_be_opened_again(cast: Cast) -> None:
    one = Walk(Tokens(cast), random.Random(1), timezone.now())
    one.begin()
    assert one.attempt("lin", "self_handle")
    assert one.attempt("lin", "reopen")
    assert one.state == "reopened"
